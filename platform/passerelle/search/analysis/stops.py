"""The words too common to look for, our own lists; they are taken out before stemming."""

from collections.abc import Iterable

from passerelle.search.analysis.folding import fold, transcribed
from passerelle.vocabulary import LANGUAGES
from passerelle.vocabulary.common_words import stop_words, telling_words, weak_words

# What an elision or a genitive leaves behind says nothing in any language.
_LETTERS = tuple("cdjlmnst")


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in (fold(word), fold(transcribed(word))))


STOPS = {language: _folded((*stop_words(language), *_LETTERS)) for language in LANGUAGES}
"""For each language the stop words, folded: they are met with and without their accents."""

TELLING = {
    language: {form: meant for word, meant in telling_words(language).items() for form in _folded((word,))}
    for language in LANGUAGES
}
"""Those of the stop words that turn the sense of what stands around them, folded, with one word a sense."""

WEAK = {language: _folded(weak_words(language)) - STOPS[language] for language in LANGUAGES}
"""For each language the words that say nothing in a question, folded."""

STOPS_ANYWHERE = frozenset().union(*STOPS.values())
"""The stop words of all languages, folded."""

WEAK_ANYWHERE = frozenset().union(*WEAK.values())
"""The weak words of all languages, folded."""
