"""Tell whether two written words are one word but for its ending: finer than a stem, for the thesaurus.

A stem is right to bring "enseignant" and "enseignement" together for a search of words; as concepts they are
teachers and school.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from passerelle.search.analysis.folding import fold, transcribed
from passerelle.search.analysis.stemming import PROTECTED

_ENDINGS: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "fr": (
        (re.compile(r"(?<=...)[sx]$"), ""),
        (re.compile(r"(?<=....)e+$"), ""),
        (re.compile(r"(?<=..)eus$"), "eur"),
        (re.compile(r"tric$"), "teur"),
        (re.compile(r"(?<=..)iv$"), "if"),
    ),
    "nl": ((re.compile(r"(?<=...)(?:en|s|e|n)$"), ""),),
    "de": (
        (re.compile(r"(?<=er|ur|or|nt|st|og|zt|lt|mt|rt|at|nd|ch)in(?:nen)?$"), ""),
        (re.compile(r"(?<=....)(?:en|em|es|e|n|s)$"), ""),  # not "er": Schule, Schüler
    ),
    "en": ((re.compile(r"(?<=...)(?<!s)s$"), ""),),
}
"""What plural, gender and case add to a word, without accents; taken away one after the other."""

_DOUBLE = re.compile(r"([^\W\d])\1$")

_PERSONS: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(r"(?:eur|euse|rice|ant|ante|iste)s?$"),
    "en": re.compile(r"(?:ator|ant|ist)s?$"),
}
"""The endings of words for who does something, those that a stemmer takes away."""

_SHORTEST: Mapping[str, int] = {"fr": 5, "nl": 4, "de": 4, "en": 5}
"""Shorter words are not compared by their stems: "aide" is not "aidant", "Tat" is not "Täter"."""


@lru_cache(maxsize=1 << 14)
def bare(word: str, language: str) -> tuple[str, ...]:
    """`word` in its written ways, folded and without the ending that plural, gender or case gave it."""
    folded = fold(word)
    if word.isascii():
        return (_bare(folded, language),)
    return tuple(dict.fromkeys((_bare(folded, language), _bare(fold(transcribed(word)), language))))


def labels_of(words: Iterable[str], language: str) -> tuple[str, ...]:
    """The labels under which the thesaurus keeps `words`."""
    return tuple(dict.fromkeys(f"{language}:{form}" for word in words for form in bare(word, language)))


def kin(word: str, language: str) -> str | None:
    """What kind of word may stand for `word` when only the stem is the same; None: no other word."""
    if len(word) < _SHORTEST[language]:
        return None
    pattern = _PERSONS.get(language)
    return "person" if pattern and pattern.search(fold(word)) else "thing"


def _bare(folded: str, language: str) -> str:
    if folded in PROTECTED:
        return PROTECTED[folded]
    for ending, instead in _ENDINGS[language]:
        folded = ending.sub(instead, folded)
    return _DOUBLE.sub(r"\1", folded)
