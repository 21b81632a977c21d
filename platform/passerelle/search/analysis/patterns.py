"""Turn the terms of a thesaurus into patterns over the places of a text, kept in a tree."""

from collections.abc import Container, Iterable, Iterator
from itertools import product
from typing import NamedTuple

from passerelle.search.analysis.compounds import split
from passerelle.search.analysis.folding import composed, fold
from passerelle.search.analysis.forms import kin, labels_of
from passerelle.search.analysis.readings import MAX_TERM, Readings, read_word, word_pieces, word_wholes
from passerelle.search.analysis.stops import TELLING
from passerelle.search.analysis.tokens import TOKEN, spellings
from passerelle.vocabulary import Thesaurus

ANY_GAP = ""
"""The gap of stop words none of which turns the sense."""

_ACRONYM = 3
"""Acronyms of so few capitals (VIF, DV, ONE) look like other words: in a sheet they must be in capitals."""

_IN_ONE = 10
"""Terms of several words are also found written in one when they have so many letters."""

Codes = tuple[str, ...]
Gap = str
Place = tuple[str, ...] | Gap
"""What stands at one place of a pattern: one of some labels, or a gap of stop words with its sense."""


class Node:
    """What may follow in the tree of patterns, and the concepts of the pattern that ends here."""

    __slots__ = ("codes", "gaps", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.gaps: dict[Gap, Node] = {}
        self.codes: Codes = ()


class Kin(NamedTuple):
    """The label of a word of some term, and what `forms.kin` says of it."""

    label: str
    kind: bool | None


class Tree:
    """The patterns of all terms of `thesaurus` in `language`.

    `labels` are all that stand in them; `kindred` has by stem those of the words with that stem.
    """

    def __init__(self, thesaurus: Thesaurus, language: str) -> None:
        self._language = language
        self.root = Node()
        self._known: dict[str, list[list[Place]]] = {}
        self.labels: set[str] = set()
        self.kindred: dict[str, set[Kin]] = {}
        plainly = {term for concept in thesaurus.concepts for term in concept.terms[language]}
        for concept in thesaurus.concepts:
            exact = concept.exact.get(language, frozenset())
            for term in concept.terms[language]:
                for written in _without_brackets(term, plainly):
                    for pattern in self._patterns(written, exact=term in exact):
                        self._plant(pattern, concept.code)

    def _patterns(self, term: str, *, exact: bool) -> Iterator[tuple[Place, ...]]:
        tokens = [token[:MAX_TERM] for token in TOKEN.findall(composed(term))]
        readings = [read_word(token, self._language) for token in tokens]
        if exact or _is_short_acronym(tokens):
            yield tuple((capitals(token) if has_capitals(token) else exactly(token),) for token in tokens)
        elif _is_mostly_stops(readings):
            for places in product(*map(self._literally, tokens, readings)):
                yield tuple(places)
        else:
            for ways in product(*map(self._ways, tokens, readings)):
                yield _merged([place for way in ways for place in way])
        if not exact:
            yield from self._apart(tokens[0]) if len(tokens) == 1 else self._in_one(tokens, readings)

    def _literally(self, token: str, reading: Readings) -> list[Place]:
        """One place for a word of a term that has no other telling word: stop words must be there, too."""
        return [(exactly(token),)] if reading.is_stop else [way[0] for way in self._ways(token, reading)]

    def _ways(self, token: str, reading: Readings) -> list[list[Place]]:
        """The ways in which one word of a term may stand in a text: place by place, or written as one."""
        known = self._known.get(token)
        if known is None:
            known = self._known[token] = self._read(token, reading)
        return known

    def _read(self, token: str, reading: Readings) -> list[list[Place]]:
        if reading.is_stop:
            return [[TELLING[self._language].get(fold(token), ANY_GAP)]]
        pieces = word_pieces(token)
        if not pieces:
            return [list(reading.parts), [reading.joined]]
        apart = [self._place(piece, terms) for piece, terms in zip(pieces, reading.parts, strict=True)]
        wholes = labels_of(word_wholes(token), self._language)
        return [apart, [wholes]] if wholes else [apart]

    def _place(self, word: str, terms: tuple[str, ...]) -> Place:
        """The place of one plain word, which is remembered by its stems."""
        labels = labels_of((word,), self._language)
        for term in terms:
            self.kindred.setdefault(term, set()).update(
                Kin(each, kin(word, self._language)) for each in labels
            )
        return labels if terms else ANY_GAP

    def _apart(self, token: str) -> Iterator[tuple[Place, ...]]:
        """A compound written as several words: "praat groep"."""
        pieces = word_pieces(token)
        parts = split(pieces[0], self._language) if len(pieces) == 1 else ()
        if parts:
            yield tuple(self._place(part, read_word(part, self._language).parts[0]) for part in parts)

    def _in_one(self, tokens: list[str], readings: list[Readings]) -> Iterator[tuple[Place, ...]]:
        """Several words written as one by mistake: "gedwongenhuwelijk"."""
        word = "".join(tokens)
        if word.isalpha() and len(word) >= _IN_ONE and not any(reading.is_stop for reading in readings):
            yield (labels_of((word,), self._language),)

    def _plant(self, pattern: tuple[Place, ...], code: str) -> None:
        nodes = [self.root] if pattern else []
        for place in pattern:
            if isinstance(place, str):
                nodes = [node.gaps.setdefault(place, Node()) for node in nodes]
            else:
                self.labels.update(place)
                nodes = [node.next.setdefault(label, Node()) for node in nodes for label in place]
        for node in nodes:
            if code not in node.codes:
                node.codes += (code,)


def exactly(word: str) -> str:
    """The label of a word that must be written so, accents and capitals aside."""
    return f"={fold(word.replace('.', ''))}"


def capitals(word: str) -> str:
    """The label of a word that must be written with just these capitals."""
    return f"^{word.rstrip('+').replace('.', '')}"


def has_capitals(word: str) -> bool:
    """Whether `word` has a capital after its first letter: "VIF", "StoP"; not "Violence"."""
    return not word[1:].islower() and any(letter.isupper() for letter in word[1:])


def _is_short_acronym(tokens: list[str]) -> bool:
    return len(tokens) == 1 and tokens[0].isupper() and 1 < len(tokens[0]) <= _ACRONYM


def _is_mostly_stops(readings: list[Readings]) -> bool:
    """Whether a term begins or ends with a stop word and has but one telling word: "no means no"."""
    telling = sum(not reading.is_stop for reading in readings)
    return telling < 2 and any(reading.is_stop for reading in (*readings[:1], *readings[-1:]))


def _without_brackets(term: str, plainly: Container[str]) -> Iterator[str]:
    """What is meant by a term with brackets, but no word that stands plainly in the thesaurus.

    "oudermis(be)handeling" of older people must not be the "oudermishandeling" of parents.
    """
    meant = spellings(term) if "(" in term else (term,)
    yield from (written for written in meant if written == term or written not in plainly)


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
