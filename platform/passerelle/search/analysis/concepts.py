"""Find the concepts of the thesaurus in words: the same way in sheets, in questions and in what is marked."""

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from passerelle.search.analysis.compounds import inside, split
from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.patterns import (
    ANY_GAP,
    Node,
    capitals,
    exactly,
    has_capitals,
    labels_in,
    tree,
)
from passerelle.search.analysis.readings import MAX_TERM, Readings, elided, read_word, word_pieces
from passerelle.search.analysis.stemming import stems
from passerelle.search.analysis.stops import TELLING
from passerelle.vocabulary import Thesaurus

LESSER = 0.4
"""What a broader concept, a part of a word or a term inside a longer one counts, beside what was found."""

_LONGEST_GAP = 3
_KEPT_WORDS = 1 << 16


class Unit(NamedTuple):
    """One place of a text: what the patterns of the thesaurus may have there.

    `gap` is the sense of a stop word, None for any other. `whole` are the labels of a word of `width` places
    written as one. `inside` are concepts in a compound that is none itself. `starts` says that a pattern
    begins with it.
    """

    labels: tuple[str, ...]
    gap: str | None
    whole: tuple[str, ...]
    width: int
    inside: tuple[str, ...]
    starts: bool


class Word(NamedTuple):
    """All that a sheet needs of one word: its terms with the place each takes, and what finds concepts."""

    terms: tuple[tuple[str, int], ...]
    parts: tuple[str, ...]  # the terms of what a compound is made of
    surfaces: tuple[str, ...]
    units: tuple[Unit, ...]
    begins: bool  # some unit starts a pattern or has concepts inside


