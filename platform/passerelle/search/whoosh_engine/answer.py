"""Answer one request from one view."""

from collections.abc import Iterable
from itertools import chain

from passerelle.search.analysis.questions import AnalysedQuestion, analyse_question
from passerelle.search.highlights import Marker
from passerelle.search.page import BroaderGroup, Hit, Note, NoteKind, SearchPage, hit_of
from passerelle.search.query import read_question
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.facets import BROADER_FORM, Facets
from passerelle.search.whoosh_engine.matching import Matches, match, match_some
from passerelle.search.whoosh_engine.ranking import first_documents
from passerelle.search.whoosh_engine.spelling import suggestion
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import FORMS, LANGUAGES

BROADER_HITS = 5
"""How many sheets of the broader form are shown below the first page of a narrower one."""


class Answer:
    """One request on its way: read, matched, counted and shown."""

    def __init__(self, view: View, facets: Facets, request: SearchRequest) -> None:
        self._view = view
        self._request = request
        self._language = request.language if request.language in LANGUAGES else LANGUAGES[0]
        self._facets = facets
        self._question = read_question(request.words)
        self._analysed = analyse_question(self._question, self._language)
        self._matches = match(view, self._analysed)
        self._suggestion: str | None = None
        self._corrected = False
        if not self._matches.bits and self._matches.pieces:
            self._mend()

    def page(self) -> SearchPage:
        """The page asked for; beyond the last page it has no hits, but the true total."""
        request, matched = self._request, self._matches.bits
        chosen = matched & self._facets.choice(request)
        return SearchPage(
            total=chosen.bit_count(),
            page=request.page,
            per_page=request.per_page,
            hits=self._hits(chosen, request.per_page * (request.page - 1), request.per_page),
            facets=self._facets.counts(request, matched),
            suggestion=self._suggestion,
            corrected=self._corrected,
            broader=self._broader(chosen),
            notes=tuple(self._notes()),
        )

    def _mend(self) -> None:
        """Nothing has all the words: try them spelt better, then be content with most of them."""
        text = suggestion(self._view, self._request.words, self._question, self._matches)
        if text:
            analysed = analyse_question(read_question(text), self._language)
            mended = match(self._view, analysed)
            if mended.bits:
                self._suggestion, self._corrected = text, True
                self._analysed, self._matches = analysed, mended
                return
        self._matches = match_some(self._view, self._analysed)

    def _broader(self, chosen: int) -> BroaderGroup | None:
        forms = self._request.chosen("form")
        if not set(forms) & set(FORMS.narrower(BROADER_FORM)) or BROADER_FORM in forms:
            return None
        fitting = self._matches.bits & self._facets.choice(self._request, leaving_out="form")
        others = fitting & self._facets.exactly_broader & ~chosen
        hits = self._hits(others, 0, BROADER_HITS) if self._request.page == 1 else ()
        return BroaderGroup(BROADER_FORM, others.bit_count(), hits)

    def _hits(self, documents: int, skipped: int, count: int) -> tuple[Hit, ...]:
        if documents.bit_count() <= skipped:
            return ()
        matches = Matches(self._matches.pieces, documents)
        order = first_documents(self._view, matches, self._request.sort, self._language, skipped + count)
        markers: dict[str, Marker] = {}
        terms = _terms(self._analysed)
        hits = []
        for document in order[skipped:]:
            sheet = self._view.sheet(document)
            marker = markers.setdefault(sheet.language, Marker(terms, sheet.language))
            marked = marker.highlights(sheet.title, sheet.summary, sheet.texts)
            hits.append(hit_of(sheet, marked))
        return tuple(hits)

    def _notes(self) -> Iterable[Note]:
        if self._analysed.ignored:
            yield Note(NoteKind.IGNORED, self._analysed.ignored)
        if self._question.cut:
            yield Note(NoteKind.CUT, self._question.cut)
        if self._matches.lacking or self._is_some():
            lacking = chain.from_iterable(piece.wanted.words for piece in self._matches.lacking)
            yield Note(NoteKind.SOME, tuple(lacking))

    def _is_some(self) -> bool:
        required = [piece for piece in self._matches.pieces if not piece.wanted.optional]
        return any(self._matches.bits & ~piece.bits for piece in required)


def _terms(question: AnalysedQuestion) -> tuple[str, ...]:
    return tuple(
        chain.from_iterable(
            chain(wanted.terms, chain.from_iterable(chain.from_iterable(wanted.sequences)))
            for wanted in question.wanted
        )
    )
