"""Put the sheets found in order."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from passerelle.search.documents import SIZE_CLASSES
from passerelle.search.request import Mine, Sort
from passerelle.search.whoosh_engine.bits import Documents, among
from passerelle.search.whoosh_engine.day import Day
from passerelle.search.whoosh_engine.fusion import fused
from passerelle.search.whoosh_engine.listing import Impacts, has, values_at
from passerelle.search.whoosh_engine.matching import Matches
from passerelle.search.whoosh_engine.nearness import nearness
from passerelle.search.whoosh_engine.orders import ranks
from passerelle.search.whoosh_engine.pieces import Piece
from passerelle.search.whoosh_engine.tuning import WINDOW
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import LANGUAGES, PROVINCES

Keys = NDArray[np.int64]
"""One number a document, the best the highest, no two alike: whole answers first, then score, then number."""

_NUMBER_BITS = 31
_FULL = np.int64(1) << np.int64(62)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The orders of what one question found; `near` are documents of nearby meaning, the nearest first."""

    day: Day
    matches: Matches
    language: str
    near: tuple[int, ...] = ()

    @property
    def view(self) -> View:
        """What is searched."""
        return self.day.view

    def first(self, documents: Documents, count: int, sort: Sort, mine: Mine | None) -> list[int]:
        """The first `count` of `documents` in the order `sort`.

        Relevance is BM25 with the weight of the section, raised and lowered as `tuning` says; without words
        it is the newest first. Equal sheets stand with the highest number first, in every index that holds
        the same sheets.
        """
        if sort is Sort.ALIKE and mine is not None:
            return self._alike(documents, count, mine)
        if sort in {Sort.RELEVANCE, Sort.ALIKE}:
            if self.matches.pieces or self.near:
                return self._relevant(documents, count)
            sort = Sort.NEWEST
        order = _best(-ranks(self.view, sort, self.language)[documents], count)
        found: list[int] = documents[order].tolist()
        return found

    def scores(self, documents: Documents) -> Impacts:
        """The score of each of `documents` before nearness is looked at."""
        return weighed(self.view, self.matches.pieces, documents) * self.day.factors(self.language)[documents]

    def keys(self, documents: Documents, scores: Impacts) -> Keys:
        """The keys of `documents` with these scores."""
        keys = scores.view(np.int32).astype(np.int64) << np.int64(_NUMBER_BITS)
        keys |= self.view.columns.numbers[documents]
        if len(self.matches.some):
            keys |= np.where(has(documents, self.matches.full), _FULL, np.int64(0))
        return keys

    def _relevant(self, documents: Documents, count: int) -> list[int]:
        worded = among(documents, self.matches.row) if self.near else documents
        scores = self.scores(worded)
        keys = self.keys(worded, scores)
        several = len([leaf for piece in self.matches.required for leaf in piece.leaves]) > 1
        if not several and not self.near:
            best: list[int] = worded[_best(keys, count)].tolist()
            return best
        order = _best(keys, max(count, WINDOW))
        window = self._nearest_words(worded, scores, order[:WINDOW]) if several else order[:WINDOW]
        first: list[int] = worded[window].tolist()
        if self.near:
            first = self._fused(first, documents)
        rest: list[int] = worded[order[WINDOW:]].tolist()
        return list(dict.fromkeys(first + rest))[:count]

    def _fused(self, first: list[int], documents: Documents) -> list[int]:
        """The sheets `first` for their words and those of nearby meaning among `documents`, in one order."""
        near = np.array(self.near, np.intp)
        ordered = np.array(first, np.intp)
        leading = ordered[has_all_words(self.matches, ordered)]
        return fused(first, near[has(near, documents)].tolist(), leading.tolist())

    def _nearest_words(self, documents: Documents, scores: Impacts, window: Documents) -> Documents:
        """The places `window` in `documents`, in order again with what nearness has earned them."""
        window = np.sort(window)
        chosen = documents[window]
        earned = nearness(self.view, self.matches.pieces, chosen)
        keys = self.keys(chosen, scores[window] + earned * self.day.factors(self.language)[chosen])
        return window[_best(keys, len(window))]

    def _alike(self, documents: Documents, count: int, mine: Mine) -> list[int]:
        """Most agreements with the reader's own commune first; relevance among those with as many."""
        agreements = _agreements(self.view, mine)[documents]
        found: list[int] = []
        for level in range(int(agreements.max(initial=0)), -1, -1):
            if len(found) < count:
                level_documents = documents[agreements == level]
                found += self.first(level_documents, count - len(found), Sort.RELEVANCE, None)
        return found


def has_all_words(matches: Matches, documents: Documents) -> NDArray[np.bool_]:
    """For each of `documents` whether every piece that must be there is there as it was written."""
    having = np.full(len(documents), len(matches.required) > 0)
    for piece in matches.required:
        having &= has(documents, piece.exact)
    return having


def weighed(view: View, pieces: Iterable[Piece], documents: Documents) -> Impacts:
    """What `pieces` together count in each of `documents`."""
    scores = np.zeros(len(documents), np.float32)
    for piece in pieces:
        if piece.documents is documents:
            scores += piece.scores
        elif piece.count:
            scores += values_at(documents, piece.found, view.size)
    return scores


def _agreements(view: View, mine: Mine) -> NDArray[np.uint8]:
    """In how many of size, province and language each document is like the reader's own commune."""
    columns = view.columns
    agreements = np.zeros(view.size, np.uint8)
    for column, known, own in (
        (columns.size, SIZE_CLASSES, mine.size),
        (columns.province, PROVINCES.codes, mine.province),
        (columns.language, LANGUAGES, mine.language),
    ):
        if own in known:
            agreements += column == known.index(own)
    return agreements


def _best(keys: NDArray[np.int64], count: int) -> NDArray[np.intp]:
    """The places of the `count` highest of `keys`, the highest first."""
    if count < len(keys):
        top = np.argpartition(keys, len(keys) - count)[len(keys) - count :]
        return top[np.argsort(keys[top])[::-1]]
    return np.argsort(keys)[::-1]
