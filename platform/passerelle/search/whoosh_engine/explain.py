"""Explain why a sheet stands where it stands in the answer to one request."""

from collections.abc import Iterator

import numpy as np

from passerelle.search.explanation import Explanation, PieceExplained
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.answer import Answer
from passerelle.search.whoosh_engine.bits import Documents, among, documents_in
from passerelle.search.whoosh_engine.day import Day
from passerelle.search.whoosh_engine.listing import has, values_at
from passerelle.search.whoosh_engine.nearness import nearness
from passerelle.search.whoosh_engine.pieces import Piece
from passerelle.search.whoosh_engine.view import View


def explain(day: Day, answer: Answer, request: SearchRequest, number: int) -> Explanation | None:
    """Why the sheet `number` stands where it stands in `answer`; None when there is no such sheet."""
    view, asked = day.view, answer.asked
    document = view.document_of(number)
    if document is None:
        return None
    itself = np.array([document], np.intp)
    chosen = documents_in(day.facets.fitting(answer.matched, request), view.size)
    order = answer.ranking.first(chosen, len(chosen), request.sort, request.mine)
    matches = asked.matches
    near = matches.required and nearness(view, matches.pieces, itself)[0]
    return Explanation(
        number=number,
        title=view.shown(document).sheet.title,
        asked=asked.suggestion if asked.corrected and asked.suggestion else request.words,
        place=order.index(document) + 1 if document in order else None,
        total=len(chosen),
        whole=bool(has(itself, matches.full)[0]),
        excluded=bool(has(itself, matches.barred)[0]),
        fits=bool(len(among(itself, day.facets.fitting(view.alive_row, request)))),
        pieces=tuple(_piece(view, piece, itself) for piece in matches.pieces),
        nearness=float(near or 0.0),
        factors=tuple(day.reasons(document, asked.language)),
        meaning=asked.near.index(document) + 1 if document in asked.near else None,
    )


def _piece(view: View, piece: Piece, itself: Documents) -> PieceExplained:
    wanted = piece.wanted
    return PieceExplained(
        words=wanted.words,
        terms=tuple(_having(view, wanted.terms, itself)),
        concepts=tuple(_having(view, wanted.concepts, itself)),
        sheets=piece.count,
        rarity=piece.rarity,
        score=float(values_at(itself, piece.found, view.size)[0]),
        optional=wanted.optional,
        parts=tuple(_piece(view, part, itself) for part in piece.parts),
    )


def _having(view: View, terms: tuple[str, ...], itself: Documents) -> Iterator[str]:
    return (term for term in terms if has(itself, view.term(term).documents)[0])
