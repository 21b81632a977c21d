"""Decide which sheets answer a question: all of its words, or, when no sheet has them all, most of them."""

from dataclasses import dataclass
from functools import reduce
from operator import and_

from passerelle.search.analysis.questions import AnalysedQuestion, Wanted
from passerelle.search.whoosh_engine.segment import Found
from passerelle.search.whoosh_engine.view import View


@dataclass(frozen=True, slots=True)
class Matched:
    """One piece of the question, where it stands, and the living documents that have it."""

    wanted: Wanted
    found: list[tuple[int, Found]]
    bits: int


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents that answer; `lacking` are pieces that none of them has, when they have only some."""

    pieces: tuple[Matched, ...]
    bits: int
    lacking: tuple[Matched, ...] = ()


def match(view: View, question: AnalysedQuestion) -> Matches:
    """The documents that have every piece that must be there, and no excluded one."""
    pieces = tuple(_match(view, wanted) for wanted in question.wanted)
    required = [piece.bits for piece in pieces if not piece.wanted.optional]
    bits = reduce(and_, required, view.alive)
    for wanted in question.excluded:
        bits &= ~_match(view, wanted).bits
    return Matches(pieces, bits)


def match_some(view: View, question: AnalysedQuestion) -> Matches:
    """The documents that have as many of the pieces as any document has, and at least half of them."""
    everything = match(view, question)
    required = [piece for piece in everything.pieces if not piece.wanted.optional]
    kept = view.alive
    for wanted in question.excluded:
        kept &= ~_match(view, wanted).bits
    levels = [kept] + [0] * len(required)  # levels[n]: the documents that have n of the pieces seen so far
    for piece in required:
        for level in range(len(required) - 1, -1, -1):
            levels[level + 1] |= levels[level] & piece.bits
    for level in range(len(required) - 1, (len(required) - 1) // 2, -1):
        if levels[level]:
            lacking = tuple(piece for piece in required if not piece.bits & levels[level])
            return Matches(everything.pieces, levels[level], lacking)
    return Matches(everything.pieces, 0)


def _match(view: View, wanted: Wanted) -> Matched:
    found = view.find(wanted)
    return Matched(wanted, found, view.bits_of(found))
