"""Recognise the concepts that the words of a question name, in the language of the reader or another."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, groupby
from typing import NamedTuple

from passerelle.search.analysis.concepts import Finder, finder
from passerelle.search.analysis.matching import Gaps, Unit
from passerelle.search.analysis.readings import without_article
from passerelle.search.analysis.stops import STOPS, STOPS_ANYWHERE, WEAK_ANYWHERE
from passerelle.search.query import Piece
from passerelle.vocabulary import Thesaurus

_FEW_WORDS = 3
"""In a question of so few telling words "vif" is the acronym; in a longer one it is lively."""


_PART = 4
"""Shorter words are not put together with their neighbour."""


class Recognised(NamedTuple):
    """The pieces from `first` up to, not including `end`, are terms of the concepts `codes`.

    `languages` are those in which they are; the reader's comes first when it is one of them.
    """

    first: int
    end: int
    codes: tuple[str, ...]
    languages: tuple[str, ...]


def recognise(
    pieces: Sequence[Piece], languages: Sequence[str], thesaurus: Thesaurus
) -> dict[int, Recognised]:
    """What the pieces of a question name, by the place of the first piece.

    The longest run of words wins, then the language that stands first; a run that names concepts in several
    languages names all of them. A run that crosses a longer one keeps the words that are left: in "older
    people living alone" the last three are a term, and so are the first two. What was quoted, excluded or cut
    short is meant as it is written.
    """
    any_case = _any_case(pieces, languages[0])
    found = [
        Recognised(first, end, codes, (language,))
        for language in languages
        for first, end, codes in _in_language(
            pieces, finder(thesaurus, language), languages[0], any_case=any_case(language)
        )
    ]
    order = {language: place for place, language in enumerate(languages)}
    found.sort(key=lambda each: (each.first - each.end, order[each.languages[0]], each.first))
    chosen: dict[int, Recognised] = {}
    taken: set[int] = set()
    crossing: list[Recognised] = []
    for each in found:
        same = chosen.get(each.first)
        if same and same.end == each.end:
            chosen[each.first] = _both(same, each)
        elif taken.isdisjoint(range(each.first, each.end)):
            taken.update(range(each.first, each.end))
            chosen[each.first] = each
        else:
            crossing.append(each)
    chosen.update((each.first, each) for each in _left(crossing, taken, pieces))
    return chosen


def _left(crossing: list[Recognised], taken: set[int], pieces: Sequence[Piece]) -> Iterator[Recognised]:
    """What is left of the runs that cross longer ones, where it is one run and says something."""
    for each in crossing:
        left = [place for place in range(each.first, each.end) if place not in taken]
        is_one = bool(left) and left[-1] - left[0] == len(left) - 1
        if is_one and not all(_is_stop(pieces[place]) for place in left):
            taken.update(left)
            yield each._replace(first=left[0], end=left[-1] + 1)


def _is_stop(piece: Piece) -> bool:
    return without_article(piece.words[0]) in STOPS_ANYWHERE


def _both(one: Recognised, other: Recognised) -> Recognised:
    codes = tuple(dict.fromkeys(one.codes + other.codes))
    return one._replace(codes=codes, languages=one.languages + other.languages)


def _in_language(
    pieces: Sequence[Piece], find: Finder, readers: str, *, any_case: bool
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The runs of whole pieces that are terms: first piece, last piece and one, codes."""
    for is_plain, run in groupby(range(len(pieces)), lambda place: pieces[place].is_plain):
        if not is_plain:
            continue
        places = list(run)
        units = [find.units(pieces[place].words[0], any_case=any_case) for place in places]
        for first, end, codes in _whole(find, units):
            if end - first > 1 or _may_stand_alone(pieces[places[first]], units[first], find, readers):
                yield places[first], places[first] + end - first, codes
        yield from _written_apart(pieces, places, find)


def _written_apart(
    pieces: Sequence[Piece], places: list[int], find: Finder
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Neighbouring words that are a term when they are written as one: "schoonheids specialiste"."""
    for place in places[:-1]:
        first, second = pieces[place].words[0], pieces[place + 1].words[0]
        if min(len(first), len(second)) < _PART or _is_stop(pieces[place]) or _is_stop(pieces[place + 1]):
            continue
        codes = find.named((first + second).lower())
        if codes:
            yield place, place + 2, codes


def _may_stand_alone(piece: Piece, units: tuple[Unit, ...], find: Finder, readers: str) -> bool:
    """Whether a single word may be taken for a term of the language.

    In another language than the reader's it must be the term itself, and no stop word of the reader's.
    """
    if find.language == readers:
        return True
    return without_article(piece.words[0]) not in STOPS[readers] and (len(units) > 1 or units[0].surely)


def _whole(find: Finder, words: list[tuple[Unit, ...]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The matches that begin and end where words do, in places of words."""
    units = list(chain.from_iterable(words))
    borders = {place: word for word, place in enumerate(accumulate(map(len, words), initial=0))}
    starts = [place for place, unit in enumerate(units) if unit.begins]
    for match in find.find(units, starts, Gaps.FREE) if starts else ():
        if match.lesser and match.end - match.first == 1:
            continue
        if match.first in borders and match.end in borders:
            yield borders[match.first], borders[match.end], match.codes


def _any_case(pieces: Sequence[Piece], readers: str) -> Callable[[str], bool]:
    """In which languages acronyms may be written small: the reader's, or all for a single word."""
    words = [without_article(word) for piece in pieces for word in piece.words]
    if sum(word not in STOPS_ANYWHERE and word not in WEAK_ANYWHERE for word in words) > _FEW_WORDS:
        return lambda _: False
    return lambda language: language == readers or len(pieces) == 1


def written_in(pieces: Sequence[Piece], languages: Sequence[str]) -> str | None:
    """The language whose stop words the question has most of, the reader's before another.

    None when it has none of the reader's, and not two of one other language.
    """
    words = [without_article(word) for piece in pieces for word in piece.words if len(word) > 1]
    counts = [sum(word in STOPS[language] for word in words) for language in languages]
    most = max(counts)
    if most and counts[0] == most:
        return languages[0]
    return languages[counts.index(most)] if most > 1 and counts.count(most) == 1 else None
