"""Give the thesaurus out in the form of the shipped table, so that edits can be proposed for everybody."""

from collections.abc import Iterator

from passerelle.moderation.models import EXACT
from passerelle.vocabulary import LANGUAGES, Concept, Thesaurus

_HEADER = ("code", "kind", "broader", *LANGUAGES)


def table_lines(thesaurus: Thesaurus) -> Iterator[str]:
    """The lines of `vocabulary/data/thesaurus.tsv` that read as `thesaurus`; remarks are not kept."""
    yield "\t".join(_HEADER)
    for concept in thesaurus.concepts:
        terms = (_cell(concept, language) for language in LANGUAGES)
        yield "\t".join((concept.code, concept.kind, "; ".join(concept.broader), *terms))


def _cell(concept: Concept, language: str) -> str:
    exact = concept.exact.get(language, frozenset())
    return "; ".join(f"{EXACT}{term}" if term in exact else term for term in concept.terms[language])
