"""Turn the terms of a thesaurus into patterns over the readings of words, kept in a tree."""

from collections.abc import Container, Iterable, Iterator
from itertools import product

from passerelle.search.analysis.compounds import split
from passerelle.search.analysis.folding import composed, fold
from passerelle.search.analysis.readings import MAX_TERM, Readings, read_word, word_pieces
from passerelle.search.analysis.stemming import stems
from passerelle.search.analysis.stops import TELLING
from passerelle.search.analysis.tokens import TOKEN, spellings
from passerelle.vocabulary import Thesaurus

ANY_GAP = ""
"""The gap of stop words none of which turns the sense."""

_ACRONYM = 3
"""Acronyms of so few capitals (VIF, DV, ONE) look like other words: in a sheet they must be in capitals."""

Gap = str
Place = tuple[str, ...] | Gap
"""What stands at one place of a pattern: one of some labels, or a gap of stop words with its sense."""


class Node:
    """What may follow in the tree of patterns, and the concepts of the pattern that ends here."""

    __slots__ = ("codes", "gaps", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.gaps: dict[Gap, Node] = {}
        self.codes: tuple[str, ...] = ()


def tree(thesaurus: Thesaurus, language: str) -> Node:
    """The patterns of all terms of `thesaurus` in `language`."""
    root = Node()
    plainly = {term for concept in thesaurus.concepts for term in concept.terms[language]}
    for concept in thesaurus.concepts:
        exact = concept.exact.get(language, frozenset())
        for term in concept.terms[language]:
            for written in _without_brackets(term, plainly):
                for pattern in _patterns(written, language, exact=term in exact):
                    _plant(root, pattern, concept.code)
    return root


def labels_in(root: Node) -> frozenset[str]:
    """Every label that stands in some pattern."""
    found: set[str] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        found.update(node.next)
        waiting += [*node.next.values(), *node.gaps.values()]
    return frozenset(found)


def exactly(word: str) -> str:
    """The label of a word that must be written so, accents and capitals aside."""
    return f"={fold(word.replace('.', ''))}"


def capitals(word: str) -> str:
    """The label of a word that must be written with just these capitals."""
    return f"^{word.rstrip('+').replace('.', '')}"


def has_capitals(word: str) -> bool:
    """Whether `word` has a capital after its first letter: "VIF", "StoP"; not "Violence"."""
    return not word[1:].islower() and any(letter.isupper() for letter in word[1:])


def _without_brackets(term: str, plainly: Container[str]) -> Iterator[str]:
    """What is meant by a term with brackets, but no word that stands plainly in the thesaurus.

    "oudermis(be)handeling" of older people must not be the "oudermishandeling" of parents.
    """
    meant = spellings(term) if "(" in term else (term,)
    yield from (written for written in meant if written == term or written not in plainly)


def _patterns(term: str, language: str, *, exact: bool) -> Iterator[tuple[Place, ...]]:
    tokens = [token[:MAX_TERM] for token in TOKEN.findall(composed(term))]
    if exact:
        yield tuple((capitals(t) if has_capitals(t) else exactly(t),) for t in tokens)
        return
    if len(tokens) == 1 and tokens[0].isupper() and len(tokens[0]) <= _ACRONYM:
        yield ((capitals(tokens[0]),),)
        return
    readings = [read_word(token, language) for token in tokens]
    if sum(not reading.is_stop for reading in readings) < 2 < len(tokens) + 1 and _ends_in_stops(readings):
        yield tuple((exactly(t),) if r.is_stop else r.parts[0] for t, r in zip(tokens, readings, strict=True))
        return
    for ways in product(*(_ways(t, r, language) for t, r in zip(tokens, readings, strict=True))):
        yield _merged([place for way in ways for place in way])
    if len(tokens) == 1:
        yield from _apart(tokens[0], language)


def _ends_in_stops(readings: list[Readings]) -> bool:
    return readings[0].is_stop or readings[-1].is_stop


def _ways(token: str, reading: Readings, language: str) -> list[list[Place]]:
    """The ways in which one word of a term may stand in a text: place by place, or written as one."""
    if reading.is_stop:
        return [[TELLING[language].get(fold(token), ANY_GAP)]]
    apart: list[Place] = [terms or ANY_GAP for terms in reading.parts]
    return [apart, [reading.joined]] if reading.joined else [apart]


def _apart(token: str, language: str) -> Iterator[tuple[Place, ...]]:
    """A compound written as several words: "praat groep"."""
    pieces = word_pieces(token)
    parts = split(pieces[0], language) if len(pieces) == 1 else ()
    if parts:
        yield tuple(tuple(f"{language}:{stem}" for stem in stems(part, language)) for part in parts)


def _merged(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places without gaps at both ends, and with one gap where several stood together."""
    merged: list[Place] = []
    for place in places:
        if isinstance(place, tuple):
            merged.append(place)
        elif merged and isinstance(merged[-1], str):
            merged[-1] = place or merged[-1]
        elif merged:
            merged.append(place)
    if merged and isinstance(merged[-1], str):
        merged.pop()
    return tuple(merged)


def _plant(node: Node, pattern: tuple[Place, ...], code: str) -> None:
    if not pattern:
        return
    nodes = [node]
    for place in pattern:
        if isinstance(place, str):
            nodes = [each.gaps.setdefault(place, Node()) for each in nodes]
        else:
            nodes = [each.next.setdefault(label, Node()) for each in nodes for label in place]
    for each in nodes:
        if code not in each.codes:
            each.codes += (code,)
