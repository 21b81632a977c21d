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


@lru_cache(maxsize=1 << 16)
def split(word: str, language: str) -> tuple[str, ...]:
    """The words that `word` is made of, first to last; none when it is no compound of known words.

    The fewest parts win, then the shortest links between them, so that "ouderenmishandeling" never begins
    with "ouder". The last part may be inflected.
    """
    folded = fold(word)
    if language not in _LINKS or not _SHORTEST <= len(folded) <= _LONGEST or not folded.isalpha():
        return ()
    return _best(folded, 0, language, _MOST_PARTS)[1]


def inside(word: str, language: str) -> tuple[str, ...]:
    """All the words that `word` is made of, those that are compounds themselves before their own parts."""
    found: list[str] = []
    for part in split(word, language):
        found += (part, *inside(part, language))
    return tuple(dict.fromkeys(found))


_NOTHING: tuple[int, tuple[str, ...]] = (0, ())


def _best(word: str, start: int, language: str, room: int) -> tuple[int, tuple[str, ...]]:
    """The cost and the parts of `word` from `start`; no parts when it cannot be split so far."""
    parts, best = _parts(language), _NOTHING
    for end in range(start + 2, min(len(word) - 2, start + parts.longest) + 1):
        first = parts.words.get(word[start:end])
        if first is None:
            continue
        for link in _UNLINKED.get(word[start:end], _LINKS[language]):
            if word.startswith(link, end):
                cost, rest = _rest(word, end + len(link), language, room - 1)
                cost += len(link) + 1
                if rest and (not best[1] or (len(rest) + 1, cost) < (len(best[1]), best[0])):
                    best = cost, (first, *rest)
    return best


def _rest(word: str, start: int, language: str, room: int) -> tuple[int, tuple[str, ...]]:
    """What follows a part: one last word, or more parts."""
    last = word[start:]
    parts = _parts(language)
    if last in parts.words:
        return 0, (parts.words[last],)
    if len(last) >= _SHORTEST_TERM and not parts.stems.isdisjoint(stems(last, language)):
        return 1, (last,)
    return _best(word, start, language, room) if room > 1 else _NOTHING


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
