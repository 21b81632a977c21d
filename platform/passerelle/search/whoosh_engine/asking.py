"""Read one question and find what answers it: as typed, else spelt better, else with most of its words."""

from dataclasses import dataclass
from functools import lru_cache

from passerelle.search.analysis.questions import AnalysedQuestion, analyse_question
from passerelle.search.meaning.port import Meaning
from passerelle.search.query import Question, read_question
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.matching import Matches, loosened, match
from passerelle.search.whoosh_engine.nearby import is_loose, nearby
from passerelle.search.whoosh_engine.spelling import suggestion
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import LANGUAGES, Thesaurus


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question, what was made of it, and what answers it.

    `near` are living documents of nearby meaning, the nearest first, with or without the words. With
    `corrected` all the rest is about `suggestion`.
    """

    question: Question
    analysed: AnalysedQuestion
    language: str
    matches: Matches
    near: tuple[int, ...] = ()
    suggestion: str | None = None
    corrected: bool = False


def ask(view: View, request: SearchRequest, meaning: Meaning) -> Asked:
    """Everything in `view` that answers the words of `request`, its choices aside."""
    language = request.language if request.language in LANGUAGES else LANGUAGES[0]
    question, analysed = understood(request.words, language, view.thesaurus, request.literal)
    words, mended, matches = request.words, None, match(view, analysed)
    if matches.pieces and not len(matches.full):
        mended = suggestion(view, request.words, question, matches)
    if mended:
        _, better = understood(mended, language, view.thesaurus, request.literal)
        found = match(view, better)
        if len(found.full):
            words, analysed, matches = mended, better, found
        else:
            mended = None
    loose = is_loose(request, question, analysed)
    if len(matches.full) or not (loose and meaning.is_far(words, view.living)):
        matches = loosened(view, matches)
    near = nearby(view, meaning, words, matches) if loose else ()
    return Asked(question, analysed, language, matches, near, mended, corrected=mended is not None)


@lru_cache(maxsize=1024)
def understood(
    words: str, language: str, thesaurus: Thesaurus, literal: bool
) -> tuple[Question, AnalysedQuestion]:
    """`words` read and analysed."""
    question = read_question(words)
    return question, analyse_question(question, language, thesaurus, literal=literal)
