"""The thesaurus: what the violence, the people, the partners and the methods are called in four languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from passerelle.vocabulary.tables import LANGUAGES, parts, read_table


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning, whatever its words; `terms` holds them by language, the preferred one first."""

    code: str
    kind: str  # form, theme, method, target or partner_type
    broader: tuple[str, ...]
    terms: Mapping[str, tuple[str, ...]] = field(hash=False)


class UnknownConcept(KeyError):
    """The thesaurus has no concept of that code."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def concepts() -> tuple[Concept, ...]:
    """Every concept, in the order of `data/thesaurus.tsv`: forms, themes, methods, targets, partners."""
    return tuple(
        Concept(
            code=row["code"],
            kind=row["kind"],
            broader=parts(row["broader"]),
            terms={language: parts(row[language]) for language in LANGUAGES},
        )
        for row in read_table("thesaurus")
    )


@cache
def _by_code() -> Mapping[str, Concept]:
    return {concept.code: concept for concept in concepts()}


def concept(code: str) -> Concept:
    """The concept of that code. Raises `UnknownConcept`."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownConcept(f"the thesaurus has no concept {code!r}: see data/thesaurus.tsv") from None


@cache
def ancestors(code: str) -> tuple[str, ...]:
    """The codes of every broader concept, nearest first, each once. Raises `UnknownConcept`."""
    found: dict[str, None] = {}
    waiting = list(concept(code).broader)
    while waiting:
        nearest = waiting.pop(0)
        if nearest not in found:
            found[nearest] = None
            waiting.extend(concept(nearest).broader)
    return tuple(found)
