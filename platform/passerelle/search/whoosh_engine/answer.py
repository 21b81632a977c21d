"""Answer one request from one view."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

import numpy as np

from passerelle.search.analysis.folding import fold
from passerelle.search.meaning.port import Meaning
from passerelle.search.page import AlsoSearched, BroaderGroup, Hit, Note, NoteKind, SearchPage
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.asking import Asked, ask
from passerelle.search.whoosh_engine.bits import Row, among, count, documents_in, row_with
from passerelle.search.whoosh_engine.day import Day
from passerelle.search.whoosh_engine.facets import BROADER_FORM
from passerelle.search.whoosh_engine.ranking import Ranking
from passerelle.search.whoosh_engine.showing import code_of, shown
from passerelle.vocabulary import FORMS, LANGUAGES, Concept

BROADER_HITS = 5
"""How many sheets of the broader form are shown below the first page of a narrower one."""


class Answer:
    """One request on its way: asked, chosen, counted and shown."""

    def __init__(self, day: Day, request: SearchRequest, meaning: Meaning) -> None:
        self._day = day
        self._view = day.view
        self._request = request
        self.asked: Asked = ask(day.view, request, meaning)
        self.ranking = Ranking(day, self.asked.matches, self.asked.language, self.asked.near)
        self.matched = self._matched()

    def page(self) -> SearchPage:
        """The page asked for; beyond the last page it has no hits, but the true total."""
        request, facets = self._request, self._day.facets
        chosen = facets.fitting(self.matched, request)
        return SearchPage(
            total=count(chosen),
            page=request.page,
            per_page=request.per_page,
            hits=self._hits(chosen, request.per_page * (request.page - 1), request.per_page),
            facets=facets.counts(request, self.matched),
            suggestion=self.asked.suggestion,
            corrected=self.asked.corrected,
            broader=self._broader(chosen),
            notes=tuple(self._notes()),
            also=self._also(),
        )

    def _matched(self) -> Row:
        """All documents that answer the words: by the words themselves or by a nearby meaning."""
        row, near = self.asked.matches.row, self.asked.near
        return row | row_with(np.array(near, np.intp), self._view.size) if near else row

    def _broader(self, chosen: Row) -> BroaderGroup | None:
        forms = self._request.chosen("form")
        if not forms or BROADER_FORM in forms or set(forms).isdisjoint(FORMS.narrower(BROADER_FORM)):
            return None
        facets = self._day.facets
        fitting = facets.fitting(self.matched, self._request, leaving_out="form")
        others = fitting & facets.exactly_broader & ~chosen
        hits = self._hits(others, 0, BROADER_HITS) if self._request.page == 1 else ()
        return BroaderGroup(BROADER_FORM, count(others), hits)

    def _hits(self, chosen: Row, skipped: int, wanted: int) -> tuple[Hit, ...]:
        as_matched = chosen is self.asked.matches.row
        documents = self.asked.matches.documents if as_matched else documents_in(chosen, self._view.size)
        if len(documents) <= skipped:
            return ()
        request = self._request
        order = self.ranking.first(documents, skipped + wanted, request.sort, request.mine)[skipped:]
        matches = self.asked.matches
        worded = among(np.array(order, np.intp), matches.row).tolist() if self.asked.near else order
        return shown(self._view, order, self.asked.analysed, frozenset(order).difference(worded))

    def _notes(self) -> Iterable[Note]:
        asked = self.asked
        if asked.analysed.ignored:
            yield Note(NoteKind.IGNORED, asked.analysed.ignored)
        if asked.question.cut:
            yield Note(NoteKind.CUT, asked.question.cut)
        if len(asked.matches.some):
            lacking = chain.from_iterable(piece.wanted.words for piece in asked.matches.lacking)
            yield Note(NoteKind.SOME, tuple(lacking))

    def _also(self) -> tuple[AlsoSearched, ...]:
        """The concepts looked for, once each, with the words that named them."""
        thesaurus = self._view.thesaurus
        found: dict[str, AlsoSearched] = {}
        asked = self.asked.analysed.wanted
        for wanted in chain.from_iterable((each, *each.parts) for each in asked):  # parts: of a compound
            for code in map(code_of, wanted.concepts):
                if code in thesaurus and code not in found:
                    found[code] = _also_searched(wanted.words, thesaurus.concept(code))
        return tuple(found.values())


@lru_cache(maxsize=1024)
def _also_searched(words: tuple[str, ...], concept: Concept) -> AlsoSearched:
    typed = fold(" ".join(words))
    labels = ((language, concept.label(language)) for language in LANGUAGES)
    others = {language: label for language, label in labels if fold(label) != typed}
    return AlsoSearched(words, concept.code, others)
