"""The words of the platform: closed lists, communes, helplines and thesaurus, from data files alone.

The tables of communes and helplines are `communes.communes()` and `helplines.helplines(language)`.
"""

from passerelle.vocabulary.communes import (
    AmbiguousCommune,
    Commune,
    UnknownCommune,
    commune,
    find_commune,
)
from passerelle.vocabulary.helplines import Helpline
from passerelle.vocabulary.tables import LANGUAGES, SHEET_LANGUAGES
from passerelle.vocabulary.terms import (
    ALL_LISTS,
    COST_KINDS,
    COST_UNITS,
    EVALUATION_KINDS,
    FICHE_WORDS,
    FORMS,
    HEADER_FIELDS,
    LANGUAGE_NAMES,
    PARTNER_KINDS,
    PROVINCES,
    REGIONS,
    REVISION_STATES,
    ROLES,
    SECTION_HEADINGS,
    SECTION_QUESTIONS,
    SECTIONS,
    SHEET_STATES,
    TARGET_GROUPS,
    Term,
    UnknownTerm,
    VocabularyList,
    provinces_of,
)
from passerelle.vocabulary.thesaurus import Concept, UnknownConcept, ancestors, concept, concepts

__all__ = [
    "ALL_LISTS",
    "COST_KINDS",
    "COST_UNITS",
    "EVALUATION_KINDS",
    "FICHE_WORDS",
    "FORMS",
    "HEADER_FIELDS",
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "PARTNER_KINDS",
    "PROVINCES",
    "REGIONS",
    "REVISION_STATES",
    "ROLES",
    "SECTIONS",
    "SECTION_HEADINGS",
    "SECTION_QUESTIONS",
    "SHEET_LANGUAGES",
    "SHEET_STATES",
    "TARGET_GROUPS",
    "AmbiguousCommune",
    "Commune",
    "Concept",
    "Helpline",
    "Term",
    "UnknownCommune",
    "UnknownConcept",
    "UnknownTerm",
    "VocabularyList",
    "ancestors",
    "commune",
    "concept",
    "concepts",
    "find_commune",
    "provinces_of",
]
