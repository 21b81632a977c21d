"""Find in the texts of a sheet the words that have one of some terms among their readings, and phrases."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from passerelle.search.analysis.readings import MAX_TERM, elided, read_word
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.texts import EXTRACT_WIDTH, Span, Texts

_INSIDE = 4  # a beginning this long is looked for inside words, too: compounds
_COMPOUNDING = {"nl", "de"}
_REST = b"[a-z0-9]*+"  # of a word
_NEXT = b"(?> ++(?:[a-z0-9]{1,4}+ ++){0,2}?%b%b)"  # the nearest word like this, after a space and stop words
_WRITTEN_IN_ONE = {"fr": (("oe", "o"), ("ae", "a")), "de": (("ss", "s"),)}  # œ, æ, ß: one letter when plain


class LookedFor:
    """Words of one language, by their `terms`; `phrases` are written as people write them.

    The words of a phrase are found where they follow one another.
    """

    def __init__(self, language: str, terms: Iterable[str] = (), phrases: Iterable[str] = ()) -> None:
        self._language = language
        prefix = f"{language}:"
        read = [_phrase(phrase, language) for phrase in phrases]
        single = (term for phrase in read if len(phrase.words) == 1 for term in phrase.words[0])
        self._terms = frozenset(term for term in chain(terms, single) if term.startswith(prefix))
        self._known: dict[str, bool] = {}
        words = _beginnings((term.removeprefix(prefix) for term in self._terms), language)
        several = [phrase for phrase in read if len(phrase.words) > 1]
        self._beginnings = tuple(_by_beginning(words, several).items())

    def find(self, texts: Texts, end: int) -> tuple[list[Span], int]:
        """Where they stand in title and summary, and in the sections before `end`; and the new end.

        What stands too far behind the first in a section is never shown, so it is not looked for.
        """
        found: list[Span] = []
        for beginning, phrases in self._beginnings:
            at = texts.plain.find(beginning, 0, end)
            if at >= 0:
                end = self._scan(beginning, phrases, texts, at, end, found)
        return found, end

    def read(self, text: str) -> list[Span]:
        """Where the words stand in `text`, in order, by reading every word: slow, and sure."""
        if not self._terms:
            return []
        return [
            (match.start() + elided(match.group()), match.end())
            for match in TOKEN.finditer(text)
            if self._is_meant(match.group())
        ]

    def _scan(
        self,
        beginning: bytes,
        phrases: re.Pattern[bytes] | None,
        texts: Texts,
        at: int,
        end: int,
        found: list[Span],
    ) -> int:
        """Add to `found` the words and phrases that begin like this, from `at` on; answers the new end."""
        plain, whole, body = texts.plain, texts.whole, texts.starts[2]
        while at >= 0:
            first, last = plain.rfind(b" ", 0, at + 1), plain.find(b" ", at + 1)
            phrase = phrases.match(plain, first) if phrases else None
            if phrase:
                last = phrase.end()
            if phrase or self._is_meant(whole[first : last - 1]):
                found.append((first, last - 1))
                if first >= body:
                    end = min(end, first + EXTRACT_WIDTH)
            at = plain.find(beginning, last, end)
        return end

    def _is_meant(self, word: str) -> bool:
        meant = self._known.get(word)
        if meant is None:
            parts, joined, _ = read_word(word[:MAX_TERM], self._language)
            meant = not self._terms.isdisjoint(chain(joined, *parts))
            self._known[word] = meant
        return meant


class _Phrase(NamedTuple):
    """A term of a concept: the terms of each of its words but stop words, and how to find them in a row.

    The pattern never takes a step back over a word: it needs no more time than there are words.
    """

    words: tuple[tuple[str, ...], ...]
    beginnings: tuple[bytes, ...]
    pattern: bytes


@lru_cache(maxsize=4096)
def _phrase(phrase: str, language: str) -> _Phrase:
    words = []
    for token in TOKEN.findall(phrase):
        parts, joined, _ = read_word(token[:MAX_TERM], language)
        words += [part for part in parts if part] or ([joined] if joined else [])
    prefix = f"{language}:"
    choices = [_beginnings((term.removeprefix(prefix) for term in word), language) for word in words]
    stems = [b"(?:" + b"|".join(re.escape(each.strip()) for each in choice) + b")" for choice in choices]
    others = b"".join(_NEXT % (stem, _REST) for stem in stems[1:])
    first = tuple(b" " + each.strip() for each in choices[0]) if choices else ()
    return _Phrase(tuple(words), first, b" " + b"".join(stems[:1]) + _REST + others)


def _by_beginning(
    words: Iterable[bytes], phrases: Iterable[_Phrase]
) -> dict[bytes, re.Pattern[bytes] | None]:
    """What is looked for: beginnings of words, each with its phrases, the longest first."""
    patterns: dict[bytes, set[bytes]] = {word: set() for word in words}
    for phrase in phrases:
        for beginning in phrase.beginnings:
            patterns.setdefault(beginning, set()).add(phrase.pattern)
    ordered = {beginning: sorted(found, key=len, reverse=True) for beginning, found in patterns.items()}
    return {
        beginning: re.compile(b"|".join(found)) if found else None for beginning, found in ordered.items()
    }


def _beginnings(stems: Iterable[str], language: str) -> tuple[bytes, ...]:
    """The beginnings of words that may have one of `stems`, in plain bytes: a stemmer may change an end.

    Short ones, and all where words are not put together, have a space in front: they are found at the
    beginning of words only.
    """
    found: set[str] = set()
    for stem in stems:
        beginning = stem[: max(2, len(stem) - 1)]
        for each in (beginning, *(beginning.replace(*one) for one in _WRITTEN_IN_ONE.get(language, ()))):
            inside = len(each) >= _INSIDE and language in _COMPOUNDING
            found.add(each if inside else f" {each}")
    shortest = sorted(each for each in found if not any(other in each for other in found - {each}))
    return tuple(each.encode("ascii", "replace") for each in shortest)
