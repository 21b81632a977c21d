"""Two hundred questions of ten kinds about the made-up sheets, always the same for a seed."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from random import Random

from bench.documents import documents
from bench.generator import SEED
from bench.peers.port import Asked
from passerelle.search.analysis.folding import fold
from passerelle.search.documents import SearchDocument
from passerelle.vocabulary import FORMS, TARGET_GROUPS

SAMPLE = 600  # sheets from which words are taken
_WORD = re.compile(r"[^\W\d_]{4,}")
EACH = {
    "one word": 40,
    "two words": 45,
    "no accents": 20,
    "phrase": 15,
    "prefix": 15,
    "typo": 15,
    "compound": 15,
    "empty": 10,
    "ticked": 15,
    "newest": 10,
}
"""How many questions of each kind there are."""


class Asker:
    """Takes words from sheets: common ones and rare ones in turns."""

    def __init__(self, seed: str = SEED) -> None:
        self._random = Random(f"{seed}:peers")  # noqa: S311 (made-up questions, no secrets)
        self._sheets = list(documents(SAMPLE, seed))

    def questions(self) -> Iterator[Asked]:
        """All of them, kind by kind."""
        make: dict[str, Callable[[], Asked]] = {
            "one word": lambda: self._all("one word", self._word()),
            "two words": self._two_words,
            "no accents": lambda: self._all("no accents", self._word(accented=True)),
            "phrase": self._phrase,
            "prefix": lambda: Asked("prefix", (self._word()[: self._random.randint(4, 6)],), "prefix"),
            "typo": lambda: Asked("typo", (self._slip(self._word(language="fr", longest=True)),), "typo"),
            "compound": lambda: self._all("compound", self._word(language="nl", longest=True)),
            "empty": lambda: Asked("empty"),
            "ticked": self._ticked,
            "newest": lambda: Asked("newest", (self._word(),), newest=True),
        }
        for kind, count in EACH.items():
            for _ in range(count):
                yield make[kind]()

    @cached_property
    def _frequency(self) -> Counter[str]:
        return Counter(word for sheet in self._sheets for word in set(_words(sheet)))

    def _all(self, kind: str, *words: str) -> Asked:
        return Asked(kind, words)

    def _sheet(self, language: str = "") -> SearchDocument:
        fitting = [each for each in self._sheets if not language or each.language == language]
        return self._random.choice(fitting)

    def _word(self, *, language: str = "", accented: bool = False, longest: bool = False) -> str:
        """A folded word of some sheet, neither in every second sheet nor in that one alone."""
        while True:
            sheet = self._sheet(language)
            usable = [
                word
                for word in _WORD.findall(" ".join(sheet.texts.values()))
                if 2 <= self._frequency[fold(word)] <= SAMPLE // 4
                and (not accented or not word.isascii())
                and (not longest or len(word) >= 8)
            ]
            if usable:
                return fold(self._random.choice(usable))

    def _two_words(self) -> Asked:
        while True:
            words = [word for word in _words(self._sheet()) if self._frequency[word] <= SAMPLE // 4]
            if len(set(words)) > 1:
                return Asked("two words", tuple(self._random.sample(sorted(set(words)), 2)))

    def _phrase(self) -> Asked:
        while True:
            words = [fold(word) for word in re.findall(r"[^\W\d_]+", self._sheet().summary)]
            start = self._random.randrange(max(1, len(words) - 3))
            phrase = tuple(islice(words, start, start + self._random.choice((2, 3))))
            if len(phrase) > 1 and max(map(len, phrase)) > 3:
                return Asked("phrase", phrase, "phrase")

    def _ticked(self) -> Asked:
        chosen = {
            "form": tuple(self._random.sample(FORMS.codes, self._random.choice((1, 1, 2)))),
            "group": tuple(self._random.sample(TARGET_GROUPS.codes, self._random.choice((1, 1, 2)))),
        }
        words = () if self._random.random() < 0.33 else (self._word(),)
        return Asked("ticked", words, chosen=chosen)

    def _slip(self, word: str) -> str:
        place = self._random.randrange(1, len(word) - 1)
        return self._random.choice((word[:place] + word[place + 1 :], word[:place] + word[place - 1 :]))


def _words(sheet: SearchDocument) -> list[str]:
    return [fold(word) for text in (sheet.summary, *sheet.texts.values()) for word in _WORD.findall(text)]
