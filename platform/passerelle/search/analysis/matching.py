"""Match the patterns of a thesaurus with the places of a text: the longest first, none across another."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from passerelle.search.analysis.patterns import ANY_GAP, Codes, Node

_LONGEST_GAP = 3


class Unit(NamedTuple):
    """One place of a text: what the patterns of the thesaurus may have there.

    `gap` is the sense of a stop word, None for any other. `whole` are the labels of a word of `width` places
    written as one. `alone` are the concepts of the word by itself, `surely` when it is a term but for its
    ending, not only by its stem; `inside` are those in a compound. `following` is where patterns go on that
    begin with it, and how many places on.
    """

    labels: tuple[str, ...]
    gap: str | None = None
    whole: tuple[str, ...] = ()
    width: int = 1
    alone: Codes = ()
    surely: bool = False
    inside: Codes = ()
    following: tuple[tuple[int, Node], ...] = ()

    @property
    def begins(self) -> bool:
        """Whether some concept begins here."""
        return bool(self.following or self.alone or self.inside)


class Match(NamedTuple):
    """Concepts found from place `first` up to, not including `end`; `lesser` stand inside a longer term."""

    first: int
    end: int
    codes: Codes
    lesser: bool = False


class Gaps(Enum):
    """What may stand where a term has stop words: some, as in a sheet, or also nothing, as in a question."""

    WRITTEN = "written"
    FREE = "free"
    PLAIN = "plain"  # nothing, and only where no word turned the sense: inside a compound


def find(units: Sequence[Unit], starts: Sequence[int], gaps: Gaps = Gaps.WRITTEN) -> list[Match]:
    """The concepts that begin at one of `starts`, left to right.

    Lesser matches follow: shorter terms inside a longer one or across its border, concepts in a compound.
    """
    every: list[Match] = []
    inside: list[Match] = []
    for start in starts:
        unit = units[start]
        if unit.following:
            every += _longer(units, start, gaps)
        if unit.alone:
            every.append(Match(start, start + 1, unit.alone))
        if unit.inside:
            inside.append(Match(start, start + 1, unit.inside, lesser=True))
    chosen = _longest_first(every)
    if len(chosen) < len(every):
        inside += [match._replace(lesser=True) for match in {*every}.difference(chosen)]
    return chosen + inside


def _longer(units: Sequence[Unit], start: int, gaps: Gaps) -> list[Match]:
    """The terms of several places, or written as one, that begin at place `start`."""
    found: dict[int, Codes] = {}
    for places, node in units[start].following:
        _walk(units, start + places, node, gaps, found)
    return [Match(start, end, codes) for end, codes in found.items() if end > start + 1]


def _longest_first(matches: list[Match]) -> list[Match]:
    taken: set[int] = set()
    chosen = []
    for match in sorted(matches, key=lambda match: (match.first - match.end, match.first)):
        places = range(match.first, match.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(match)
    return sorted(chosen)


def _walk(units: Sequence[Unit], at: int, node: Node, gaps: Gaps, found: dict[int, Codes]) -> None:
    """Note in `found` where the patterns end that have come to `node` before place `at`."""
    if node.codes:
        found[at] = tuple(dict.fromkeys((*found.get(at, ()), *node.codes)))
    if node.next and at < len(units):
        unit = units[at]
        for label in unit.labels:
            following = node.next.get(label)
            if following is not None:
                _walk(units, at + 1, following, gaps, found)
        for label in unit.whole:
            following = node.next.get(label)
            if following is not None:
                _walk(units, at + unit.width, following, gaps, found)
    if node.gaps:
        _over_gap(units, at, node, gaps, found)


def _over_gap(units: Sequence[Unit], at: int, node: Node, gaps: Gaps, found: dict[int, Codes]) -> None:
    end, sense = at, ANY_GAP
    while end < len(units) and end - at < _LONGEST_GAP and units[end].gap is not None:
        sense = units[end].gap or sense
        end += 1
    if end > at:
        after = [node.gaps[sense]] if sense in node.gaps else []
    elif gaps is Gaps.FREE:
        after = list(node.gaps.values())
    else:
        after = [node.gaps[ANY_GAP]] if gaps is Gaps.PLAIN and ANY_GAP in node.gaps else []
    for following in after:
        _walk(units, end, following, gaps, found)
