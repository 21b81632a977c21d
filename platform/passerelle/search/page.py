"""What the search answers: hits with their marked texts, facet counts, a suggestion and notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
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
    """One sheet found, with all that its card shows: no other place needs to be asked."""

    number: int
    ref: str
    language: str
    title: str
    summary: str
    commune: str  # NIS code
    commune_names: Mapping[str, str]  # by language
    province: str
    region: str
    violence_forms: tuple[str, ...]
    target_groups: tuple[str, ...]
    starts: str | None
    ends: str | None
    ongoing: bool | None
    evaluated: bool
    published_at: str  # ISO 8601, UTC
    highlights: Highlights
    nearby: bool = False  # found by its meaning alone: none of the words or their concepts is in it


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
    """The hit that shows `sheet` with `highlights`; `nearby` when only its meaning was found."""
    return Hit._make((*_card(sheet), highlights, nearby))


_card = attrgetter(*Hit._fields[:-2])  # all that the sheet says of itself


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
