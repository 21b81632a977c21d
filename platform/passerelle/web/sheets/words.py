"""Put years, dates, places and amounts into the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import format_date, format_decimal, gettext

from passerelle.sheets.dates import is_date
from passerelle.sheets.numbers import is_decimal
from passerelle.vocabulary import COST_UNITS, VocabularyList
from passerelle.vocabulary.communes import Commune, UnknownCommune, commune


@dataclass(frozen=True)
class Labelled:
    """A code with its words for the reader."""

    code: str
    label: str


def labelled(terms: VocabularyList, codes: Iterable[str], language: str) -> tuple[Labelled, ...]:
    """The known ones among `codes` in the order of the list, with their words."""
    return tuple(Labelled(code, terms.label(code, language)) for code in terms.in_order(codes))


def known_commune(nis: str) -> Commune | None:
    """The commune of that NIS code, or None when the list no longer has it."""
    try:
        return commune(nis)
    except UnknownCommune:
        return None


def name_of(found: Commune, language: str) -> str:
    """The name on tabs and in lists: both names in Brussels, else the one for the reader."""
    return found.full_name if found.region == "brussels" else found.name(language)


def years_line(starts: str | None, ends: str | None, ongoing: bool | None) -> str | None:
    """How long the project runs, in a few words with years only; None when the sheet does not say.

    A start without an end and without "ongoing" is not taken for a project that still runs.
    """
    start, end = (year and year[:4] for year in (starts, ends))
    words: str | None = None
    if start and end:
        words = start if start == end else gettext("%(start)s–%(end)s", start=start, end=end)
    elif start and ongoing:
        words = gettext("since %(year)s", year=start)
    elif start:
        words = gettext("begun in %(year)s", year=start)
    elif end:
        words = gettext("until %(year)s", year=end)
    elif ongoing:
        words = gettext("running")
    return words


def period_line(starts: str | None, ends: str | None, ongoing: bool | None) -> str | None:
    """How long the project runs, as a phrase of its own with dates as exact as the sheet gives them."""
    start, end = partial_date(starts), partial_date(ends)
    words: str | None
    if start and end:
        words = gettext("From %(start)s to %(end)s", start=start, end=end)
    elif start and ongoing and len(start) == 4:
        words = gettext("Since %(year)s, running", year=start)
    elif start and ongoing:
        words = gettext("Since %(start)s, running", start=start)
    elif start:
        words = gettext("Begun: %(start)s", start=start)
    elif end:
        words = gettext("Until %(end)s", end=end)
    else:
        words = {True: gettext("Running"), False: gettext("Finished"), None: None}[ongoing]
    return words


def partial_date(given: str | None) -> str:
    """ "2013", "2013-06" or "2013-06-26" for the reader; anything else as it was written."""
    if not given or not is_date(given) or len(given) == 4:
        return given or ""
    day = date.fromisoformat(f"{given}-01"[:10])
    return str(format_date(day, "LLLL y" if len(given) == 7 else "long"))


def moment(given: datetime | str | None) -> str:
    """A day for the reader, from a moment or from ISO 8601; empty when there is none or it is not one."""
    try:
        found = datetime.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return ""
    return str(format_date(found, "long")) if found else ""


def number_words(given: str | None) -> str:
    """A decimal as the reader writes it; what is no number, as it was written; empty for nothing."""
    return str(format_decimal(Decimal(given))) if given and is_decimal(given) else given or ""


def quantity_words(quantity: str | None, unit: str, language: str) -> str:
    """How much of something: "1 FTE", or "not stated", which is never 0."""
    amount = number_words(quantity)
    if not amount:
        return COST_UNITS.label("", language)
    return f"{amount} {COST_UNITS.label(unit, language)}" if unit and unit in COST_UNITS else amount


def euros_words(euros: str | None, language: str) -> str:
    """An amount for a column of euros, or "not stated"."""
    return number_words(euros) or COST_UNITS.label("", language)
