"""Make up questions of ten kinds, as visitors ask them, always the same for a seed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from bench.generator import LANGUAGES, SEED, words_of
from passerelle.vocabulary import FORMS, PROVINCES, TARGET_GROUPS

Pairs = list[tuple[str, str]]
KINDS = (
    "one word",
    "two words",
    "phrase",
    "exclusion",
    "facet only",
    "facet and word",
    "typo",
    "other language",
    "no hit",
    "long",
)
# Kinds whose text is taken from a list of words as it stands.
LISTS = {
    "one word": "words",
    "two words": "pairs",
    "facet and word": "words",
    "typo": "typos",
    "long": "long",
}


@dataclass(frozen=True)
class Question:
    """One search as an address: of which kind, by a reader of which language, with which parameters."""

    kind: str
    language: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        """Where the page of the answer is."""
        return f"/{self.language}/sheets?{urlencode(self.parameters)}"


def questions(each: int, seed: str = SEED) -> list[Question]:
    """`each` questions of every kind; the languages take turns as they do among the sheets."""
    random = Random(f"{seed}:questions")  # noqa: S311 (made-up questions, no secrets)
    found = []
    for kind in KINDS:
        for number in range(each):
            language = LANGUAGES[number % len(LANGUAGES)]
            found.append(Question(kind, language, tuple(_parameters(kind, language, random))))
    return found


def _parameters(kind: str, language: str, random: Random) -> Iterator[tuple[str, str]]:
    if kind.startswith("facet"):
        yield from _choices(random)
    text = _text(kind, language, random)
    if text:
        yield "q", text


def _choices(random: Random) -> Pairs:
    chosen: Pairs = [("form", random.choice(FORMS.codes))]
    if random.random() < 0.5:
        chosen.append(("group", random.choice(TARGET_GROUPS.codes)))
    if random.random() < 0.3:
        chosen.append(("province", random.choice(PROVINCES.codes)))
    return chosen


def _text(kind: str, language: str, random: Random) -> str:
    if kind in LISTS:
        return str(random.choice(words_of(language)[LISTS[kind]]))
    return _MADE[kind](language, random)


def _phrase(language: str, random: Random) -> str:
    return f'"{random.choice(words_of(language)["phrases"])}"'


def _exclusion(language: str, random: Random) -> str:
    wanted, unwanted = random.sample(words_of(language)["words"], 2)
    return f"{wanted} -{unwanted}"


def _other_language(language: str, random: Random) -> str:
    other = random.choice([each for each in LANGUAGES if each != language])
    return str(random.choice(words_of(other)["words"]))


def _no_hit(_language: str, random: Random) -> str:
    return "".join(random.choices("bcdfghjklmnpqrstvwxz", k=9))


def _nothing(_language: str, _random: Random) -> str:
    return ""


_MADE: Mapping[str, Callable[[str, Random], str]] = {
    "phrase": _phrase,
    "exclusion": _exclusion,
    "facet only": _nothing,
    "other language": _other_language,
    "no hit": _no_hit,
}
