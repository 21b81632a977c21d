"""Decide which sheets answer a question: those with all of its pieces, then, if they are few, with most."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from passerelle.search.analysis.questions import AnalysedQuestion
from passerelle.search.whoosh_engine.bits import Documents, Row, documents_in, row_with
from passerelle.search.whoosh_engine.listing import common, has
from passerelle.search.whoosh_engine.pieces import Piece, piece_of
from passerelle.search.whoosh_engine.tuning import CONCEPT_SAYS, ENOUGH, FLOORS, KNOWN_FLOOR
from passerelle.search.whoosh_engine.view import View


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """The documents that answer: `full` have every piece that must be there, `some` most of them.

    `barred` has what was excluded. All are living documents, and none is in two of the lists. `row` has
    those of `full` and `some`.
    """

    pieces: tuple[Piece, ...]
    full: Documents
    some: Documents
    barred: Documents
    row: Row

    @property
    def required(self) -> tuple[Piece, ...]:
        """The pieces that must be there."""
        return tuple(piece for piece in self.pieces if not piece.wanted.optional)

    @property
    def lacking(self) -> tuple[Piece, ...]:
        """The pieces that must be there and are in none of the documents."""
        return tuple(piece for piece in self.required if not has(piece.documents, self.documents).any())

    @property
    def weight(self) -> int:
        """About how many bytes it takes in memory, its pieces aside."""
        return self.full.nbytes + self.some.nbytes + self.row.nbytes + 4096

    @property
    def documents(self) -> Documents:
        """Those of `full` and `some`, ascending."""
        return np.union1d(self.full, self.some) if len(self.some) else self.full


def match(view: View, question: AnalysedQuestion) -> Matches:
    """The documents that have every piece that must be there, and no excluded one."""
    pieces = tuple(piece_of(view, wanted) for wanted in question.wanted)
    barred = _either([piece_of(view, wanted).documents for wanted in question.excluded])
    required = sorted((piece.documents for piece in pieces if not piece.wanted.optional), key=len)
    if not required:
        row = view.alive_row & ~row_with(barred, view.size) if len(barred) else view.alive_row
        return Matches(pieces, documents_in(row, view.size), _NONE, barred, row)
    full = _without(reduce(lambda one, other: common(one, other, view.size), required), barred)
    return Matches(pieces, full, _NONE, barred, row_with(full, view.size))


def loosened(view: View, matches: Matches) -> Matches:
    """`matches`, and when they are few the documents that have enough of the pieces.

    What is enough goes by rarity, so that nothing is found for nothing: what everybody has is worth little,
    and a word that nobody has is worth most. See `FLOORS`.
    """
    required = matches.required
    if len(matches.full) >= ENOUGH or len(required) < 2:
        return matches
    covered = np.zeros(view.size, np.float32)
    worth = [piece.rarity * (CONCEPT_SAYS if piece.wanted.concepts else 1.0) for piece in required]
    for piece, each in zip(required, worth, strict=True):
        covered[piece.documents] += np.float32(each)
    enough = np.float32(_floor(required) * sum(worth))
    some = _without(_without(np.flatnonzero(covered >= enough), matches.barred), matches.full)
    row = row_with(np.concatenate([matches.full, some]), view.size)
    return Matches(matches.pieces, matches.full, some, matches.barred, row)


def _floor(required: tuple[Piece, ...]) -> float:
    floor = FLOORS[min(len(required) - 2, len(FLOORS) - 1)]
    return min(floor, KNOWN_FLOOR) if all(piece.count for piece in required) else floor


_NONE: Documents = np.zeros(0, np.intp)


def _either(lists: list[Documents]) -> Documents:
    return reduce(np.union1d, lists, _NONE)


def _without(documents: Documents, barred: Documents) -> Documents:
    return documents[~has(documents, barred)] if len(barred) else documents
