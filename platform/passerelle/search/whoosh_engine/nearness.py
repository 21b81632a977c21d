"""Count how near to each other the words of a question stand in the best sheets."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from passerelle.search.whoosh_engine.bits import Documents
from passerelle.search.whoosh_engine.pieces import Piece
from passerelle.search.whoosh_engine.places import Occurrences, document_of, merged, occurrences
from passerelle.search.whoosh_engine.tuning import NEAR_PIECES, NEARNESS, REACH
from passerelle.search.whoosh_engine.view import View


def nearness(view: View, pieces: Iterable[Piece], documents: Documents) -> NDArray[np.float32]:
    """What each of `documents` (ascending) has earned by pieces that follow one another in its texts.

    Side by side counts most; the other way round a little less; `REACH` places apart nothing.
    """
    leaves = [leaf for piece in pieces for leaf in piece.leaves if not leaf.wanted.optional][:NEAR_PIECES]
    earned = np.zeros(len(documents), np.float32)
    places = [_occurrences(view, leaf, documents) for leaf in leaves]
    for place in range(len(leaves) - 1):
        one, next_one = leaves[place], leaves[place + 1]
        worth = NEARNESS * (one.rarity + next_one.rarity) / 2
        earned += np.float32(worth) * _closeness(places[place], places[place + 1], documents)
    return earned


def _occurrences(view: View, leaf: Piece, documents: Documents) -> Occurrences:
    """Where the words of `leaf` stand, or, when nobody has them, its concepts."""
    terms = leaf.wanted.terms if len(leaf.exact) else leaf.wanted.concepts
    found = [here for term in terms if len(here := occurrences(view.places(term), documents))]
    return merged(found) if found else np.zeros(0, np.int64)


def _closeness(one: Occurrences, other: Occurrences, documents: Documents) -> NDArray[np.float32]:
    """For each document 1 where the two stand side by side, less where they are further apart."""
    best = np.zeros(len(documents), np.float32)
    if not len(one) or not len(other):
        return best
    at = np.searchsorted(other, one, side="right")
    after = other[np.minimum(at, len(other) - 1)] - one
    before = one - other[np.maximum(at - 1, 0)] + 1
    after[after <= 0] = REACH + 1
    before[before <= 0] = REACH + 1
    apart = np.minimum(np.minimum(after, before), REACH + 1)
    near = apart <= REACH
    if near.any():
        whose = np.searchsorted(documents, document_of(one[near]))
        np.maximum.at(best, whose, 1 - (apart[near] - 1).astype(np.float32) / REACH)
    return best
