"""Offer words while somebody types: terms of the thesaurus, titles of sheets, communes."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, zip_longest
from typing import NamedTuple

from passerelle.search.analysis.folding import fold
from passerelle.search.engine import SearchEngine
from passerelle.search.request import SearchRequest
from passerelle.vocabulary.communes import communes
from passerelle.vocabulary.thesaurus import Thesaurus
from passerelle.web.sheets.words import name_of

MOST = 8
MOST_OF_A_KIND = 3  # as long as there is enough of the others
LOOKED_AT = 10  # sheets, for their titles
SHORTEST = 2  # letters
LONGEST = 64
_WORD = re.compile(r"[^\W_]+")  # an elision is a word of its own here: "école" is typed for "l'école"


class Offer(NamedTuple):
    """One text to offer: what it names, of which one text is enough, and the words that find it."""

    text: str
    named: str
    words: Sequence[str]


class Offers:
    """Things that can be offered, found by the beginnings of their words, accents aside."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        """Of several offers for the same the first one that fits is made."""
        self._offers = list(offers)
        self._places = sorted(
            (word, place) for place, offer in enumerate(self._offers) for word in set(offer.words)
        )

    def begun(self, typed: Sequence[str]) -> Iterator[str]:
        """All that has a word beginning with each of `typed`; those that begin with the first come first."""
        start = bisect_left(self._places, (typed[0], 0))
        end = bisect_left(self._places, (f"{typed[0]}\uffff", 0))
        places = sorted({place for _word, place in self._places[start:end]})
        first: dict[str, Offer] = {}
        for offer in (self._offers[place] for place in places):
            if fits(offer.words, typed):
                first.setdefault(offer.named, offer)
        best = sorted(
            first.values(), key=lambda each: (not each.words[0].startswith(typed[0]), len(each.words))
        )
        return (each.text for each in best)


def fits(words: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether each of `typed` begins one of `words`."""
    return all(any(word.startswith(each) for word in words) for each in typed)


def suggestions(engine: SearchEngine, text: str, language: str) -> list[str]:
    """At most eight texts to search for, as somebody goes on typing `text`; nothing for a single letter.

    Raises what the engine raises when there is no index.
    """
    typed = _words(text[:LONGEST])
    if not typed or len(typed[0]) < SHORTEST:
        return []
    kinds = (
        list(islice(_terms(engine.thesaurus(), language).begun(typed), MOST)),
        list(_titles(engine, typed, language)),
        list(islice(_communes(language).begun(typed), MOST)),
    )
    first = [offer for kind in kinds for offer in kind[:MOST_OF_A_KIND]]
    more = chain.from_iterable(zip_longest(*(kind[MOST_OF_A_KIND:] for kind in kinds)))
    return list({fold(offer): offer for offer in [*first, *more] if offer}.values())[:MOST]


def _titles(engine: SearchEngine, typed: Sequence[str], language: str) -> Iterator[str]:
    """The titles of published sheets that go on like this."""
    begun = f"{' '.join(typed)}*"
    page = engine.search(SearchRequest(begun, per_page=LOOKED_AT, language=language, literal=True))
    return (hit.title for hit in page.hits if fits(_words(hit.title), typed))


@lru_cache(maxsize=8)
def _terms(thesaurus: Thesaurus, language: str) -> Offers:
    return Offers(
        Offer(term, concept.code, _words(term))
        for concept in thesaurus.concepts
        for term in concept.terms[language]
    )


@lru_cache(maxsize=4)
def _communes(language: str) -> Offers:
    return Offers(
        Offer(name_of(each, language), each.nis, _words(name))
        for each in communes()
        for name in (each.name_fr, each.name_nl, each.name_de)
        if name
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
