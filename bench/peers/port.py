"""What every engine of the comparison does, and the pieces they share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from passerelle.search.documents import SearchDocument
from passerelle.vocabulary import FORMS, LANGUAGES, TARGET_GROUPS
from passerelle.vocabulary.communes import communes

HITS = 20
WIDTH = 220  # characters of an extract
FACETS = ("form", "group", "commune", "written")
VALUES = {
    "form": FORMS.codes,
    "group": TARGET_GROUPS.codes,
    "commune": tuple(each.nis for each in communes()),
    "written": LANGUAGES,
}
"""The values of each facet; peers store their places in these lists."""


@dataclass(frozen=True)
class Asked:
    """One question: folded words, how they are meant, and what was ticked.

    `mode` is `all` (every word), `phrase`, `prefix` (the one word begins so) or `typo` (the one word may be
    misspelt). `newest` asks for the newest sheets first instead of the best.
    """

    kind: str
    words: tuple[str, ...] = ()
    mode: str = "all"
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    newest: bool = False
    language: str = "fr"


class Found(NamedTuple):
    """How many sheets, the first twenty as (number, title, marked extract), and the counts of four facets."""

    total: int
    hits: list[tuple[int, str, str]]
    facets: Mapping[str, Mapping[str, int]]


class Peer(Protocol):
    """A search engine under comparison."""

    def build(self, documents: Iterable[SearchDocument], place: Path) -> None:
        """Write an index of `documents` at `place`, which does not exist yet."""

    def open(self, place: Path) -> None:
        """Make ready to search."""

    def search(self, asked: Asked) -> Found:
        """The whole answer, as a page would need it."""

    def update(self, document: SearchDocument) -> None:
        """Replace the sheet of that number; the next search sees it."""


def body_of(document: SearchDocument) -> str:
    """All texts below title and summary."""
    return "\n".join(document.texts.values())


def places_of(document: SearchDocument, facet: str) -> list[int]:
    """The places of the sheet's values in `VALUES[facet]`."""
    values = {
        "form": document.violence_forms,
        "group": document.target_groups,
        "commune": (document.commune,),
        "written": (document.language,),
    }[facet]
    return [VALUES[facet].index(value) for value in values]


def day_of(document: SearchDocument) -> int:
    """The day of publication as a number: 20261122."""
    return int(document.published_at[:10].replace("-", ""))


def escaped(text: str) -> str:
    """`text` for HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def one_slip_from(word: str) -> set[str]:
    """The words one letter away: fewer, more, changed or swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    near = {left + right[1:] for left, right in halves if right}
    near |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    near |= {left + letter + right[1:] for left, right in halves if right for letter in letters}
    near |= {left + letter + right for left, right in halves for letter in letters}
    return near - {word}
