"""Take long Dutch and German words apart: "ouderenmishandeling" is made of "ouderen" and "mishandeling"."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from passerelle.search.analysis.folding import fold, transcribed
from passerelle.search.analysis.stemming import stems
from passerelle.search.analysis.stops import STOPS
from passerelle.vocabulary import base_thesaurus
from passerelle.vocabulary.common_words import compound_parts

_SHORTEST_TERM = 4  # a shorter word of the thesaurus is no part; those of the list are, whatever their length
_SHORTEST = 7
_LONGEST = 40  # nobody's compound is longer, and the time grows with the length
_MOST_PARTS = 5
_INFLECTED = 3  # letters that an ending adds to the last part

_LINKS: Mapping[str, tuple[str, ...]] = {
    "nl": ("", "s", "en", "n", "e"),
    "de": ("", "s", "n", "en", "es", "e", "er"),
}
"""What may stand between two parts; the languages that are not here write them apart."""

_UNLINKED = {"ouder": ("", "s")}
"""No other link after these parts: "ouder" with "en" would be older people, not parents."""


class _Parts(NamedTuple):
    words: Mapping[str, str]  # folded form to the word it means
    stems: frozenset[str]  # of what may stand last
    longest: int


@lru_cache(maxsize=1 << 15)
def split(word: str, language: str) -> tuple[str, ...]:
    """The words that `word` is made of, first to last; none when it is no compound of known words.

    The fewest parts win, then the shortest links between them, so that "ouderenmishandeling" never begins
    with "ouder". The last part may be inflected.
    """
    folded = fold(word)
    if language not in _LINKS or not _SHORTEST <= len(folded) <= _LONGEST or not folded.isalpha():
        return ()
    return _Splitting(folded, language).best(0, _MOST_PARTS)[1]


def inside(word: str, language: str) -> tuple[str, ...]:
    """All the words that `word` is made of, those that are compounds themselves before their own parts."""
    found: list[str] = []
    for part in split(word, language):
        found += (part, *inside(part, language))
    return tuple(dict.fromkeys(found))


_Split = tuple[int, tuple[str, ...]]
_NOTHING: _Split = (0, ())


class _Splitting:
    """One word being split; what was tried from a place on is not tried again."""

    def __init__(self, word: str, language: str) -> None:
        self._word = word
        self._language = language
        self._parts = _parts(language)
        self._known: dict[tuple[int, int], _Split] = {}

    def best(self, start: int, room: int) -> _Split:
        """The cost and the parts of the word from `start`; no parts when `room` parts do not suffice."""
        known = self._known.get((start, room))
        if known is None:
            every = self._every(start, room)
            known = min(every, key=lambda split: (len(split[1]), split[0]), default=_NOTHING)
            self._known[start, room] = known
        return known

    def _every(self, start: int, room: int) -> Iterator[_Split]:
        """All ways to begin with a part at `start`, each with the best rest."""
        word = self._word
        for end in range(start + 2, min(len(word) - 2, start + self._parts.longest) + 1):
            first = self._parts.words.get(word[start:end])
            if first is None:
                continue
            for link in _UNLINKED.get(word[start:end], _LINKS[self._language]):
                if word.startswith(link, end):
                    cost, rest = self._rest(end + len(link), room - 1)
                    if rest:
                        yield cost + len(link) + 1, (first, *rest)

    def _rest(self, start: int, room: int) -> _Split:
        """What follows a part: one last word, or more parts."""
        last = self._word[start:]
        if last in self._parts.words:
            return 0, (self._parts.words[last],)
        is_one = _SHORTEST_TERM <= len(last) <= self._parts.longest + _INFLECTED
        if is_one and not self._parts.stems.isdisjoint(stems(last, self._language)):
            return 1, (last,)
        return self.best(start, room) if room > 1 else _NOTHING


@cache
def _parts(language: str) -> _Parts:
    listed = compound_parts(language)
    words = {term: term for term in _terms(language)} | dict(listed)
    forms = {form: word for written, word in words.items() for form in _forms(written)}
    ends = (written for written, word in words.items() if written == word)
    last = frozenset(stem for word in ends for stem in stems(word, language))
    return _Parts(forms, last, max(map(len, forms)))


def _terms(language: str) -> Iterator[str]:
    """The single words of the thesaurus that may be parts; no acronyms, no stop words."""
    for concept in base_thesaurus().concepts:
        for term in concept.terms[language]:
            is_part = term.isalpha() and len(term) >= _SHORTEST_TERM and not term.isupper()
            if is_part and not _forms(term) & STOPS[language]:
                yield term.lower()


def _forms(word: str) -> set[str]:
    return {fold(word), fold(transcribed(word))}
