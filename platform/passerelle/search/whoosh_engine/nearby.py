"""Ask for sheets of nearby meaning, and keep those that are still what they were."""

from typing import Final

from passerelle.search.analysis.questions import AnalysedQuestion
from passerelle.search.meaning.port import Meaning
from passerelle.search.query import Question
from passerelle.search.request import SearchRequest, Sort
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
    """The living documents of nearby meaning, the nearest first, whose text is the one that was read."""
    found = []
    for near in meaning.near_words(words, NEAR_SHEETS, sure=len(matches.full) > 0):
        document = view.document_of(near.number)
        if document is not None and view.entry(document).content_hash == near.content_hash:
            found.append(document)
    return tuple(dict.fromkeys(found))
