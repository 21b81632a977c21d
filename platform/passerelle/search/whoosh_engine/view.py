"""All that can be searched at one moment: the segments of one generation, without what was deleted."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from passerelle.search.analysis.questions import Sequence
from passerelle.search.cache import WeightedCache
from passerelle.search.documents import SearchDocument
from passerelle.search.engine import Entry, IndexUnusable
from passerelle.search.texts import Texts, texts_of
from passerelle.search.whoosh_engine.bits import Documents, count, row_of
from passerelle.search.whoosh_engine.columns import Columns
from passerelle.search.whoosh_engine.decoding import Listed
from passerelle.search.whoosh_engine.listing import NOTHING, Postings
from passerelle.search.whoosh_engine.places import Places, joined
from passerelle.search.whoosh_engine.schema import Meta
from passerelle.search.whoosh_engine.segment import Segment
from passerelle.vocabulary import Thesaurus

_FOUND_KEPT = 24 << 20  # bytes of what words came to
_PLACES_KEPT = 24 << 20
_SHEETS_KEPT = 64 << 20
_SHEET_OVERHEAD = 3000  # bytes of a sheet in memory beside its letters


class Shown(NamedTuple):
    """A sheet as a page of hits needs it."""

    sheet: SearchDocument
    texts: Texts


class View:
    """Documents 0 to `size`, numbered through all segments; it never changes, a commit makes another.

    `living` of them are sheets that can be found: neither deleted nor the document of the position.
    `found` remembers what pieces of questions came to, see `pieces`; `sheets` the sheets shown last, by
    segment and place, and is handed on to the view that comes after.
    """

    def __init__(
        self,
        generation: str,
        segments: list[Segment],
        deleted: list[frozenset[int]],
        sheets: WeightedCache[tuple[str, int], Shown] | None = None,
    ) -> None:
        self.sheets = sheets or WeightedCache(_SHEETS_KEPT)
        self.generation = generation
        self.segments = segments
        self.starts = [0, *accumulate(segment.size for segment in segments)]
        self.size = self.starts.pop()
        self._deleted = deleted
        self.columns = _joined_columns(segments)
        self._kept = self._not_deleted()
        self.alive = self._kept & (self.columns.numbers > 0)
        self.alive_row = row_of(self.alive)
        self.living = count(self.alive_row)
        self.meta = self._meta()
        self.position = self.meta.position
        self.found: WeightedCache[object, Any] = WeightedCache(_FOUND_KEPT)  # Any: pieces come later
        self._places: WeightedCache[str, Places] = WeightedCache(_PLACES_KEPT)

    def term(self, term: str) -> Postings:
        """The living documents that have `term`, and the impact in each."""
        return self._gathered(lambda segment: segment.term(term))

    def sequence(self, sequence: Sequence) -> Postings:
        """The living documents in which the terms of `sequence` stand word by word."""
        return self._gathered(lambda segment: segment.sequence(sequence))

    def written(self, folded: str) -> Documents:
        """The living documents in which the word `folded` stands as it is, accents aside."""
        return self._gathered(lambda segment: segment.written(folded)).documents

    def places(self, term: str) -> Places:
        """Where `term` stands in all documents, deleted ones too."""
        places = self._places.get(term)
        if places is None:
            found = zip(self.starts, self.segments, strict=True)
            places = joined([(start, segment.places(term)) for start, segment in found])
            self._places.put(term, places, sum(each.nbytes for each in places) + 256)
        return places

    def shown(self, document: int) -> Shown:
        """The whole of one document, and its texts ready to be marked."""
        at = bisect_right(self.starts, document) - 1
        key = (self.segments[at].name, document - self.starts[at])
        shown = self.sheets.get(key)
        if shown is None:
            sheet = self.segments[at].sheet(key[1])
            shown = Shown(sheet, texts_of(sheet.title, sheet.summary, sheet.texts, sheet.language))
            letters = len(sheet.title) + len(sheet.summary) + sum(map(len, sheet.texts.values()))
            self.sheets.put(key, shown, 3 * letters + _SHEET_OVERHEAD)
        return shown

    def entry(self, document: int) -> Entry:
        """What is held of one document."""
        at = bisect_right(self.starts, document) - 1
        revision, content_hash = self.segments[at].entry(document - self.starts[at])
        return Entry(int(self.columns.numbers[document]), revision, content_hash)

    def entries(self) -> Iterator[Entry]:
        """What is held of every sheet."""
        return map(self.entry, np.flatnonzero(self.alive).tolist())

    def documents_numbered(self, numbers: Iterable[int]) -> list[int]:
        """The documents, not deleted, of the sheets `numbers`; number 0 is the document of the position."""
        wanted = np.fromiter(numbers, np.int64)
        found: list[int] = np.flatnonzero(np.isin(self.columns.numbers, wanted) & self._kept).tolist()
        return found

    def document_of(self, number: int) -> int | None:
        """The living document of the sheet `number`, or None when there is none."""
        numbers, documents = self._by_number
        at = int(np.searchsorted(numbers, number))
        return int(documents[at]) if at < len(numbers) and numbers[at] == number else None

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The thesaurus with which the sheets were analysed."""
        return self.meta.thesaurus

    @cached_property
    def _by_number(self) -> tuple[NDArray[np.int64], Documents]:
        documents = np.flatnonzero(self.alive)
        numbers = self.columns.numbers[documents]
        order = np.argsort(numbers)
        return numbers[order], documents[order]

    @cached_property
    def _has_deleted(self) -> bool:
        return any(self._deleted)

    def _gathered(self, find: Callable[[Segment], Listed]) -> Postings:
        found = [
            (start, listed)
            for start, segment in zip(self.starts, self.segments, strict=True)
            if len((listed := find(segment)).documents)
        ]
        if not found:
            return NOTHING
        documents = np.concatenate([listed.documents.astype(np.intp) + start for start, listed in found])
        impacts = np.concatenate([listed.impacts for _, listed in found])
        if not self._has_deleted:
            return Postings(documents, impacts)
        living = self.alive[documents]
        return Postings(documents[living], impacts[living])

    def _not_deleted(self) -> NDArray[np.bool_]:
        kept = np.ones(self.size, np.bool_)
        for start, deleted in zip(self.starts, self._deleted, strict=True):
            kept[[start + place for place in deleted]] = False
        return kept

    def _meta(self) -> Meta:
        found = np.flatnonzero((self.columns.numbers == 0) & self._kept).tolist()
        if len(found) != 1:
            raise IndexUnusable("the search index does not say how far it has come")
        at = bisect_right(self.starts, found[0]) - 1
        return self.segments[at].meta(found[0] - self.starts[at])


def _joined_columns(segments: list[Segment]) -> Columns:
    if len(segments) == 1:
        return segments[0].columns
    every = [segment.columns for segment in segments]
    return Columns(*(np.concatenate(parts) for parts in zip(*every, strict=True)))
