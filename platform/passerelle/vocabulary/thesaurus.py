"""The thesaurus: what the violence, the people, the partners and the methods are called in four languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, cached_property
from hashlib import blake2b
from types import MappingProxyType

from passerelle.vocabulary.tables import LANGUAGES, Row, parts, read_table

_EXACT = "="
_NONE: Mapping[str, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning, whatever its words; `terms` holds them by language, the preferred one first.

    `exact` has, by language, those of the terms that are found only in the very form in which they are
    written, accents and capitals aside; the table writes them with `=` in front.
    """

    code: str
    kind: str  # form, theme, method, target or partner_type
    broader: tuple[str, ...]
    terms: Mapping[str, tuple[str, ...]] = field(hash=False)
    exact: Mapping[str, frozenset[str]] = field(default_factory=lambda: _NONE, hash=False)

    def label(self, language: str) -> str:
        """The preferred term in `language`, as it stands in the middle of a sentence."""
        return self.terms[language][0]


class EditKind(StrEnum):
    """What an edit does to the terms of a concept."""

    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a coordinator: a term more or a term less for a concept, in one language."""

    concept: str
    language: str
    term: str  # "=" in front: found only as written
    kind: EditKind


class UnknownConcept(KeyError):
    """The thesaurus has no concept of that code."""

    def __str__(self) -> str:
        return str(self.args[0])


class Thesaurus:
    """Concepts that never change; two thesauri with the same concepts and terms are equal."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._by_code = {concept.code: concept for concept in self.concepts}
        self._ancestors: dict[str, tuple[str, ...]] = {}

    @cached_property
    def version(self) -> str:
        """Twelve signs that differ when any concept or term does: add and remove together change nothing."""
        digest = blake2b(digest_size=6)
        for each in self.concepts:
            terms = [(language, each.terms[language]) for language in LANGUAGES]
            exact = [(language, sorted(each.exact.get(language, ()))) for language in LANGUAGES]
            digest.update(repr((each.code, each.kind, each.broader, terms, exact)).encode())
        return digest.hexdigest()

    def concept(self, code: str) -> Concept:
        """The concept of that code. Raises `UnknownConcept`."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownConcept(f"the thesaurus has no concept {code!r}: see data/thesaurus.tsv") from None

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes of every broader concept, nearest first, each once. Raises `UnknownConcept`."""
        known = self._ancestors.get(code)
        if known is None:
            known = self._ancestors[code] = self._above(code)
        return known

    def with_edits(self, edits: Iterable[Edit]) -> "Thesaurus":
        """A thesaurus in which `edits` were made one after the other.

        An edit that no longer fits (no such concept, the term is there or gone already) changes nothing,
        and the preferred term of a language is never taken away: it is the name people see.
        """
        changed = dict(self._by_code)
        for edit in edits:
            if edit.concept in changed and edit.language in LANGUAGES:
                changed[edit.concept] = _edited(changed[edit.concept], edit)
        return Thesaurus(changed.values())

    def _above(self, code: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        waiting = list(self.concept(code).broader)
        while waiting:
            nearest = waiting.pop(0)
            if nearest not in found:
                found[nearest] = None
                waiting.extend(self.concept(nearest).broader)
        return tuple(found)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thesaurus) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)

    def __repr__(self) -> str:
        return f"Thesaurus({len(self.concepts)} concepts, version {self.version!r})"


def _edited(concept: Concept, edit: Edit) -> Concept:
    term, is_exact = _written(edit.term)
    language = edit.language
    terms, exact = concept.terms[language], concept.exact.get(language, frozenset())
    if edit.kind is EditKind.ADD:
        terms = terms if term in terms or not term else (*terms, term)
        exact = exact | {term} if is_exact and term else exact - {term}
    else:
        terms = (terms[0], *(each for each in terms[1:] if each != term))
        exact = exact & set(terms)
    return replace(
        concept, terms={**concept.terms, language: terms}, exact={**concept.exact, language: exact}
    )


def _written(term: str) -> tuple[str, bool]:
    """The term without the mark of an exact one, however often it stands there, and whether it had it."""
    return term.lstrip(_EXACT + " ").rstrip(), term.lstrip().startswith(_EXACT)


def _concept(row: Row) -> Concept:
    written = {language: [_written(term) for term in parts(row[language])] for language in LANGUAGES}
    return Concept(
        code=row["code"],
        kind=row["kind"],
        broader=parts(row["broader"]),
        terms={language: tuple(term for term, _ in terms) for language, terms in written.items()},
        exact={
            language: frozenset(term for term, is_exact in terms if is_exact)
            for language, terms in written.items()
        },
    )


@cache
def base_thesaurus() -> Thesaurus:
    """The thesaurus as shipped, in the order of `data/thesaurus.tsv`."""
    return Thesaurus(map(_concept, read_table("thesaurus")))


def concepts() -> tuple[Concept, ...]:
    """Every shipped concept, in the order of `data/thesaurus.tsv`."""
    return base_thesaurus().concepts


def concept(code: str) -> Concept:
    """The shipped concept of that code. Raises `UnknownConcept`."""
    return base_thesaurus().concept(code)


def ancestors(code: str) -> tuple[str, ...]:
    """The codes of every broader shipped concept, nearest first, each once. Raises `UnknownConcept`."""
    return base_thesaurus().ancestors(code)
