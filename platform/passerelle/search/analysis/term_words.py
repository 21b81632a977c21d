"""The words of the thesaurus as they are written, to mend a misspelt word that no sheet has with."""

from collections.abc import Mapping
from functools import lru_cache

from passerelle.search.analysis.folding import composed, fold
from passerelle.search.analysis.tokens import TOKEN
from passerelle.vocabulary import LANGUAGES, Thesaurus

_SHORTEST = 4


@lru_cache(maxsize=4)
def term_words(thesaurus: Thesaurus) -> Mapping[str, str]:
    """Every word of four letters and more in the terms of `thesaurus`: folded, and as it is written."""
    words: dict[str, str] = {}
    for concept in thesaurus.concepts:
        for language in LANGUAGES:
            for term in concept.terms[language]:
                for word in TOKEN.findall(composed(term)):
                    if word.isalpha() and len(word) >= _SHORTEST:
                        words.setdefault(fold(word), word.lower())
    return words
