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

_APART: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(r"(?:eur|euse|rice|ant|ante|iste)s?$"),
    "de": re.compile(r"ung(?:en)?$"),
    "en": re.compile(r"(?:er|or|ant|ist)s?$"),
}
"""Endings that a stemmer takes away though they make another word: of who does something, of what is done."""

_SHORTEST: Mapping[str, int] = {"fr": 5, "nl": 4, "de": 4, "en": 5}
"""Shorter words are not compared by their stems: "aide" is not "aidant", "Tat" is not "Täter". With an accent
one letter more is asked: "Mann" is of "Männer", "hört" not of "Hort"."""


@lru_cache(maxsize=1 << 14)
def bare(word: str, language: str) -> str:
    """`word` folded, without the ending that plural, gender or case gave it.

    A German umlaut is transcribed, not dropped: "hört" is not "Hort".
    """
    folded = fold(transcribed(word.lower()) if language == "de" else word)
    if folded in PROTECTED:
        return PROTECTED[folded]
    for ending, instead in _ENDINGS[language]:
        folded = ending.sub(instead, folded)
    return _DOUBLE.sub(r"\1", folded)


def labels_of(words: Iterable[str], language: str) -> tuple[str, ...]:
    """The labels under which the thesaurus keeps `words`."""
    return tuple(dict.fromkeys(f"{language}:{bare(word, language)}" for word in words))


def kin(word: str, language: str) -> bool | None:
    """What the other word must be, too, when only the stem is the same; None: no other word will do.

    "Erziehung" may stand for another word in -ung, "enseignant" for another that names who does it.
    """
    if len(word) < _SHORTEST[language] + (not word.isascii()):
        return None
    pattern = _APART.get(language)
    return bool(pattern and pattern.search(fold(word)))
