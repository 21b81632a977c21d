"""Read the dates of a sheet as people in Belgium write them, and write them so again."""

import re
from datetime import date

EARLIEST, LATEST = 1900, 2100  # years; anything else is a slip of the keyboard

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_YEAR_LAST = re.compile(r"(?:(?:([0-9]{1,2})[-/. ]+)?([0-9]{1,2})[-/. ]+)?([0-9]{4})")
_IN_WORDS = re.compile(r"(?:([0-9]{1,2})(?:er|st|nd|rd|th|\.)? +)?([^\W\d_]+)\.? +([0-9]{4})")
_MONTHS = (
    "janvier januari januar january jan",
    "février fevrier februari februar february fév fev feb",
    "mars maart märz maerz march mar mrt",
    "avril april avr apr",
    "mai mei may",
    "juin juni june jun",
    "juillet juli july juil jul",
    "août aout augustus august aug",
    "septembre september sept sep",
    "octobre oktober october oct okt",
    "novembre november nov",
    "décembre decembre december dezember déc dec dez",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}


def is_date(text: str) -> bool:
    """Whether `text` is a stored date: "2013", "2013-06" or "2013-06-26", a day that exists."""
    found = _ISO.fullmatch(text)
    return found is not None and _exists(found[1], found[2], found[3])


def is_day(text: str) -> bool:
    """Whether `text` is a stored date that names its day."""
    return len(text) == 10 and is_date(text)


def read_date(typed: str) -> str | None:
    """The stored date that was typed: "2013", "06/2013", "26.6.2013", "26 juin 2013", "2013-06-26".

    None when it is none of these, or no day of the calendar.
    """
    text = " ".join(typed.lower().split())
    year, month, day = _parts(text)
    if year is None or not _exists(year, month, day):
        return None
    return "-".join((year, *(part.zfill(2) for part in (month, day) if part)))


def write_date(stored: str) -> str:
    """The stored date as it is typed: "2013", "06/2013", "26/06/2013"; any other text as it is."""
    return "/".join(reversed(stored.split("-"))) if is_date(stored) else stored


def ends_before(ends: str, starts: str) -> bool:
    """Whether a project that ends in `ends` is over before `starts`; a year lasts to its last day."""
    shared = min(len(ends), len(starts))
    return ends[:shared] < starts[:shared]


Part = str | None


def _parts(text: str) -> tuple[Part, Part, Part]:
    """Year, month and day as written in `text`, each None where it is not said."""
    if found := _YEAR_FIRST.fullmatch(text):
        return found[1], found[2], found[3]
    if found := _YEAR_LAST.fullmatch(text):
        return found[3], found[2], found[1]
    if (found := _IN_WORDS.fullmatch(text)) and found[2] in _MONTH_OF:
        return found[3], str(_MONTH_OF[found[2]]), found[1]
    return None, None, None


def _exists(year: str, month: Part, day: Part) -> bool:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return EARLIEST <= int(year) <= LATEST
