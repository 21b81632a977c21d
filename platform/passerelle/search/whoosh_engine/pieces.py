"""Find one piece of a question: the sheets that have it, and what it counts in each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from math import log

import numpy as np

from passerelle.search.analysis.questions import Wanted
from passerelle.search.whoosh_engine.bits import Documents
from passerelle.search.whoosh_engine.listing import (
    NOTHING,
    Impacts,
    Postings,
    common,
    has,
    strongest,
    summed,
    values_at,
)
from passerelle.search.whoosh_engine.tuning import BORROWED, CONCEPT, PREFIX_TERMS
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import LANGUAGES


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One piece of a question in one view: the living documents that have it, and its score in each.

    The score is the rarity of the words times their impact, and, for those that have the concept, its own
    rarity times its impact, a little less; still less for a word that only has the same stem in a language
    that nobody asked in. `exact` are the documents with the words themselves. `rarity` is
    that of the whole piece; a piece that nobody has is as rare as one that one sheet has.
    """

    wanted: Wanted
    found: Postings
    exact: Documents
    rarity: float
    parts: tuple["Piece", ...] = ()

    @property
    def documents(self) -> Documents:
        """The living documents that have it."""
        return self.found.documents

    @property
    def scores(self) -> Impacts:
        """What it counts in each of `documents`."""
        return self.found.impacts

    @property
    def count(self) -> int:
        """How many living documents have it."""
        return len(self.found.documents)

    @property
    def leaves(self) -> tuple["Piece", ...]:
        """The single words it is made of, in their order."""
        return self.parts or (self,)


def piece_of(view: View, wanted: Wanted) -> Piece:
    """`wanted` in `view`; what was found is remembered as long as the view lives."""
    piece = view.found.get(wanted)
    if piece is None:
        piece = _find(view, wanted)
        view.found.put(wanted, piece, 16 * piece.count + 8 * len(piece.exact) + 1024)
    return piece


def rarity(view: View, count: int) -> float:
    """The inverse document frequency of what `count` living documents have, as BM25 has it."""
    having = max(count, 1)
    return log(1 + (max(view.living - having, 0) + 0.5) / (having + 0.5))


def concepts_of(view: View, wanted: Wanted) -> list[Postings]:
    """For each concept of `wanted` its documents, and its rarity times its impact in each."""
    found = [view.term(concept) for concept in wanted.concepts]
    return [Postings(each.documents, each.impacts * _worth(view, each, CONCEPT)) for each in found]


def words_of(view: View, wanted: Wanted) -> Postings:
    """The documents with a word of `wanted` as it is written, and the impact in each."""
    return strongest(list(_lists(view, wanted)), view.size)


def _find(view: View, wanted: Wanted) -> Piece:
    parts = tuple(piece_of(view, part) for part in wanted.parts)
    words = words_of(view, wanted)
    exact = Postings(words.documents, words.impacts * _worth(view, words))
    if parts:
        exact = summed(exact, _all_of(view, parts), view.size)
    others = strongest([*concepts_of(view, wanted), *_borrowed(view, wanted)], view.size)
    found = summed(exact, others, view.size)
    return Piece(wanted, found, exact.documents, rarity(view, len(found.documents)), parts)


def _worth(view: View, found: Postings, share: float = 1.0) -> np.float32:
    return np.float32(rarity(view, len(found.documents)) * share)


def _lists(view: View, wanted: Wanted) -> Iterator[Postings]:
    for term in wanted.terms:
        found = view.term(term)
        yield _as_typed(view, found, wanted) if term in wanted.borrowed and len(found.documents) else found
    yield from map(view.sequence, wanted.sequences)
    for prefix in wanted.prefixes:
        yield from map(view.term, beginning(view, prefix))


def _as_typed(view: View, found: Postings, wanted: Wanted) -> Postings:
    """Those of `found` in which the word stands as it was typed."""
    typed = has(found.documents, view.written(wanted.surface))
    return Postings(found.documents[typed], found.impacts[typed])


def _borrowed(view: View, wanted: Wanted) -> list[Postings]:
    """For each borrowed term its documents, and its rarity times its impact in each."""
    found = (view.term(term) for term in wanted.terms if term in wanted.borrowed)
    return [Postings(each.documents, each.impacts * _worth(view, each, BORROWED)) for each in found]


def beginning(view: View, prefix: str) -> list[str]:
    """The most frequent terms of every language that begin with `prefix`."""
    terms: list[str] = []
    for language in LANGUAGES:
        counted: Counter[str] = Counter()
        for segment in view.segments:
            counted.update(dict(segment.beginning(f"{language}:{prefix}")))
        terms += [term for term, _ in counted.most_common(PREFIX_TERMS)]
    return terms


def _all_of(view: View, parts: Iterable[Piece]) -> Postings:
    """The documents with all parts that must be there, and the sum of what the parts count."""
    parts = list(parts)
    required = [part.documents for part in parts if not part.wanted.optional]
    if not required:
        return NOTHING
    documents = reduce(lambda one, other: common(one, other, view.size), sorted(required, key=len))
    scores = np.zeros(len(documents), np.float32)
    for part in parts:
        scores += values_at(documents, part.found, view.size)
    return Postings(documents, scores)
