"""Say in the reader's words what is wrong with a sheet, and how to mend it."""

from collections.abc import Callable

from flask_babel import format_decimal, gettext, ngettext

from passerelle.sheets.problems import Problem
from passerelle.sheets.sections import SECTION_OF
from passerelle.vocabulary import HEADER_FIELDS, SECTIONS
from passerelle.web.languages import current_language


def sentence_of(problem: Problem) -> str:
    """One sentence that says what to do, to stand beside the field."""
    special = _OF_A_FIELD.get((problem.field, problem.part, problem.code))
    return special() if special else _OF_A_CODE[problem.code](problem)


def summary_of(problem: Problem) -> str:
    """The sentence with the name of its section before it, for a list of problems."""
    return str(gettext("%(place)s: %(sentence)s", place=place_of(problem), sentence=sentence_of(problem)))


def place_of(problem: Problem) -> str:
    """The name of the section, or of the field in the header, that the problem stands in."""
    language = current_language()
    if problem.field in SECTION_OF:
        section = SECTIONS.label(SECTION_OF[problem.field].key, language)
        if problem.row is None:
            return section
        return str(gettext("%(section)s, line %(row)s", section=section, row=problem.row + 1))
    header = problem.field.removeprefix("contact_")
    if header in HEADER_FIELDS:
        return HEADER_FIELDS.label(header, language)
    return str(gettext("Language of the sheet") if header == "language" else gettext("The whole sheet"))


def _too_long(problem: Problem) -> str:
    most = problem.limit or 0
    return str(
        ngettext(
            "Shorten this: %(most)s character is allowed",
            "Shorten this: %(most)s characters are allowed",
            most,
            most=format_decimal(most),
        )
    )


def _too_many(problem: Problem) -> str:
    most = problem.limit or 0
    return str(ngettext("Keep %(most)s at most", "Keep %(most)s at most", most, most=format_decimal(most)))


def _too_large(problem: Problem) -> str:
    return str(
        gettext(
            "The sheet is larger than %(most)s kB. Shorten the longest texts; nothing was lost",
            most=format_decimal(problem.limit or 0),
        )
    )


_OF_A_CODE: dict[str, Callable[[Problem], str]] = {
    "missing": lambda _: gettext("Fill this in"),
    "too_long": _too_long,
    "too_many": _too_many,
    "not_a_date": lambda _: gettext("Give a date that exists, for example 2021, 06/2021 or 26/06/2021"),
    "ends_before_start": lambda _: gettext("Give an end that comes after the start"),
    "unknown_code": lambda _: gettext("Choose from the list"),
    "not_a_number": lambda _: gettext("Give a number, for example 12 or 0,5"),
    "negative": lambda _: gettext("Give a number that is not below zero"),
    "not_a_link": lambda _: gettext(
        "Give an address such as www.example.be, or write “none” if there is no page"
    ),
    "not_an_email": lambda _: gettext("Give one e-mail address, for example prevention@example.be"),
    "unreadable": lambda _: gettext(
        "Some characters could not be kept and were taken out here. Check this, then save again"
    ),
    "unknown_language": lambda _: gettext("Choose one of the languages"),
    "sheet_too_large": _too_large,
    "ongoing_with_end": lambda _: gettext(
        "Leave the end empty while the project is running, or say it has ended"
    ),
    "private_mailbox": lambda _: gettext(
        "This looks like a private mailbox. An address of the municipality outlasts its colleagues."
    ),
}

_OF_A_FIELD: dict[tuple[str, str, str], Callable[[], str]] = {
    ("title", "", "missing"): lambda: gettext("Give the project a title: a draft needs no more than that"),
    ("summary", "", "missing"): lambda: gettext("Say in one or two sentences what the project does"),
    ("starts", "", "missing"): lambda: gettext("Enter the start year, for example 2021"),
    ("activities", "", "missing"): lambda: gettext("Describe what happens in practice"),
    ("violence_forms", "", "missing"): lambda: gettext("Tick at least one form"),
    ("objectives", "", "missing"): lambda: gettext("Give at least one objective"),
    ("target_groups", "", "missing"): lambda: gettext("Tick at least one group"),
    ("partnerships", "name", "missing"): lambda: gettext("Name the partner or choose a kind"),
    ("costs", "what", "missing"): lambda: gettext("Say what this is: a person, a room, a service"),
    ("inhabitants", "", "not_a_number"): lambda: gettext("Give a whole number, for example 18 988"),
    ("costs", "euros", "not_a_number"): lambda: gettext("Give an amount in euros, for example 600 or 27 000"),
    ("sheet_date", "", "not_a_date"): lambda: gettext("Give a day that exists, for example 26/06/2021"),
}
