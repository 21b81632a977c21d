"""Read one question and find what answers it: as typed, else spelt better, else with most of its words."""

from dataclasses import dataclass, replace
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
    """Everything in `view` that answers the words of `request`, its choices aside.

    What words came to is remembered as long as the view lives: people turn pages and tick boxes.
    """
    language = request.language if request.language in LANGUAGES else LANGUAGES[0]
    key = (request.words, language, request.literal)
    asked: Asked | None = view.found.get(key)
    if asked is None:
        asked = _ask(view, *key)
        view.found.put(key, asked, asked.matches.weight)
    if not is_loose(request, asked.question, asked.analysed):
        return asked
    words = asked.suggestion if asked.corrected and asked.suggestion else request.words
    near = nearby(view, meaning, words, asked.matches)
    return replace(asked, near=near) if near else asked


def _ask(view: View, words: str, language: str, literal: bool) -> Asked:
    question, analysed = understood(words, language, view.thesaurus, literal)
    mended, matches = None, match(view, analysed)
    if matches.pieces and not len(matches.full):
        mended = suggestion(view, words, question, matches, language)
    if mended:
        _, better = understood(mended, language, view.thesaurus, literal)
        found = match(view, better)
        if len(found.full):
            return Asked(question, better, language, loosened(view, found), (), mended, corrected=True)
    return Asked(question, analysed, language, loosened(view, matches))


@lru_cache(maxsize=1024)
def understood(
    words: str, language: str, thesaurus: Thesaurus, literal: bool
) -> tuple[Question, AnalysedQuestion]:
    """`words` read and analysed."""
    question = read_question(words)
    return question, analyse_question(question, language, thesaurus, literal=literal)
