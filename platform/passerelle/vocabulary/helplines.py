"""The helplines shown to people in need, in the language they read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from passerelle.vocabulary.tables import LANGUAGES, read_table

EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Helpline:
    """A telephone number or a chat; a chat has a `url` and an empty `number`."""

    code: str
    number: str  # as people write it: "0800 30 030"
    audience: str  # everyone, seniors, children or emergency
    readers: tuple[str, ...]  # on pages in these languages
    spoken: tuple[str, ...]  # those who answer speak these
    in_footer: bool  # at the foot of every page, or only on the page about help
    url: str | None
    names: Mapping[str, str] = field(hash=False)

    def name(self, language: str) -> str:
        """What it is called, in the language of the reader. Raises `KeyError` for a fifth language."""
        return self.names[language]

    @property
    def dial(self) -> str:
        """The number for a `tel:` link: digits only, empty for a chat."""
        return self.number.replace(" ", "")


@cache
def helplines() -> tuple[Helpline, ...]:
    """Every helpline in the order of `data/helplines.tsv`, the emergency numbers last."""
    return tuple(
        Helpline(
            code=row["code"],
            number=row["number"],
            audience=row["audience"],
            readers=tuple(row["readers"].split()),
            spoken=tuple(row["spoken"].split()),
            in_footer=row["footer"] == "yes",
            url=row["url"] or None,
            names={language: row[language] for language in LANGUAGES},
        )
        for row in read_table("helplines")
    )


def helplines_for(language: str) -> tuple[Helpline, ...]:
    """Those for readers of that language, without the emergency numbers."""
    return tuple(line for line in helplines() if language in line.readers and line.audience != EMERGENCY)


def footer_helplines(language: str) -> tuple[Helpline, ...]:
    """The few that stand at the foot of every page in that language, without the emergency numbers."""
    return tuple(line for line in helplines_for(language) if line.in_footer)


def emergency_numbers() -> tuple[Helpline, ...]:
    """The police, 101, and the ambulance and fire brigade, 112."""
    return tuple(line for line in helplines() if line.audience == EMERGENCY)
