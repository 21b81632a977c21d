"""The helplines shown to people in need, in the language they read."""

from dataclasses import dataclass
from functools import cache

from passerelle.vocabulary.tables import LANGUAGES, Row, read_table
from passerelle.vocabulary.terms import UnknownTerm

EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Helpline:
    """A telephone number or a chat, named in the language of the reader."""

    code: str
    name: str
    number: str  # as people write it, "0800 30 030"; for a chat its address without `https://`
    href: str  # `tel:` for a number, `https:` for a chat
    audience: str  # everyone, seniors, children or emergency
    spoken: tuple[str, ...]  # the languages of those who answer
    everywhere: bool  # at the foot of every page, not only on a page about help


@cache
def all_helplines(language: str) -> tuple[Helpline, ...]:
    """Every helpline for readers of that language, the emergency numbers last.

    Order and readers come from `data/helplines.tsv`. Raises `UnknownTerm` for a fifth language.
    """
    if language not in LANGUAGES:
        raise UnknownTerm("languages", language, LANGUAGES)
    rows = [row for row in read_table("helplines") if language in row["readers"].split()]
    return tuple(_helpline(row, language) for row in rows)


@cache
def helplines(language: str) -> tuple[Helpline, ...]:
    """The few that stand at the foot of every page. Raises `UnknownTerm` for a fifth language."""
    return tuple(line for line in all_helplines(language) if line.everywhere)


def _helpline(row: Row, language: str) -> Helpline:
    return Helpline(
        code=row["code"],
        name=row[language],
        number=row["number"] or row["url"].removeprefix("https://"),
        href="tel:" + row["number"].replace(" ", "") if row["number"] else row["url"],
        audience=row["audience"],
        spoken=tuple(row["spoken"].split()),
        everywhere=row["footer"] == "yes",
    )
