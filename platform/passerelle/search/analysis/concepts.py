"""Find the concepts of the thesaurus in words: the same way in sheets, in questions and in what is marked."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from passerelle.search.analysis.compounds import inside, split
from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.forms import kin, labels_of
from passerelle.search.analysis.matching import Gaps, Match, Unit, find
from passerelle.search.analysis.patterns import ANY_GAP, Codes, Tree, capitals, exactly, has_capitals
from passerelle.search.analysis.readings import (
    MAX_TERM,
    Readings,
    elided,
    read_word,
    word_pieces,
    word_wholes,
)
from passerelle.search.analysis.stemming import stems
from passerelle.search.analysis.stops import TELLING
from passerelle.vocabulary import Thesaurus

LESSER = 0.4
"""What a broader concept, a part of a word or a term inside a longer one counts, beside what was found."""

_KEPT_WORDS = 1 << 15

Compound = tuple[tuple[tuple[str, ...], Codes], ...]
"""What a compound is made of: words and the concepts they name together, one entry when all of them do."""


class Word(NamedTuple):
    """All that a sheet needs of one word: its terms with the place each takes, and what finds concepts."""

    terms: tuple[tuple[str, int], ...]
    parts: tuple[str, ...]  # the terms of what a compound is made of
    surfaces: tuple[str, ...]
    units: tuple[Unit, ...]
    begins: bool  # some concept may begin in it


class Finder:
    """Finds the terms of one thesaurus in one language. Made once, by `finder`; all threads share it."""

    def __init__(self, thesaurus: Thesaurus, language: str) -> None:
        self.thesaurus = thesaurus
        self.language = language
        self._tree = Tree(thesaurus, language)
        self._words: dict[str, Word] = {}
        self._units: dict[tuple[str, bool], tuple[Unit, ...]] = {}
        self._compounds: dict[str, Compound] = {}
        self._terms: dict[Codes, tuple[tuple[str, float], ...]] = {}

    def word(self, token: str) -> Word:
        """What a sheet needs of `token`, a match of `tokens.TOKEN`; kept for the next time."""
        known = self._words.get(token)
        if known is None:
            known = self._words[token] = self._read(token[:MAX_TERM])
            _keep_few(self._words)
        return known

    def units(self, token: str, *, any_case: bool = False) -> tuple[Unit, ...]:
        """The places of `token`; with `any_case` an acronym need not be in capitals."""
        known = self._units.get((token, any_case))
        if known is None:
            known = self._units[token, any_case] = self._places(token, any_case=any_case)
            _keep_few(self._units)
        return known

    def find(self, units: Sequence[Unit], starts: Sequence[int], gaps: Gaps = Gaps.WRITTEN) -> list[Match]:
        """See `matching.find`."""
        return find(units, starts, gaps)

    def named(self, word: str) -> Codes:
        """The concepts of which the plain word `word` is a term, but for its ending."""
        return self._named(labels_of((word,), self.language))

    def made_of(self, word: str) -> Compound:
        """The parts of the compound `word` with the concepts they name; none for another word."""
        known = self._compounds.get(word)
        if known is None:
            known = self._compounds[word] = self._made_of(word)
            _keep_few(self._compounds)
        return known

    def terms_of(self, codes: Codes) -> tuple[tuple[str, float], ...]:
        """The terms under which a sheet is kept for `codes`, broader concepts for less."""
        known = self._terms.get(codes)
        if known is None:
            shares = dict.fromkeys(codes, 1.0)
            for code in chain.from_iterable(map(self.thesaurus.ancestors, codes)):
                shares.setdefault(code, LESSER)
            known = self._terms[codes] = tuple((concept_term(code), share) for code, share in shares.items())
        return known

    def stems(self, word: str) -> tuple[str, ...]:
        """The terms of one plain word of the language."""
        return tuple(f"{self.language}:{stem}" for stem in stems(word, self.language))

    def _read(self, token: str) -> Word:
        parts, joined, surfaces = read_word(token, self.language)
        terms = [(term, offset) for offset, part in enumerate(parts) for term in part]
        units = self.units(token)
        compounds = [word for piece in word_pieces(token) for word in inside(piece, self.language)]
        return Word(
            terms=(*terms, *((term, 0) for term in joined)),
            parts=tuple(dict.fromkeys(chain.from_iterable(map(self.stems, compounds)))),
            surfaces=surfaces,
            units=units,
            begins=any(unit.begins for unit in units),
        )

    def _places(self, token: str, *, any_case: bool) -> tuple[Unit, ...]:
        reading = read_word(token, self.language)
        written = token.upper() if any_case else token
        start = elided(token)
        marks = [exactly(token[start:].rstrip("+"))]
        if has_capitals(written):
            marks.append(capitals(written[start:]))
        if reading.is_stop:
            return (self._stop(token, marks),)
        pieces = word_pieces(token)
        if not pieces:
            return self._number(reading)
        wholes = (*labels_of(word_wholes(token), self.language), *marks)
        if len(pieces) == 1:
            return (self._piece(pieces[0], reading.parts[0], wholes),)
        units = [
            self._piece(piece, terms) if terms else self._stop(piece)
            for piece, terms in zip(pieces, reading.parts, strict=True)
        ]
        return (self._spanning(units[0], wholes, len(units)), *units[1:])

    def _piece(self, word: str, terms: tuple[str, ...], marks: tuple[str, ...] = ()) -> Unit:
        """The unit of one plain word: labels that are just its own go before those of its stem."""
        tree = self._tree
        own = tuple(each for each in (*labels_of((word,), self.language), *marks) if each in tree.labels)
        kindred = {each for term in terms for each in tree.kindred.get(term, ())}
        kind = kin(word, self.language)
        alike = tuple(sorted(each.label for each in kindred if kind is not None and each.kind == kind))
        others = tuple(sorted({each.label for each in kindred} - {*own}))
        named = self._named(own)
        unit = Unit((*own, *others), alone=named or self._named(alike), surely=bool(named))
        return self._spanning(unit._replace(inside=self._inside(word)))

    def _stop(self, word: str, marks: Sequence[str] = ()) -> Unit:
        labels = tuple(mark for mark in marks if mark in self._tree.labels)
        gap = TELLING[self.language].get(fold(word), ANY_GAP)
        return self._spanning(Unit(labels, gap=gap, alone=self._named(labels)))

    def _number(self, reading: Readings) -> tuple[Unit, ...]:
        first, *others = (Unit(terms, alone=self._named(terms)) for terms in reading.parts)
        return (self._spanning(first, reading.joined, len(reading.parts)), *map(self._spanning, others))

    def _spanning(self, unit: Unit, whole: tuple[str, ...] = (), width: int = 1) -> Unit:
        """`unit` with what it is as a whole word of `width` places, and where longer patterns go on."""
        begun = self._tree.root.next
        whole = tuple(label for label in whole if label in self._tree.labels) if width > 1 else ()
        nodes = [begun[label] for label in unit.labels if label in begun]
        following = [(1, node) for node in nodes if node.next or node.gaps]
        following += [(width, begun[label]) for label in whole if label in begun]
        return unit._replace(whole=whole, width=width, following=tuple(following))

    def _named(self, labels: tuple[str, ...]) -> Codes:
        """The concepts of which one of `labels` is a whole term."""
        following = self._tree.root.next
        codes = chain.from_iterable(following[label].codes for label in labels if label in following)
        return tuple(dict.fromkeys(codes))

    def _made_of(self, word: str) -> Compound:
        parts = split(word, self.language)
        units = [self._part(part) for part in parts]
        found = {match.first: match for match in self._in_parts(units) if not match.lesser}
        entries = []
        place = 0
        while place < len(parts):
            match = found.get(place, Match(place, place + 1, ()))
            entries.append((parts[place : match.end], match.codes))
            place = match.end
        return tuple(entries)

    def _inside(self, word: str) -> Codes:
        """The concepts that the parts of a compound name."""
        found = self._in_parts([self._part(part) for part in split(word, self.language)])
        return tuple(dict.fromkeys(chain.from_iterable(match.codes for match in found)))

    def _in_parts(self, units: list[Unit]) -> list[Match]:
        """The concepts that parts of a compound name; two may be a term the other way round.

        "Partnerschaftsgewalt" is "Gewalt in der Partnerschaft".
        """
        found = self.find(units, range(len(units)), Gaps.PLAIN)
        if len(units) == 2 and all(match.end - match.first == 1 for match in found):
            turned = self.find(units[::-1], range(len(units)), Gaps.PLAIN)
            both = [match for match in turned if match.end - match.first > 1]
            found = both + ([match._replace(lesser=True) for match in found] if both else found)
        return found

    def _part(self, part: str) -> Unit:
        return self._piece(part, self.stems(part))


def _keep_few(kept: dict[Any, Any]) -> None:  # Any: whatever is kept
    """Begin anew when texts full of invented words have filled the memory."""
    if len(kept) > _KEPT_WORDS:
        kept.clear()


def concept_term(code: str) -> str:
    """The term of the index for the concept `code`."""
    return f"c:{code}"


@lru_cache(maxsize=16)
def finder(thesaurus: Thesaurus, language: str) -> Finder:
    """The finder of `thesaurus` in `language`."""
    return Finder(thesaurus, language)
