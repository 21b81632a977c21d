"""Show the sheets of a page: what their cards need, with the words looked for marked."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from passerelle.search.analysis.questions import AnalysedQuestion, Wanted
from passerelle.search.highlights import Marker, Sought
from passerelle.search.looked_for import LookedFor
from passerelle.search.page import Hit
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import Thesaurus


def shown(
    view: View, documents: Iterable[int], question: AnalysedQuestion, nearby: frozenset[int]
) -> tuple[Hit, ...]:
    """The hits for `documents`, in their order; `nearby` are those that have none of the words."""
    markers: dict[str, Marker] = {}
    hits = []
    for document in documents:
        sheet, texts = view.shown(document)
        marker = markers.get(sheet.language)
        if marker is None:
            marker = markers[sheet.language] = marker_of(question, sheet.language, view.thesaurus)
        hits.append(Hit(sheet, marker.highlights(texts), document in nearby))
    return tuple(hits)


@lru_cache(maxsize=256)
def marker_of(question: AnalysedQuestion, language: str, thesaurus: Thesaurus) -> Marker:
    """Marks the words of `question`, and the words of its concepts, in texts in `language`."""
    return Marker([_sought(wanted, language, thesaurus) for wanted in question.wanted], language)


def code_of(term: str) -> str:
    """The code of the concept that the index knows as `term`."""
    return term.removeprefix("c:")


def _sought(wanted: Wanted, language: str, thesaurus: Thesaurus) -> Sought:
    every = tuple(_all(wanted))
    words = tuple(LookedFor(language, _terms(each)) for each in every if each.terms or each.sequences)
    codes = dict.fromkeys(code for each in every for code in map(code_of, each.concepts))
    phrases = [thesaurus.concept(code).terms[language] for code in codes if code in thesaurus]
    return Sought(words, LookedFor(language, (), chain.from_iterable(phrases)) if phrases else None)


def _all(wanted: Wanted) -> Iterator[Wanted]:
    yield wanted
    for part in wanted.parts:
        yield from _all(part)


def _terms(wanted: Wanted) -> Iterator[str]:
    yield from wanted.terms
    yield from chain.from_iterable(chain.from_iterable(wanted.sequences))
