"""Match the patterns of a thesaurus with the places of a text: the longest first, none across another."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from passerelle.search.analysis.patterns import ANY_GAP, Codes, Node

_LONGEST_GAP = 3


class Unit(NamedTuple):
    """One place of a text: what the patterns of the thesaurus may have there.

    `gap` is the sense of a stop word, None for any other. `whole` are the labels of a word of `width` places
    written as one. `alone` are the concepts of the word by itself, `surely` when it is a term but for its
    ending, not only by its stem; `inside` are those in a compound. `longer` says that a pattern of several
    places begins with it.
    """

    labels: tuple[str, ...]
    gap: str | None = None
    whole: tuple[str, ...] = ()
    width: int = 1
    alone: Codes = ()
    surely: bool = False
    inside: Codes = ()
    longer: bool = False

    @property
    def begins(self) -> bool:
        """Whether some concept begins here."""
        return bool(self.longer or self.alone or self.inside)


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


def find(root: Node, units: Sequence[Unit], starts: Sequence[int], gaps: Gaps = Gaps.WRITTEN) -> list[Match]:
    """The concepts that begin at one of `starts`, left to right.

    Shorter terms inside a longer one and the concepts inside a compound follow as lesser matches.
    """
    every: list[Match] = []
    lesser: list[Match] = []
    for start in starts:
        unit = units[start]
        if unit.longer:
            ends = _ends(units, start, root, gaps)
            every += [Match(start, end, codes) for end, codes in ends.items() if end > start + 1]
        if unit.alone:
            every.append(Match(start, start + 1, unit.alone))
        if unit.inside:
            lesser.append(Match(start, start + 1, unit.inside, lesser=True))
    chosen = _longest_first(every)
    if len(chosen) < len(every):
        lesser += [match._replace(lesser=True) for match in every if _is_within(match, chosen)]
    return chosen + lesser


def _longest_first(matches: list[Match]) -> list[Match]:
    taken: set[int] = set()
    chosen = []
    for match in sorted(matches, key=lambda match: (match.first - match.end, match.first)):
        places = range(match.first, match.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(match)
    return sorted(chosen)


def _is_within(match: Match, chosen: list[Match]) -> bool:
    return match not in chosen and any(each.first <= match.first and match.end <= each.end for each in chosen)


def _ends(units: Sequence[Unit], at: int, node: Node, gaps: Gaps) -> dict[int, Codes]:
    """Where the patterns of `node` that stand at place `at` end, with their concepts."""
    found = {at: node.codes} if node.codes else {}
    for end, following in _steps(units, at, node, gaps):
        for place, codes in _ends(units, end, following, gaps).items():
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
