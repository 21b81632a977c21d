"""What the search answers: hits with their marked texts, facet counts, a suggestion and notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from passerelle.search.documents import SearchDocument


class Fragment(NamedTuple):
    """A piece of plain text (never markup) and whether it is one of the words looked for."""

    text: str
    marked: bool


class Highlights(NamedTuple):
    """The texts of one hit, with the words found in them marked.

    `extract` comes from the section `section` of the sheet and is cut to about two lines, on whole words,
    with "…" where text was left out; it is empty when the words are in no section but title and summary.
    All three texts are written in `language`.
    """

    title: tuple[Fragment, ...]
    summary: tuple[Fragment, ...]
    extract: tuple[Fragment, ...]
    section: str
    language: str


class Hit(NamedTuple):
    """One sheet found, with all that its card shows: no other place needs to be asked.

    `nearby` sheets were found by their meaning alone: none of the words or their concepts is in them.
    """

    sheet: SearchDocument
    highlights: Highlights
    nearby: bool = False

    @property
    def number(self) -> int:
        """See `SearchDocument`."""
        return self.sheet.number

    @property
    def ref(self) -> str:
        """See `SearchDocument`."""
        return self.sheet.ref

    @property
    def language(self) -> str:
        """See `SearchDocument`."""
        return self.sheet.language

    @property
    def title(self) -> str:
        """See `SearchDocument`."""
        return self.sheet.title

    @property
    def summary(self) -> str:
        """See `SearchDocument`."""
        return self.sheet.summary

    @property
    def commune(self) -> str:
        """The NIS code."""
        return self.sheet.commune

    @property
    def commune_names(self) -> Mapping[str, str]:
        """By language."""
        return self.sheet.commune_names

    @property
    def province(self) -> str:
        """See `SearchDocument`."""
        return self.sheet.province

    @property
    def region(self) -> str:
        """See `SearchDocument`."""
        return self.sheet.region

    @property
    def violence_forms(self) -> tuple[str, ...]:
        """See `SearchDocument`."""
        return self.sheet.violence_forms

    @property
    def target_groups(self) -> tuple[str, ...]:
        """See `SearchDocument`."""
        return self.sheet.target_groups

    @property
    def starts(self) -> str | None:
        """See `SearchDocument`."""
        return self.sheet.starts

    @property
    def ends(self) -> str | None:
        """See `SearchDocument`."""
        return self.sheet.ends

    @property
    def ongoing(self) -> bool | None:
        """See `SearchDocument`."""
        return self.sheet.ongoing

    @property
    def evaluated(self) -> bool:
        """See `SearchDocument`."""
        return self.sheet.evaluated

    @property
    def published_at(self) -> str:
        """ISO 8601, UTC."""
        return self.sheet.published_at


class FacetValue(NamedTuple):
    """How many sheets one more choice would give, the facet's own choices left aside."""

    value: str
    count: int  # type: ignore[assignment]  # hides a method of tuples that nobody asks for
    chosen: bool


@dataclass(frozen=True, slots=True)
class BroaderGroup:
    """Sheets about `form` (`intrafamilial`) that are not among the hits of its narrower form.

    They are never counted in the page's `total`: a sheet is in one of the two groups only.
    """

    form: str
    total: int
    hits: tuple[Hit, ...]


def hit_of(sheet: SearchDocument, highlights: Highlights, *, nearby: bool = False) -> Hit:
    """The hit that shows `sheet` with `highlights`."""
    return Hit(sheet, highlights, nearby)


@dataclass(frozen=True, slots=True)
class AlsoSearched:
    """A concept that was looked for beside the words: what was typed, and what it is called elsewhere.

    `terms` has the preferred term of each language in which the concept was also looked for, without those
    that are what was typed.
    """

    words: tuple[str, ...]
    concept: str
    terms: Mapping[str, str]


class NoteKind(StrEnum):
    """What the reader should know about how the words were read."""

    IGNORED = "ignored"  # words too common to look for
    CUT = "cut"  # words beyond the limits, not looked for
    SOME = "some"  # no sheet has all the words: these sheets have most of them; `words` are those not found


class Note(NamedTuple):
    """One remark about the words, as they were written."""

    kind: NoteKind
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer.

    `suggestion` is the question with misspelt words mended. When `corrected` is true nothing was found for
    the words as typed and the hits are those of the suggestion; otherwise it is only an offer.
    `degraded` says that the index could not be used and the database answered instead.
    """

    total: int
    page: int
    per_page: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    suggestion: str | None = None
    corrected: bool = False
    broader: BroaderGroup | None = None
    degraded: bool = False
    notes: tuple[Note, ...] = ()
    also: tuple[AlsoSearched, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages the answer has, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self) -> int:
        """The place of the first hit of this page in the whole answer, from 1; 0 when there are no hits."""
        return (self.page - 1) * self.per_page + 1 if self.hits else 0

    @property
    def last(self) -> int:
        """The place of the last hit of this page in the whole answer; 0 when there are no hits."""
        return self.first + len(self.hits) - 1 if self.hits else 0
