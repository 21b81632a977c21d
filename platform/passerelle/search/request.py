"""What a visitor asks of the search: words, choices, order, page and the language they read."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from passerelle.core.text import legible

FACETS = (
    "form",
    "group",
    "region",
    "province",
    "commune",
    "written",
    "size",
    "status",
    "evaluated",
    "partner",
)
"""The names of the facets, which are also the names of the URL parameters, in the order of the page."""

MAX_WORDS = 256
"""The longest text of words that is read, in characters (RELIABILITY 3.5)."""

MAX_PAGE = 1000
MAX_PER_PAGE = 100
MAX_CHOICES = 64
"""How many values of one facet are read; nobody chooses more by hand."""

NO_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Sort(StrEnum):
    """The orders a result can have; equal places are decided by the number of the sheet, newest first."""

    RELEVANCE = "relevance"  # without words: as NEWEST
    NEWEST = "newest"  # the day of publication, latest first
    STARTED = "started"  # the start of the project, latest first, unknown last
    TITLE = "title"  # A to Z, accents ignored
    COMMUNE = "commune"  # the name of the commune in the reader's language, A to Z
    ALIKE = "alike"  # communes most like the reader's own first (size, province, language); for members


class Mine(NamedTuple):
    """What the reader's own commune is like, for `Sort.ALIKE`; None where it is not known."""

    size: str | None  # a value of `documents.SIZE_CLASSES`
    province: str
    language: str


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to the search; every field is brought within its bounds, nothing is ever refused.

    `facets` maps a name of `FACETS` to the values chosen: OR inside a facet, AND across facets.
    Names that are no facet and facets without a value are left out. A `literal` question looks for its words
    alone: no concept of the thesaurus, no nearby meaning. `mine` is no part of the address: it depends on who
    reads.
    """

    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NO_CHOICES)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 20
    _: KW_ONLY
    language: str
    literal: bool = False
    mine: Mine | None = None

    def __post_init__(self) -> None:
        chosen = {
            name: tuple(dict.fromkeys(self.facets[name]))[:MAX_CHOICES]
            for name in FACETS
            if self.facets.get(name)
        }
        object.__setattr__(self, "words", _trimmed(self.words))
        object.__setattr__(self, "facets", MappingProxyType(chosen))
        object.__setattr__(self, "page", min(max(self.page, 1), MAX_PAGE))
        object.__setattr__(self, "per_page", min(max(self.per_page, 1), MAX_PER_PAGE))

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen for `facet`, in the order given; empty when there are none."""
        return self.facets.get(facet, ())

    def on_page(self, page: int) -> "SearchRequest":
        """The same question, `page` pages in."""
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> "SearchRequest":
        """The same question in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def about(self, words: str) -> "SearchRequest":
        """The same choices for other words, from the first page."""
        return replace(self, words=words, page=1)

    def choosing(self, facet: str, *values: str) -> "SearchRequest":
        """The same question with exactly `values` chosen for `facet` (none: the facet is free again)."""
        return replace(self, facets={**self.facets, facet: values}, page=1)

    def without(self, facet: str, value: str) -> "SearchRequest":
        """The same question with one choice taken back."""
        return self.choosing(facet, *(kept for kept in self.chosen(facet) if kept != value))

    def literally(self, literal: bool = True) -> "SearchRequest":
        """The same question for its words alone, or (False) for what they mean."""
        return replace(self, literal=literal, page=1)

    def parameters(self) -> list[tuple[str, str]]:
        """The question as URL parameters in one fixed order, defaults left out: its address."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, value) for name in FACETS for value in self.chosen(name)]
        if self.literal:
            pairs.append(("literal", "1"))
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs


def _trimmed(words: str) -> str:
    """`words` without what cannot be shown or stored, stripped and cut to the length that is read."""
    return legible(words[: 8 * MAX_WORDS]).strip()[:MAX_WORDS].rstrip()
