"""Analyse a sheet: its terms with their weights and places, and its words as written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from passerelle.search.analysis.folding import composed
from passerelle.search.analysis.readings import MAX_TERM, read_word
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.documents import SearchDocument
from passerelle.vocabulary import FORMS, LANGUAGES, PARTNER_KINDS, TARGET_GROUPS, Thesaurus, VocabularyList

MAX_DISTINCT = 5000
"""So many different terms of one sheet are kept at most (RELIABILITY 3.5)."""

_LAST_PLACE = 65_535
_GAP = 50  # between two texts, so that no phrase runs across them

_TITLE, _SUMMARY, _SECTION, _PLACE, _LABEL = 4.0, 2.0, 1.0, 2.0, 0.5


@dataclass(slots=True)
class AnalysedSheet:
    """The terms of one sheet: weight (each occurrence counts as much as its section) and places, in order."""

    weights: dict[str, float] = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=dict)
    surfaces: set[str] = field(default_factory=set)
    length: int = 0
    _next: int = 0

    def add_text(self, text: str, language: str, weight: float) -> None:
        """Take in the words of one text, after those that came before."""
        place = self._next
        note = self._note
        for token in TOKEN.findall(composed(text)):
            parts, joined, surfaces = read_word(token[:MAX_TERM], language)
            for offset, terms in enumerate(parts):
                for term in terms:
                    note(term, weight, place + offset)
            for term in joined:
                note(term, weight, place)
            self.surfaces.update(surfaces)
            place += len(parts)
        self.length += place - self._next
        self._next = place + _GAP

    def _note(self, term: str, weight: float, place: int) -> None:
        if term in self.weights:
            self.weights[term] += weight
            self.places[term].append(min(place, _LAST_PLACE))
        elif len(self.weights) < MAX_DISTINCT:
            self.weights[term] = weight
            self.places[term] = [min(place, _LAST_PLACE)]


def analyse_sheet(document: SearchDocument, thesaurus: Thesaurus | None = None) -> AnalysedSheet:
    """The terms of `document` in its own language, and those of its labels in all four languages.

    So a Dutch "partnergeweld" finds a French sheet that ticked that form of violence, and every official
    name of a commune finds its sheets.
    """
    sheet = AnalysedSheet()
    sheet.add_text(document.title, document.language, _TITLE)
    sheet.add_text(document.summary, document.language, _SUMMARY)
    for text in document.texts.values():
        sheet.add_text(text, document.language, _SECTION)
    words = sheet.length
    for text, language, weight in _labels(document):
        sheet.add_text(text, language, weight)
    sheet.length = words
    return sheet


def _labels(document: SearchDocument) -> Iterator[tuple[str, str, float]]:
    for language, name in document.commune_names.items():
        yield name, language, _PLACE
    for name in set(document.commune_names.values()) or {""}:
        yield " ".join((name, *document.postal_codes)), document.language, _PLACE
    for codes, terms in (
        (document.violence_forms, FORMS),
        (document.target_groups, TARGET_GROUPS),
        (document.partner_kinds, PARTNER_KINDS),
    ):
        for code in codes:
            label = _label_of(terms, code)
            yield from ((label(language), language, _LABEL) for language in LANGUAGES if code in terms)


def _label_of(terms: VocabularyList, code: str) -> Callable[[str], str]:
    return lambda language: terms.term(code).labels[language]
