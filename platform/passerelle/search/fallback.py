"""Search in the database itself, for the minutes in which there is no index."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.stops import STOPS
from passerelle.search.documents import SearchDocument, size_class, status_on
from passerelle.search.facet_values import NO, YES, closed_values
from passerelle.search.page import FacetValue, Fragment, Highlights, Hit, Note, NoteKind, SearchPage
from passerelle.search.projector import BATCH, Live, document_of, documents_of, live_sheets, log_failure
from passerelle.search.query import read_question
from passerelle.search.request import FACETS, SearchRequest
from passerelle.sheets.models import Revision, Sheet
from passerelle.vocabulary import FORMS

MOST = 2_000
"""So many sheets, the newest that have the words, are looked at: an answer must not take seconds."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_WRITTEN_IN_ONE = re.compile("oe|ae|ss")  # œ, æ, ß: one letter in the database, two in the folded word
_MAY_BEAR_ACCENTS = re.compile(r"[^bdfghjkmpqrtvwx0-9]")

_ALL_STOPS = frozenset(chain.from_iterable(STOPS.values()))


@dataclass(frozen=True)
class Words:
    """What titles and summaries must have and must not have: folded words and phrases."""

    wanted: tuple[str, ...]
    excluded: tuple[str, ...]
    notes: tuple[Note, ...]

    def fit(self, text: str) -> bool:
        """Whether `text` has all that is wanted and nothing that is excluded."""
        plain = _plain(text)
        return all(each in plain for each in self.wanted) and not any(each in plain for each in self.excluded)

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """What the database can rule out: sheets that cannot have one of the words, however it is accented.

        The patterns are made of plain letters and `_` only, so nothing typed has a meaning in them.
        """
        columns = (Revision.content_json["title"].as_string(), Revision.content_json["summary"].as_string())
        for piece in self.wanted:
            run = max(chain.from_iterable(map(_WRITTEN_IN_ONE.split, piece.split())), key=len)
            pattern = f"%{_MAY_BEAR_ACCENTS.sub('_', run)}%"
            yield or_(*(column.ilike(pattern) for column in columns))


@dataclass(frozen=True)
class Found:
    """One sheet that has the words: its number and the values it has in each facet."""

    number: int
    values: dict[str, frozenset[str]]

    def fits(self, request: SearchRequest, *, leaving_out: str = "") -> bool:
        """Whether it fits the choices: any value inside a facet, all facets together."""
        return all(
            not self.values[facet].isdisjoint(chosen)
            for facet, chosen in request.facets.items()
            if facet != leaving_out
        )


def search(session: Session, request: SearchRequest, today: date) -> SearchPage:
    """Answer `request` from the database, newest first whatever the order asked for, `degraded` set.

    Words are looked for as they are written, without accents, in titles and summaries; choices are exact,
    and are counted as the index counts them. Any text gets an answer; only the database itself can raise.
    """
    words = _words(request)
    found = list(_look_through(session, words, today))
    fitting = [each.number for each in found if each.fits(request)]
    start = request.per_page * (request.page - 1)
    return SearchPage(
        total=len(fitting),
        page=request.page,
        per_page=request.per_page,
        hits=_hits(session, fitting[start : start + request.per_page]),
        facets={facet: _counts(facet, request, found) for facet in FACETS},
        degraded=True,
        notes=words.notes,
    )


def _words(request: SearchRequest) -> Words:
    question = read_question(request.words)
    pieces = [(_plain(" ".join(piece.words)), piece.excluded) for piece in question.pieces]
    wanted = [piece for piece, excluded in pieces if piece and not excluded]
    telling = [piece for piece in wanted if piece not in _ALL_STOPS] or wanted
    notes = [Note(NoteKind.CUT, question.cut)] if question.cut else []
    return Words(
        tuple(dict.fromkeys(telling)),
        tuple(piece for piece, excluded in pieces if piece and excluded),
        tuple(notes),
    )


def _plain(text: str) -> str:
    """`text` folded, with one space between its words."""
    return _NOT_LETTERS.sub(" ", fold(text)).strip()


def _look_through(session: Session, words: Words, today: date) -> Iterator[Found]:
    query = (
        live_sheets()
        .where(*words.conditions())
        .order_by(Revision.published_at.desc(), Sheet.id.desc())
        .limit(MOST)
    )
    for row in session.execute(query, execution_options={"yield_per": BATCH}):
        live = Live(*row)
        try:
            document = document_of(live)
        except Exception as problem:  # one unreadable sheet must not hide the others
            log_failure(live.number, problem)
        else:
            if words.fit(f"{document.title} {document.summary}"):
                yield Found(document.number, _values(document, today))


def _values(document: SearchDocument, today: date) -> dict[str, frozenset[str]]:
    status = status_on(today, ends=document.ends, ongoing=document.ongoing)
    size = size_class(document.inhabitants)
    forms = document.violence_forms
    return {
        "form": frozenset(code for code, included in _forms().items() if not included.isdisjoint(forms)),
        "group": frozenset(document.target_groups),
        "region": frozenset([document.region]),
        "province": frozenset([document.province]),
        "commune": frozenset([document.commune]),
        "written": frozenset([document.language]),
        "size": frozenset([size] if size else []),
        "status": frozenset([status] if status else []),
        "evaluated": frozenset([YES if document.evaluated else NO]),
        "partner": frozenset(document.partner_kinds),
    }


@cache
def _forms() -> dict[str, frozenset[str]]:
    """For each form of violence those it includes: itself, and the narrower ones."""
    return {code: frozenset((code, *FORMS.narrower(code))) for code in FORMS.codes}


def _counts(facet: str, request: SearchRequest, found: Sequence[Found]) -> tuple[FacetValue, ...]:
    """For each value how many sheets it would give, the choices of its own facet left aside."""
    counts: dict[str, int] = {}
    for each in found:
        if each.fits(request, leaving_out=facet):
            for value in each.values[facet]:
                counts[value] = counts.get(value, 0) + 1
    chosen = request.chosen(facet)
    values = closed_values(facet) or tuple(sorted({*counts, *chosen}))
    return tuple(FacetValue(value, counts.get(value, 0), value in chosen) for value in values)


def _hits(session: Session, numbers: Sequence[int]) -> tuple[Hit, ...]:
    documents = {document.number: document for document in documents_of(session, numbers, log_failure)}
    found = (documents[number] for number in numbers if number in documents)
    return tuple(Hit(sheet, _unmarked(sheet)) for sheet in found)


def _unmarked(sheet: SearchDocument) -> Highlights:
    """The texts of a card without a mark: the database cannot say where a word stands."""
    return Highlights(
        title=(Fragment(sheet.title, marked=False),),
        summary=(Fragment(sheet.summary, marked=False),),
        extract=(),
        section="",
        language=sheet.language,
    )
