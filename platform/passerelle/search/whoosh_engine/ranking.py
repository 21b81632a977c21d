"""Put the sheets found in order."""

from bisect import bisect_left
from collections.abc import Sequence
from heapq import nlargest, nsmallest
from math import log

from passerelle.search.request import Sort
from passerelle.search.whoosh_engine.bits import documents_in
from passerelle.search.whoosh_engine.matching import Matched, Matches
from passerelle.search.whoosh_engine.segment import Found
from passerelle.search.whoosh_engine.view import View

_OWN_LANGUAGE = 1.1
_FEW = 16  # a posting list this many times longer than the candidates is looked up, not walked


def first_documents(view: View, matches: Matches, sort: Sort, language: str, count: int) -> list[int]:
    """The first `count` documents of `matches` in the order `sort`.

    Relevance is BM25 with the weight of the section, a little more for sheets in the reader's `language`;
    without words it is the newest first. Equal sheets stand with the highest number first, in every index
    that holds the same sheets.
    """
    documents = documents_in(matches.bits)
    if sort is Sort.RELEVANCE and matches.pieces:
        scores = _scores(view, matches.pieces, documents)
        for document in documents_in(matches.bits & view.facets.get("written", {}).get(language, 0)):
            scores[document] *= _OWN_LANGUAGE
        return _by_score(view, scores, documents, count)
    ranks = view.ranks(Sort.NEWEST if sort is Sort.RELEVANCE else sort, language)
    return nsmallest(count, documents, key=ranks.__getitem__)


def _by_score(view: View, scores: Sequence[float], documents: list[int], count: int) -> list[int]:
    if count < len(documents):
        worst = nlargest(count, (scores[document] for document in documents))[-1]
        documents = [document for document in documents if scores[document] >= worst]
    documents.sort(key=lambda document: (-scores[document], -view.numbers[document]))
    return documents[:count]


def _scores(view: View, pieces: tuple[Matched, ...], documents: list[int]) -> list[float]:
    scores = [0.0] * view.size
    total = view.alive.bit_count()
    for piece in pieces:
        having = piece.bits.bit_count()
        rarity = log(1 + (total - having + 0.5) / (having + 0.5))
        for document, impact in _best(view.size, piece.found, documents):
            scores[document] += impact * rarity
    return scores


def _best(size: int, found: list[tuple[int, Found]], documents: list[int]) -> list[tuple[int, float]]:
    """For each document with the piece its strongest reading: two stems of one word count once."""
    best = [0.0] * size
    touched: list[int] = []
    for start, each in found:
        for document, impact in _impacts(start, each, documents):
            before = best[document]
            if impact > before:
                if not before:
                    touched.append(document)
                best[document] = impact
    return [(document, best[document]) for document in touched]


def _impacts(start: int, found: Found, documents: list[int]) -> list[tuple[int, float]]:
    places, impacts = found.documents, found.impacts
    if len(documents) * _FEW > len(places):
        return [(start + place, impact) for place, impact in zip(places, impacts, strict=True)]
    hits = []
    for document in documents[bisect_left(documents, start) :]:
        at = bisect_left(places, document - start)
        if at < len(places) and places[at] == document - start:
            hits.append((document, impacts[at]))
    return hits
