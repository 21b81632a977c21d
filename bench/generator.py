"""Make up practice sheets in four languages, always the same for a seed: `python -m bench.generator 1000`."""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from passerelle.exchange.lines import SheetLine, write_line
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent
from passerelle.vocabulary import EVALUATION_KINDS, FORMS, PARTNER_KINDS, TARGET_GROUPS, VocabularyList
from passerelle.vocabulary.communes import Commune, communes

SEED = "passerelle-1"
WORDS = Path(__file__).parent / "words"
LANGUAGES = ("fr", "nl", "de", "en")
SHARES = (43, 40, 8, 9)  # of a hundred sheets, in the order of the languages
FEWEST, MOST = 250, 460  # words of a sheet that the paragraphs of its activities fill up to
FIRST_YEAR, LAST_YEAR = 2005, 2026

Words = Mapping[str, Any]  # Any: a list of texts, one text, or pairs of texts, as the file of a language says


@cache
def words_of(language: str) -> Words:
    """The sentences and words of one language."""
    return tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _communes_of(language: str) -> tuple[Commune, ...]:
    """Where sheets are written in `language`; English ones come from anywhere."""
    return tuple(each for each in communes() if language in (*each.languages, "en"))


class Writer:
    """Writes one sheet; every choice comes from `random`, so that equal seeds write equal sheets."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.language = random.choices(LANGUAGES, SHARES)[0]
        self.words = words_of(self.language)
        self.commune = random.choice(_communes_of(self.language))
        self.forms = self._codes(FORMS, (5, 3, 2))
        self.groups = self._codes(TARGET_GROUPS, (5, 3, 2))
        self.kinds = self._codes(PARTNER_KINDS, (3, 4, 3, 1))
        self.started = random.randint(FIRST_YEAR, LAST_YEAR)
        self.name = random.choice(self.words["names"])
        # A sheet speaks of a few things, not of all.
        self.subjects = random.sample(self.words["themes"], 4)
        self.methods = random.sample(self.words["methods"], 2)

    def content(self) -> SheetContent:
        """The whole sheet but for the activities, which then fill it up to its length."""
        ends, ongoing = self._end()
        written = SheetContent(
            title=self._say(self.random.choice(self.words["titles"]))[:150],
            summary=" ".join(self._some("summaries", 1, 3)),
            starts=self._date(self.started),
            ends=ends,
            ongoing=ongoing,
            duration_note="" if ends else self._say(self.random.choice(self.words["notes"])),
            violence_forms=self.forms,
            objectives=tuple(self._some("objectives", 2, 5)),
            target_groups=self.groups,
            target_groups_text=", ".join(self._label(TARGET_GROUPS, code) for code in self.groups),
            partnerships=tuple(self._partner(code) for code in self.kinds),
            outreach=" ".join(self._some("outreach", 1, 3)),
            web_page=f"https://www.{self.commune.nis}.example" if self.random.random() < 0.6 else "",
            innovation=" ".join(self._some("innovations", 1, 3)),
            **self._evaluation(),
            costs=tuple(self._costs()),
            language=self.language,
            inhabitants=self.random.randint(3_000, 120_000),
            sheet_date=self._day(self.random.randint(2019, LAST_YEAR)),
        )
        return SheetContent(**{**vars(written), "activities": self._activities(_length(written))})

    def contact(self) -> Contact:
        """Only a function: made-up sheets name nobody."""
        return Contact(job_title=self.random.choice(self.words["job_titles"]))

    def _activities(self, written: int) -> str:
        wanted, paragraphs = self.random.randint(FEWEST, MOST), [[self.words["fictitious"]]]
        for sentence in self._some("activities", 26, 26):
            written += len(sentence.split())
            if written > wanted:
                break
            if len(paragraphs[-1]) > 4:
                paragraphs.append([])
            paragraphs[-1].append(sentence)
        return "\n\n".join(map(" ".join, paragraphs))

    def _evaluation(self) -> dict[str, Any]:  # Any: a text and a tuple of codes
        if self.random.random() < 0.25:
            return {}
        kinds = self.random.sample(EVALUATION_KINDS.codes, self.random.randint(0, 2))
        return {
            "evaluation_method": " ".join(self._some("evaluations", 1, 3)),
            "evaluation_kinds": EVALUATION_KINDS.in_order(kind for kind in kinds if kind != "none"),
        }

    def _partner(self, code: str) -> Partner:
        return Partner(code, self._partner_name(code), self.random.choice(self.words["roles"]))

    def _partner_name(self, code: str) -> str:
        return f"{PARTNER_KINDS.label(code, self.language)} ({self.commune.name(self.language)})"

    def _costs(self) -> Iterator[Cost]:
        for kind, most in (("human", 2), ("material", 3)):
            for what in self.random.sample(self.words[kind], self.random.randint(1, most)):
                human = kind == "human"
                quantity = self.random.choice(("0.2", "0.5", "1", None)) if human else None
                euros = None if human or self.random.random() < 0.4 else str(self.random.randint(1, 90) * 50)
                unit = "fte" if quantity else ""
                yield Cost(kind, what, quantity, unit, self.random.choice(self.words["providers"]), euros)

    def _end(self) -> tuple[str | None, bool | None]:
        if self.random.random() < 0.6:
            return None, True
        if self.random.random() < 0.2:
            return None, None
        return str(min(self.started + self.random.randint(1, 5), LAST_YEAR)), None

    def _date(self, year: int) -> str:
        day = self._day(year)
        return day[: self.random.choice((4, 4, 7, 10))]

    def _day(self, year: int) -> str:
        return f"{year}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def _codes(self, known: VocabularyList, weights: Sequence[int]) -> tuple[str, ...]:
        """A few codes of a list, in its order: one in most sheets."""
        count = self.random.choices(range(1, len(weights) + 1), weights)[0]
        return known.in_order(self.random.sample(known.codes, count))

    def _some(self, key: str, fewest: int, most: int) -> Iterator[str]:
        """From `fewest` to `most` sentences of one kind, each once."""
        known = self.words[key]
        for sentence in self.random.sample(known, min(self.random.randint(fewest, most), len(known))):
            yield self._say(sentence)

    def _say(self, sentence: str) -> str:
        """`sentence` with its gaps filled and begun with a capital."""
        said = sentence.format_map(self._gaps())
        for apart, together in self.words["contractions"]:
            said = said.replace(apart, together)
        return said[:1].upper() + said[1:]

    def _gaps(self) -> dict[str, object]:
        pick = self.random.choice
        method, rhythm, staff = pick(self.methods), pick(self.words["rhythms"]), pick(self.words["staff"])
        partner = self._partner_name(pick(self.kinds))
        return {
            "method": method,
            "Method": _capital(method),
            "rhythm": rhythm,
            "Rhythm": _capital(rhythm),
            "staff": staff,
            "Staff": _capital(staff),
            "partner": partner,
            "Partner": partner,
            "name": self.name,
            "theme": pick(self.subjects),
            "place": pick(self.words["places"]),
            "group": self._label(TARGET_GROUPS, pick(self.groups)),
            "commune": self.commune.name(self.language),
            "number": self.random.randint(6, 140),
            "year": self.started,
        }

    def _label(self, known: VocabularyList, code: str) -> str:
        return known.term(code).labels[self.language]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _length(content: SheetContent) -> int:
    """How many words of running text the sheet has so far."""
    texts = (content.title, content.summary, content.outreach, content.innovation, content.evaluation_method)
    rows = [f"{each.name} {each.role}" for each in content.partnerships] + [
        each.what for each in content.costs
    ]
    return len(" ".join((*texts, *content.objectives, *rows)).split())


def sheet(number: int, seed: str = SEED) -> SheetLine:
    """The made-up sheet of that number (from 0): the same however many are asked for."""
    writer = Writer(Random(f"{seed}:{number}"))  # noqa: S311 (made-up sheets, no secrets)
    return SheetLine(f"{seed}-{number:06}", writer.commune.nis, writer.content(), writer.contact())


def lines(size: int, seed: str = SEED, first: int = 0) -> Iterator[str]:
    """`size` made-up sheets as lines of the interchange, from number `first` on."""
    return (write_line(sheet(number, seed)) for number in range(first, first + size))


def main() -> None:
    """Write made-up sheets to the output, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, nargs="?", default=1_000, help="how many sheets")
    parser.add_argument("--seed", default=SEED, help="another seed makes other sheets")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    asked = parser.parse_args()
    for line in lines(asked.size, asked.seed, asked.first):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
