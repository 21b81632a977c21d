"""Read one word as written in one language: the terms it stands for."""

import re
from functools import lru_cache
from typing import NamedTuple

from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.stemming import stems
from passerelle.search.analysis.stops import STOPS
from passerelle.search.analysis.tokens import NUMBER, plain_marks, spellings

MAX_TERM = 64
"""Longer words are cut to this many characters, in sheets as in questions (RELIABILITY 3.5)."""

_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)'")
_GENITIVE = re.compile(r"(?<=\w\w)'s$")
_DIGITS = re.compile(r"\d+")
_APART = re.compile(r"['-]+")
_PREFIXES = ("cyber",)  # written together, with a hyphen or apart


class Readings(NamedTuple):
    """What one written word stands for.

    `parts` has the terms of each place the word takes ("cyber-harcèlement" takes two), none where a stop
    word stands. `joined` are the terms of the word as a whole. `surfaces` are its written forms, in small
    letters, those that a misspelt word may be mended with.
    """

    parts: tuple[tuple[str, ...], ...]
    joined: tuple[str, ...]
    surfaces: tuple[str, ...]

    @property
    def is_stop(self) -> bool:
        """Whether nothing is left to look for."""
        return not self.joined and not any(self.parts)


@lru_cache(maxsize=1 << 16)
def read_word(token: str, language: str) -> Readings:
    """The readings of `token` (a match of `tokens.TOKEN`, cut to `MAX_TERM`) in `language`.

    Every term is marked with the language, so that it never meets the same letters in another.
    """
    if NUMBER.fullmatch(token):
        return _read_number(_DIGITS.findall(token), language)
    return _read_letters(plain_marks(token), language)


@lru_cache(maxsize=1 << 14)
def word_pieces(token: str) -> tuple[str, ...]:
    """The written words of `token` place by place, as in `Readings.parts`; none for a number."""
    if _is_simple(token):
        return (token.lower(),)
    return () if NUMBER.fullmatch(token) else tuple(_pieces(spellings(_unelided(token))[0]))


@lru_cache(maxsize=1 << 14)
def word_wholes(token: str) -> tuple[str, ...]:
    """The other written forms of `token` as one word, as in `Readings.joined`; for a number its digits."""
    if _is_simple(token):
        return ()
    if NUMBER.fullmatch(token):
        return ("".join(_DIGITS.findall(token)),)
    return tuple(_wholes(_unelided(token)))


def _is_simple(word: str) -> bool:
    """Whether `word` is letters alone, nothing that could be written in another way."""
    return word.isalpha() and not word.lower().startswith(_PREFIXES)


def _unelided(token: str) -> str:
    word = plain_marks(token)
    return word[elided(word) :]


def elided(token: str) -> int:
    """How many characters at the start of `token` are an elided article or pronoun: 2 in "l'école"."""
    if token.isalnum():
        return 0
    match = _ELISION.match(plain_marks(token))
    return match.end() if match else 0


@lru_cache(maxsize=1 << 13)
def without_article(token: str) -> str:
    """`token` folded, without an elided article or pronoun: "ecole" for "L'école", "a" for "n'a"."""
    return fold(token[elided(token) :])


def _read_number(groups: list[str], language: str) -> Readings:
    parts = tuple((f"{language}:{group}",) for group in groups)
    return Readings(parts, (f"{language}:{''.join(groups)}",), ())


def _read_letters(word: str, language: str) -> Readings:
    if fold(word) in STOPS[language]:
        return Readings(((),), (), ())
    if _is_simple(word):
        return Readings((_terms(word, language),), (), (word,) if is_spelt(word) else ())
    word = word[elided(word) :]
    pieces = _pieces(spellings(word)[0])
    parts = tuple(_terms(piece, language) for piece in pieces)
    joined = [term for form in _wholes(word) for term in _terms(form, language)]
    fresh = tuple(dict.fromkeys(term for term in joined if (term,) not in parts))
    return Readings(parts, fresh, tuple(filter(is_spelt, pieces)))


def _wholes(word: str) -> list[str]:
    """The ways to write `word` in one, where they are not its only piece."""
    first, *others = spellings(word)
    pieces = _pieces(first)
    whole = [] if len(pieces) == 1 else [_APART.sub("", first)]
    whole += [_APART.sub("", other) for other in others]
    whole += [_GENITIVE.sub("s", first)] if len(pieces) == 1 and "'" in first else []
    return [form for form in whole if form]


def _pieces(word: str) -> list[str]:
    """The words that a hyphen, an apostrophe or a known prefix holds together."""
    word = _GENITIVE.sub("", word)
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix) + 3 and "-" not in word:
            return [prefix, word[len(prefix) :]]
    return [piece for piece in _APART.split(word) if piece] or [word]


def _terms(word: str, language: str) -> tuple[str, ...]:
    if fold(word) in STOPS[language]:
        return ()
    return tuple(f"{language}:{stem}" for stem in stems(word, language))


def is_spelt(piece: str) -> bool:
    """Whether the plain word `piece` is kept as it is written."""
    return piece.isalpha() and len(piece) > 2
