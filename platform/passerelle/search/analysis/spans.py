"""Say where in a text the concepts stand that a search found there."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from passerelle.search.analysis.concepts import concept_term, finder
from passerelle.search.analysis.matching import Unit
from passerelle.search.analysis.readings import elided
from passerelle.search.analysis.tokens import TOKEN
from passerelle.vocabulary import Thesaurus, base_thesaurus

Span = tuple[int, int]


class _Named(NamedTuple):
    """From which to which character concepts are named; `terms` are theirs and those of broader ones."""

    span: Span
    terms: frozenset[str]


def concept_spans(
    text: str, language: str, codes: Iterable[str], thesaurus: Thesaurus | None = None
) -> list[Span]:
    """The characters of `text` that made it be found for one of the concepts `codes`, in order.

    A narrower concept counts: "violence conjugale" for intrafamilial violence. The spans never overlap. A
    code may also stand as the term of a question ("c:partner").
    """
    wanted = {concept_term(code.removeprefix(concept_term(""))) for code in codes}
    spans: list[Span] = []
    for span, named in _named(text, language, thesaurus or base_thesaurus()):
        if not named.isdisjoint(wanted) and (not spans or span[0] >= spans[-1][1]):
            spans.append(span)
    return spans


@lru_cache(maxsize=1 << 11)
def _named(text: str, language: str, thesaurus: Thesaurus) -> tuple[_Named, ...]:
    """What `text` (in NFC, as all stored text is) names and where: in order, the longest first."""
    find = finder(thesaurus, language)
    units: list[Unit] = []
    places: list[Span] = []
    starts: list[int] = []
    for written in TOKEN.finditer(text):
        token = written.group()
        word = find.word(token)
        if word.begins:
            starts += range(len(units), len(units) + len(word.units))
        units += word.units
        places += [(written.start() + elided(token), written.end())] * len(word.units)
    found = []
    for match in find.find(units, starts) if starts else ():
        span = places[match.first][0], places[match.end - 1][1]
        found.append(_Named(span, frozenset(term for term, _ in find.terms_of(match.codes))))
    return tuple(sorted(found, key=lambda named: (named.span[0], -named.span[1])))