Compound = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""What a compound is made of: words and the concepts they name together, one entry when all of them do."""


class Match(NamedTuple):
    """Concepts found from place `first` up to, not including `end`; `lesser` stand inside a longer term."""

    first: int
    end: int
    codes: tuple[str, ...]
    lesser: bool = False


class Gaps(Enum):
    """What may stand where a term has stop words: some, as in a sheet, or also nothing, as in a question."""

    WRITTEN = "written"
    FREE = "free"
    PLAIN = "plain"  # nothing, and only where no word turned the sense: inside a compound


class Finder:
    """Finds the terms of one thesaurus in one language. Made once, by `finder`; all threads share it."""

    def __init__(self, thesaurus: Thesaurus, language: str) -> None:
        self.thesaurus = thesaurus
        self.language = language
        self._root = tree(thesaurus, language)
        self._labels = labels_in(self._root)
        self._words: dict[str, Word] = {}
        self._units: dict[tuple[str, bool], tuple[Unit, ...]] = {}
        self._compounds: dict[str, Compound] = {}
        self._terms: dict[tuple[str, ...], tuple[tuple[str, float], ...]] = {}

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

    def _places(self, token: str, *, any_case: bool) -> tuple[Unit, ...]:
        reading = read_word(token, self.language)
        written = token.upper() if any_case else token
        pieces = word_pieces(token) if len(word_pieces(token)) == len(reading.parts) else ()
        plain = exactly(token[elided(token) :].rstrip("+"))
        marks = (plain, capitals(written[elided(token) :])) if has_capitals(written) else (plain,)
        if reading.is_stop:
            return (self._unit(marks, gap=TELLING[self.language].get(fold(token), ANY_GAP)),)
        if len(reading.parts) == 1:
            labels = (*reading.parts[0], *reading.joined, *marks)
            return (self._unit(labels, inside=self._inside(pieces[0]) if pieces else ()),)
        return self._several(reading, pieces, marks)

    def find(self, units: Sequence[Unit], starts: Sequence[int], gaps: Gaps = Gaps.WRITTEN) -> list[Match]:
        """The concepts that begin at one of `starts`: the longest, none across another, left to right.

        Shorter terms inside a longer one and the concepts inside a compound follow as lesser matches.
        """
        ends = {start: self._ends(units, start, self._root, gaps) for start in starts}
        every = [Match(start, end, codes) for start, found in ends.items() for end, codes in found.items()]
        chosen = _longest_first(every)
        lesser = [
            match._replace(lesser=True) for match in every if match not in chosen and _in_one(match, chosen)
        ]
        lesser += [Match(at, at + 1, units[at].inside, lesser=True) for at in starts if units[at].inside]
        return chosen + lesser

    def made_of(self, word: str) -> Compound:
        """The parts of the compound `word` with the concepts they name; none for another word."""
        known = self._compounds.get(word)
        if known is None:
            known = self._compounds[word] = self._made_of(word)
            _keep_few(self._compounds)
        return known

    def terms_of(self, codes: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
        """The terms under which a sheet is kept for `codes`, broader concepts for less."""
        known = self._terms.get(codes)
        if known is None:
            shares = dict.fromkeys(codes, 1.0)
            for code in chain.from_iterable(map(self.thesaurus.ancestors, codes)):
                shares.setdefault(code, LESSER)
            known = self._terms[codes] = tuple((concept_term(code), share) for code, share in shares.items())
        return known

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
            begins=any(unit.starts or unit.inside for unit in units),
        )

    def stems(self, word: str) -> tuple[str, ...]:
        """The terms of one plain word of the language."""
        return tuple(f"{self.language}:{stem}" for stem in stems(word, self.language))

    def _unit(
        self,
        labels: tuple[str, ...],
        gap: str | None = None,
        whole: tuple[str, ...] = (),
        width: int = 1,
        inside: tuple[str, ...] = (),
    ) -> Unit:
        known = tuple(label for label in labels if label in self._labels)
        joined = tuple(label for label in whole if label in self._labels)
        starts = any(label in self._root.next for label in chain(known, joined))
        return Unit(known, gap, joined, width, inside, starts)

    def _made_of(self, word: str) -> Compound:
        parts = split(word, self.language)
        units = [unit for part in parts for unit in self._part(part)]
        found = {match.first: match for match in self._in_parts(units) if not match.lesser}
        entries = []
        place = 0
        while place < len(parts):
            match = found.get(place, Match(place, place + 1, ()))
            entries.append((parts[place : match.end], match.codes))
            place = match.end
        return tuple(entries)

    def _several(
        self, reading: Readings, pieces: tuple[str, ...], marks: tuple[str, ...]
    ) -> tuple[Unit, ...]:
        """The units of a word that takes several places."""
        units = []
        for place, terms in enumerate(reading.parts):
            piece = pieces[place] if pieces else ""
            gap = None if terms else TELLING[self.language].get(fold(piece), ANY_GAP)
            labels = (*terms, exactly(piece)) if piece else terms
            whole = (*reading.joined, *marks) if place == 0 else ()
            units.append(self._unit(labels, gap, whole, len(reading.parts), self._inside(piece)))
        return tuple(units)

    def _inside(self, word: str) -> tuple[str, ...]:
        """The concepts that the parts of a compound name."""
        units = [unit for part in split(word, self.language) for unit in self._part(part)]
        found = self._in_parts(units)
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

    def _part(self, part: str) -> tuple[Unit, ...]:
        return (self._unit(self.stems(part), inside=self._inside(part)),)

    def _ends(self, units: Sequence[Unit], at: int, node: Node, gaps: Gaps) -> dict[int, tuple[str, ...]]:
        """Where the patterns of `node` that stand at place `at` end, with their concepts."""
        found = {at: node.codes} if node.codes else {}
        for end, following in _steps(units, at, node, gaps):
            for place, codes in self._ends(units, end, following, gaps).items():
                found[place] = tuple(dict.fromkeys((*found.get(place, ()), *codes)))
        return found


def _steps(units: Sequence[Unit], at: int, node: Node, gaps: Gaps) -> Iterator[tuple[int, Node]]:
    """The nodes that can be reached from `node` with what stands at place `at`, and the place after."""
    if at < len(units):
        unit = units[at]
        for label in unit.labels:
            if label in node.next:
                yield at + 1, node.next[label]
        for label in unit.whole:
            if label in node.next:
                yield at + unit.width, node.next[label]
    if node.gaps:
        yield from _over_gap(units, at, node, gaps)


def _over_gap(units: Sequence[Unit], at: int, node: Node, gaps: Gaps) -> Iterator[tuple[int, Node]]:
    end, sense = at, ANY_GAP
    while end < len(units) and end - at < _LONGEST_GAP and units[end].gap is not None:
        sense = units[end].gap or sense
        end += 1
    if end > at:
        following = node.gaps.get(sense)
        if following:
            yield end, following
    elif gaps is Gaps.FREE:
        yield from ((at, following) for following in node.gaps.values())
    elif gaps is Gaps.PLAIN and ANY_GAP in node.gaps:
        yield at, node.gaps[ANY_GAP]


def _longest_first(matches: list[Match]) -> list[Match]:
    taken: set[int] = set()
    chosen = []
    for match in sorted(matches, key=lambda match: (match.first - match.end, match.first)):
        places = range(match.first, match.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(match)
    return sorted(chosen)


def _in_one(match: Match, chosen: list[Match]) -> bool:
    return any(each.first <= match.first and match.end <= each.end for each in chosen)


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
