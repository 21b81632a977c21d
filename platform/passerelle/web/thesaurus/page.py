"""Gather what the page of a concept shows: its terms, its neighbours, and who changed what."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from passerelle.moderation.models import EXACT
from passerelle.moderation.queries import latest_edits
from passerelle.moderation.thesaurus import edits_in_force
from passerelle.vocabulary import LANGUAGE_NAMES, Concept, Edit, EditKind, Thesaurus
from passerelle.web.thesaurus.words import (
    EditLine,
    Label,
    kind_words,
    labels_of,
    languages_for,
    line_of,
    shown,
)

MOST_EDITS, FEW_EDITS = 50, 10  # on the page of a concept, and under the list of all


@dataclass(frozen=True)
class TermLine:
    """One term of the concept; `away` is the address that takes it away, empty for the name on pages."""

    words: str
    is_added: bool
    is_exact: bool
    away: str


@dataclass(frozen=True)
class Terms:
    """The terms of a concept in one language, and those that were taken away."""

    language: str
    name: str
    lines: tuple[TermLine, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True)
class Neighbour:
    """A broader or a narrower concept."""

    code: str
    label: str


@dataclass(frozen=True)
class ConceptPage:
    """All there is to say of one concept."""

    code: str
    name: str
    kind: str
    others: tuple[Label, ...]
    broader: tuple[Neighbour, ...]
    narrower: tuple[Neighbour, ...]
    terms: tuple[Terms, ...]
    edits: tuple[EditLine, ...]


def concept_page(session: Session, thesaurus: Thesaurus, concept: Concept, reader: str) -> ConceptPage:
    """The page of `concept`, for somebody who reads `reader`."""
    edits = [each for each in edits_in_force(session) if each.concept == concept.code]
    return ConceptPage(
        code=concept.code,
        name=shown(concept.label(reader)),
        kind=kind_words(concept.kind),
        others=labels_of(concept, but=reader),
        broader=tuple(_neighbour(thesaurus.concept(code), reader) for code in concept.broader),
        narrower=tuple(
            _neighbour(each, reader) for each in thesaurus.concepts if concept.code in each.broader
        ),
        terms=tuple(_terms(concept, language, edits) for language in languages_for(reader)),
        edits=edit_lines(session, thesaurus, reader, concept.code),
    )


def edit_lines(
    session: Session, thesaurus: Thesaurus, reader: str, concept: str | None = None
) -> tuple[EditLine, ...]:
    """The newest edits of the thesaurus, or of one concept; a concept that is gone goes by its code."""
    rows = session.scalars(latest_edits(MOST_EDITS if concept else FEW_EDITS, concept))
    return tuple(line_of(row, _name(thesaurus, row.concept, reader)) for row in rows)


def _name(thesaurus: Thesaurus, code: str, reader: str) -> str:
    return shown(thesaurus.concept(code).label(reader)) if code in thesaurus else code


def _neighbour(concept: Concept, reader: str) -> Neighbour:
    return Neighbour(concept.code, shown(concept.label(reader)))


def _terms(concept: Concept, language: str, edits: Iterable[Edit]) -> Terms:
    own = [(each.kind, each.term.lstrip(EXACT)) for each in edits if each.language == language]
    present = concept.terms[language]
    return Terms(
        language=language,
        name=LANGUAGE_NAMES.label(language, language),
        lines=tuple(
            TermLine(
                words=term,
                is_added=(EditKind.ADD, term) in own,
                is_exact=term in concept.exact.get(language, ()),
                away=_away(concept.code, language, term) if place else "",
            )
            for place, term in enumerate(present)
        ),
        taken=tuple(term for kind, term in own if kind is EditKind.REMOVE and term not in present),
    )


def _away(code: str, language: str, term: str) -> str:
    return url_for("thesaurus.take_away", code=code, language=language, term=term)
