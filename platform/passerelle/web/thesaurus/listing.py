"""Make the list of concepts: those of a kind, those that a word leads to, on which page."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from passerelle.core.text import folded, legible
from passerelle.vocabulary import LANGUAGES, Concept, Edit, Thesaurus
from passerelle.web.review.listing import read_page
from passerelle.web.thesaurus.words import KINDS, Label, kind_words, labels_of, shown

PER_PAGE = 50
LONGEST_QUESTION = 80  # characters: that of a term


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of the list; "" is everything."""

    words: str = ""
    kind: str = ""
    page: int = 1

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> "Wanted":
        """What an address asks for; what makes no sense is as if it were not there."""
        words, kind = legible(args.get("q", "")[:LONGEST_QUESTION]).strip(), args.get("kind", "")
        return cls(words, kind if kind in KINDS else "", read_page(args))

    def address(self, page: int) -> str:
        """The address of a page of this list."""
        number = str(page) if page > 1 else None
        return url_for("thesaurus.index", q=self.words or None, kind=self.kind or None, page=number)


@dataclass(frozen=True)
class ConceptRow:
    """One concept of the list; `through` is the term that was looked for, where it is not a name."""

    code: str
    label: str
    others: tuple[Label, ...]
    kind: str
    terms: int
    edits: int
    through: Label | None


@dataclass(frozen=True)
class ConceptList:
    """One page of the list, and how many concepts there are on all of them."""

    wanted: Wanted
    rows: tuple[ConceptRow, ...]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def kind_choices() -> list[tuple[str, str]]:
    """What the filter offers, everything first."""
    return [("", str(gettext("All kinds"))), *((kind, str(words())) for kind, words in KINDS.items())]


class _Known(NamedTuple):
    """A term as it is compared."""

    key: str
    words: str
    language: str


def concept_list(thesaurus: Thesaurus, edits: tuple[Edit, ...], wanted: Wanted, reader: str) -> ConceptList:
    """The page that somebody who reads `reader` asked for: the best matches of a word first."""
    found = [each for each in _matches(thesaurus, folded(wanted.words)) if wanted.kind in ("", each[0].kind)]
    changes = Counter(edit.concept for edit in edits)
    first = (wanted.page - 1) * PER_PAGE
    rows = (_row(concept, through, changes, reader) for concept, through in found[first : first + PER_PAGE])
    return ConceptList(wanted, tuple(rows), len(found))


def _matches(thesaurus: Thesaurus, key: str) -> list[tuple[Concept, _Known | None]]:
    """The concepts with a term that holds `key`: whole terms first, then beginnings, then the rest."""
    if not key:
        return [(concept, None) for concept in thesaurus.concepts]
    known = _known(thesaurus)
    ranked = []
    for place, concept in enumerate(thesaurus.concepts):
        hits = [each for each in known[concept.code] if key in each.key]
        if hits:
            best = min(hits, key=lambda each: (each.key != key, not each.key.startswith(key)))
            ranked.append((best.key != key, not best.key.startswith(key), place, concept, best))
    return [(concept, best) for *_rank, concept, best in sorted(ranked, key=lambda each: each[:3])]


@lru_cache(maxsize=2)
def _known(thesaurus: Thesaurus) -> Mapping[str, tuple[_Known, ...]]:
    return {concept.code: tuple(_terms(concept)) for concept in thesaurus.concepts}


def _terms(concept: Concept) -> Iterator[_Known]:
    for language in LANGUAGES:
        yield from (_Known(folded(term), term, language) for term in concept.terms[language])


def _row(concept: Concept, through: _Known | None, changes: Mapping[str, int], reader: str) -> ConceptRow:
    named = through is None or through.words == concept.label(through.language)
    return ConceptRow(
        code=concept.code,
        label=shown(concept.label(reader)),
        others=labels_of(concept, but=reader),
        kind=kind_words(concept.kind),
        terms=sum(map(len, concept.terms.values())),
        edits=changes.get(concept.code, 0),
        through=None if named or through is None else Label(through.words, through.language),
    )
