"""One segment of the index as a search needs it: read once, valid for ever, since segments never change."""

from functools import cached_property
from threading import RLock

import numpy as np
from whoosh.reading import SegmentReader

from passerelle.search.analysis.questions import Sequence
from passerelle.search.cache import WeightedCache
from passerelle.search.documents import SearchDocument
from passerelle.search.whoosh_engine.columns import read_columns, read_title_keys
from passerelle.search.whoosh_engine.decoding import Listed, read_list, terms_beginning
from passerelle.search.whoosh_engine.lexicon import Lexicon
from passerelle.search.whoosh_engine.places import following
from passerelle.search.whoosh_engine.schema import (
    ENTRY,
    META,
    SHEET,
    TERMS,
    Meta,
    read_entry,
    read_meta,
    read_sheet,
)

_POSTINGS_KEPT = 512  # bytes of postings kept in memory for each document of the segment
_PLACES_KEPT = 256  # and of places
_OVERHEAD = 256  # bytes that an empty list takes

_NO_PLACES = (np.zeros(0, np.uint16), np.zeros(0, np.int64))


class Segment:
    """The columns and posting lists of one segment; documents are counted from 0."""

    def __init__(self, name: str, reader: SegmentReader) -> None:
        self.name = name
        self.size: int = reader.doc_count_all()
        self.columns = read_columns(reader, self.size)
        self._reader = reader
        self._lock = RLock()
        self._stored = {
            column: reader.column_reader(column, translate=False) for column in (ENTRY, META, SHEET)
        }
        room = self.size + 64
        self._postings: WeightedCache[object, Listed] = WeightedCache(_POSTINGS_KEPT * room)
        self._places: WeightedCache[str, Listed] = WeightedCache(_PLACES_KEPT * room)

    def meta(self, place: int) -> Meta:
        """What the document at `place`, which is no sheet, says of the index."""
        return read_meta(self._stored[META][place])

    def entry(self, place: int) -> tuple[int, str]:
        """The revision of the sheet at `place`, and the hash of its content."""
        return read_entry(self._stored[ENTRY][place])

    def sheet(self, place: int) -> SearchDocument:
        """The whole document at `place`."""
        return read_sheet(self._stored[SHEET][place])

    @cached_property
    def title_keys(self) -> "np.typing.NDArray[np.bytes_]":
        """The titles to sort by."""
        return read_title_keys(self._reader, self.size)

    def term(self, term: str) -> Listed:
        """Where `term` stands, without its places."""
        found = self._postings.get(term)
        if found is None:
            with self._lock:
                found = read_list(self._reader, TERMS, term.encode())
            self._keep(term, found)
        return found

    def sequence(self, sequence: Sequence) -> Listed:
        """Where the terms of `sequence` stand word by word; it counts as much as its first word."""
        found = self._postings.get(sequence)
        if found is None:
            documents = following(sequence, self.size, self.places, self.term).astype(np.uint32)
            strongest = np.zeros(self.size, np.float32)
            for term in next(filter(None, sequence)):
                listed = self.term(term)
                strongest[listed.documents] = np.maximum(strongest[listed.documents], listed.impacts)
            found = Listed(documents, strongest[documents], *_NO_PLACES)
            self._keep(sequence, found)
        return found

    def written(self, folded: str) -> Listed:
        """Where the word `folded` stands as it is, whatever its accents; it counts nothing."""
        key = (folded,)
        found = self._postings.get(key)
        if found is None:
            with self._lock:
                lists = list(self.lexicon.documents(folded))
            documents = np.unique(np.concatenate([np.zeros(0, np.uint32), *lists]))
            found = Listed(documents, np.zeros(len(documents), np.float32), *_NO_PLACES)
            self._keep(key, found)
        return found

    def places(self, term: str) -> Listed:
        """Where `term` stands, with its places."""
        found = self._places.get(term)
        if found is None:
            with self._lock:
                found = read_list(self._reader, TERMS, term.encode(), places=True)
            weight = _weight(found) + found.places.nbytes + found.offsets.nbytes
            self._places.put(term, found, weight)
        return found

    def beginning(self, prefix: str) -> list[tuple[str, int]]:
        """The terms that begin with `prefix`, each with how many documents have it."""
        with self._lock:
            return [(term.decode(), count) for term, count in terms_beginning(self._reader, TERMS, prefix)]

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words as sheets write them."""
        return Lexicon(self._reader)

    def _keep(self, key: object, found: Listed) -> None:
        self._postings.put(key, found, _weight(found))


def _weight(found: Listed) -> int:
    return found.documents.nbytes + found.impacts.nbytes + _OVERHEAD
