"""Ask for sheets of nearby meaning, and keep those that are still what they were."""

from collections.abc import Callable
from typing import Final

import numpy as np

from passerelle.search.analysis.questions import AnalysedQuestion
from passerelle.search.meaning.port import Meaning
from passerelle.search.query import Question
from passerelle.search.request import SearchRequest, Sort
from passerelle.search.whoosh_engine.listing import has
from passerelle.search.whoosh_engine.matching import Matches
from passerelle.search.whoosh_engine.tuning import NEAR_SHEETS
from passerelle.search.whoosh_engine.view import View

_BY_RELEVANCE: Final = {Sort.RELEVANCE, Sort.ALIKE}


def is_loose(request: SearchRequest, question: Question, analysed: AnalysedQuestion) -> bool:
    """Whether the question leaves room for what it means: no quotation, exclusion or unfinished word."""
    return (
        request.sort in _BY_RELEVANCE
        and bool(analysed.wanted)
        and not request.literal
        and not any(piece.excluded or piece.quoted or piece.begun for piece in question.pieces)
    )


def nearby(view: View, meaning: Meaning, words: str, matches: Matches) -> tuple[int, ...]:
    """The living documents of nearby meaning, the nearest first, whose text is the one that was read.

    When no sheet has all the words, one that has a piece of the question needs less nearness than another.
    """
    found = []
    for near in meaning.near_words(
        words, NEAR_SHEETS, sure=len(matches.full) > 0, backed=_having_a_piece(view, matches)
    ):
        document = view.document_of(near.number)
        if document is not None and view.entry(document).content_hash == near.content_hash:
            found.append(document)
    return tuple(dict.fromkeys(found))


def _having_a_piece(view: View, matches: Matches) -> Callable[[int], bool]:
    """Whether the sheet of a number has one of the pieces that must be there."""

    def has_a_piece(number: int) -> bool:
        document = view.document_of(number)
        return document is not None and any(
            has(np.array([document], np.intp), piece.documents).any() for piece in matches.required
        )

    return has_a_piece
