"""Know the words as sheets write them: how many have a word, and which words begin like this."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

from passerelle.search.whoosh_engine.decoding import read_dictionary, read_list, whole_term
from passerelle.search.whoosh_engine.schema import SPELT, read_spelt

LONGEST = 32
"""Of a longer word only so many bytes are looked at."""


Words = NDArray[np.bytes_]


def words_of(folded: Iterable[str]) -> Words:
    """Words without their accents as a lexicon compares them."""
    return np.array([word.encode("utf-8", "replace") for word in folded], f"S{LONGEST}")


class Lexicon:
    """The words of one segment, deleted sheets included, sorted without their accents."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._words, self._documents, self._places = read_dictionary(reader, SPELT, LONGEST)
        self._before = np.concatenate((np.zeros(1, np.int64), np.cumsum(self._documents)))

    def counts(self, folded: Words) -> NDArray[np.int64]:
        """For each word, without its accents, in how many sheets it stands. Fastest when they are sorted."""
        if not len(self._words):
            return np.zeros(len(folded), np.int64)
        first = np.searchsorted(self._words, folded)
        known = np.flatnonzero(self._words[np.minimum(first, len(self._words) - 1)] == folded)
        counts = np.zeros(len(folded), np.int64)
        last = np.searchsorted(self._words, folded[known], side="right")
        counts[known] = self._before[last] - self._before[first[known]]
        return counts

    def written(self, folded: str) -> Counter[str]:
        """The ways in which sheets write the word `folded`, each with how many do."""
        return Counter(dict(self._spelt(self._places_of(folded))))

    def beginning(self, folded: str, limit: int) -> Counter[str]:
        """The words that begin with `folded`, as written, at most about the `limit` most frequent ones."""
        prefix = folded.encode()[: LONGEST - 1]
        first, last = (int(np.searchsorted(self._words, each)) for each in (prefix, prefix + b"\xff"))
        chosen = np.arange(first, last)
        if len(chosen) > limit:
            chosen = chosen[np.argpartition(self._documents[chosen], -limit)[-limit:]]
        return Counter(dict(self._spelt(chosen)))

    def documents(self, folded: str) -> Iterator[NDArray[np.uint32]]:
        """The documents that have the word `folded`, one list for each way of writing it."""
        for at in self._places_of(folded):
            term = whole_term(self._reader, int(self._places[at]))
            yield read_list(self._reader, SPELT, term).documents

    def _places_of(self, folded: str) -> range:
        """Where the ways of writing `folded` stand among the words."""
        word = folded.encode()[:LONGEST]
        return range(*(int(np.searchsorted(self._words, word, side=side)) for side in ("left", "right")))

    def _spelt(self, chosen: Sequence[int] | NDArray[np.int64]) -> Iterator[tuple[str, int]]:
        for at in chosen:
            yield read_spelt(whole_term(self._reader, int(self._places[at]))), int(self._documents[at])
