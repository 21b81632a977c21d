"""Analyse a sheet: its terms with their weights and places, and its words as written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from passerelle.search.analysis.concepts import LESSER, Finder, finder
from passerelle.search.analysis.folding import composed
from passerelle.search.analysis.matching import Unit
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.documents import SearchDocument
from passerelle.vocabulary import FORMS, PARTNER_KINDS, TARGET_GROUPS, Thesaurus, base_thesaurus

MAX_DISTINCT = 5000
"""So many different terms of one sheet are kept at most (RELIABILITY 3.5)."""

_LAST_PLACE = 65_535
_GAP = 50  # between two texts, so that no phrase runs across them

_TITLE, _SUMMARY, _SECTION, _PLACE, _LABEL = 4.0, 2.0, 1.0, 2.0, 0.5
_CODED = 2.0  # a concept that the sheet was given by its authors: form, target group, kind of partner


@dataclass(slots=True)
class AnalysedSheet:
    """The terms of one sheet: weight (each occurrence counts as much as its section) and places, in order."""

    weights: dict[str, float] = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=dict)
    surfaces: set[str] = field(default_factory=set)
    length: int = 0
    _next: int = 0

    def add_text(self, text: str, read: Finder, weight: float) -> None:
        """Take in the words of one text and the concepts they name, after those that came before."""
        start = self._next
        units, starts = self.add_words(text, read, weight)
        for match in read.find(units, starts) if starts else ():
            counted = weight * LESSER if match.lesser else weight
            for term, share in read.terms_of(match.codes):
                self._note(term, counted * share, start + match.first)

    def add_words(self, text: str, read: Finder, weight: float) -> tuple[list[Unit], list[int]]:
        """Take in the words of one text; what concepts may be found in, and where they may begin."""
        start = place = self._next
        note, word, lesser = self._note, read.word, weight * LESSER
        units: list[Unit] = []
        starts: list[int] = []
        for token in TOKEN.findall(composed(text)):
            terms, parts, surfaces, of_word, begins = word(token)
            for term, offset in terms:
                note(term, weight, place + offset)
            for term in parts:
                note(term, lesser, place)
            if begins:
                starts += range(len(units), len(units) + len(of_word))
            units += of_word
            self.surfaces.update(surfaces)
            place += len(of_word)
        self.length += place - start
        self._next = place + _GAP
        return units, starts

    def add_concept(self, code: str, read: Finder, weight: float) -> None:
        """Take in a concept that no word names."""
        for term, share in read.terms_of((code,)):
            self._note(term, weight * share, self._next)
        self._next += _GAP

    def close(self, length: int) -> None:
        """All texts are in: `length` words count, and what stands too far has the last place there is."""
        self.length = length
        if self._next > _LAST_PLACE:
            self.places = {term: [min(each, _LAST_PLACE) for each in at] for term, at in self.places.items()}

    def _note(self, term: str, weight: float, place: int) -> None:
        places = self.places.get(term)
        if places is not None:
            self.weights[term] += weight
            places.append(place)
        elif len(self.places) < MAX_DISTINCT:
            self.weights[term] = weight
            self.places[term] = [place]


def analyse_sheet(document: SearchDocument, thesaurus: Thesaurus | None = None) -> AnalysedSheet:
    """The terms of `document` in its own language, the concepts it names or was given, its commune's names.

    So a Dutch "partnergeweld" finds a French sheet that names or ticked that form of violence, and every
    official name of a commune finds its sheets.
    """
    known = thesaurus or base_thesaurus()
    read = finder(known, document.language)
    sheet = AnalysedSheet()
    sheet.add_text(document.title, read, _TITLE)
    sheet.add_text(document.summary, read, _SUMMARY)
    for text in document.texts.values():
        sheet.add_text(text, read, _SECTION)
    words = sheet.length
    for text, language, weight in _names(document):
        sheet.add_words(text, finder(known, language), weight)
    for code, label in _codes(document):
        sheet.add_words(label, read, _LABEL)
        if code in known:
            sheet.add_concept(code, read, _CODED)
    sheet.close(length=words)
    return sheet


def _names(document: SearchDocument) -> Iterator[tuple[str, str, float]]:
    for language, name in document.commune_names.items():
        yield name, language, _PLACE
    for name in dict.fromkeys(document.commune_names.values()) or ("",):
        yield " ".join((name, *document.postal_codes)), document.language, _PLACE


def _codes(document: SearchDocument) -> Iterator[tuple[str, str]]:
    for codes, terms in (
        (document.violence_forms, FORMS),
        (document.target_groups, TARGET_GROUPS),
        (document.partner_kinds, PARTNER_KINDS),
    ):
        for code in codes:
            if code in terms:
                yield code, terms.term(code).labels[document.language]
