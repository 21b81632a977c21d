"""Bring the forms of a word together with Whoosh's own Snowball stemmers, pinned with Whoosh 2.7.4.

Newer Snowball stems the Dutch "geweld" to "wel", a stop word; these do not.
"""

from collections.abc import Callable
from functools import cache

from whoosh.lang.snowball.dutch import DutchStemmer
from whoosh.lang.snowball.english import EnglishStemmer
from whoosh.lang.snowball.french import FrenchStemmer
from whoosh.lang.snowball.german import GermanStemmer

from passerelle.search.analysis.folding import fold, transcribed

_STEMMERS = {"fr": FrenchStemmer, "nl": DutchStemmer, "de": GermanStemmer, "en": EnglishStemmer}

_PARENT = "ouder"
_ELDER = "oudere"
PROTECTED = {"ouder": _PARENT, "ouders": _PARENT, "oudere": _ELDER, "ouderen": _ELDER}
"""Words no stemmer may touch, in any language: Dutch parents and older people would both become "ouder"."""


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = _STEMMERS[language]().stem
    return stem


def stems(word: str, language: str) -> tuple[str, ...]:
    """The terms of one word in small letters, without accents, the usual one first.

    French stems keep their accents, so the word is folded both before and after stemming: "égalité" and
    "egalite" meet in one of the two. A word with an umlaut also gets the stem of its transcription.
    """
    folded = fold(word)
    if folded in PROTECTED:
        return (PROTECTED[folded],)
    stem = _stemmer(language)
    if word.isascii():
        return (stem(word) or word,)
    found = (fold(stem(word)), stem(folded), stem(fold(transcribed(word))))
    return tuple(dict.fromkeys(term for term in found if term)) or (folded,)


def never_confused(one: str, other: str) -> bool:
    """Whether the two folded words look alike but must never stand for each other: ouder..., ouderen..."""
    return _ageing(one) is not _ageing(other)


def _ageing(word: str) -> str | None:
    if not word.startswith(_PARENT):
        return None
    return _ELDER if word.startswith(_ELDER) else _PARENT
