"""Make the sections that a coordinator reads: what is the same, new and gone, in the reader's words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask_babel import gettext

from passerelle.moderation.comparison import (
    FieldComparison,
    Pieces,
    Row,
    SectionComparison,
    compare,
)
from passerelle.moderation.hints import hints_of
from passerelle.moderation.models import ReviewComment
from passerelle.sheets.content import SheetContent
from passerelle.vocabulary import (
    COST_KINDS,
    COST_UNITS,
    EVALUATION_KINDS,
    FORMS,
    HEADER_FIELDS,
    LANGUAGE_NAMES,
    PARTNER_KINDS,
    SECTION_QUESTIONS,
    SECTIONS,
    TARGET_GROUPS,
    VocabularyList,
)
from passerelle.web.languages import current_language
from passerelle.web.review.words import hint_words
from passerelle.web.sheets.words import euros_words, number_words, partial_date

Piece = tuple[str, str]  # "same", "added" or "removed", and the words
Words = Callable[[str], str]


@dataclass(frozen=True)
class FieldView:
    """One field as it is shown: `pieces` of a text, `items` of a list, or `rows` of a table under `heads`."""

    label: str
    lang: str | None  # of what the commune wrote; None for our own words
    pieces: tuple[Piece, ...] = ()
    items: tuple[tuple[Piece, ...], ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    is_text: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.pieces or self.items or self.rows)


@dataclass(frozen=True)
class SectionView:
    """One section beside its box for a comment. The header has the number 0."""

    number: int
    key: str
    name: str
    is_changed: bool
    fields: tuple[FieldView, ...]
    hints: tuple[str, ...] = ()
    said: tuple[ReviewComment, ...] = field(default=())


def section_views(before: SheetContent, after: SheetContent, language: str) -> tuple[SectionView, ...]:
    """The header and the twelve sections, those that changed first; without changes, in the fiche's order."""
    return tuple(_section(each, after.language, language) for each in compare(before, after))


def with_remarks(
    sections: Iterable[SectionView], content: SheetContent, comments: Sequence[ReviewComment]
) -> tuple[SectionView, ...]:
    """The sections with what a simple search saw in `content`, and what was said about them before."""
    hints = hints_of(content)
    return tuple(
        replace(
            each,
            hints=tuple(hint_words(hint) for hint in hints if hint.section == each.key),
            said=tuple(comment for comment in comments if comment.section == each.key),
        )
        for each in sections
    )


def section_name(key: str, language: str) -> str:
    """The name of a section for a reader of `language`; the header has one too."""
    return SECTIONS.label(key, language) if key in SECTIONS else str(gettext("Head of the sheet"))


def _section(found: SectionComparison, own: str, language: str) -> SectionView:
    fields = (_field(each, own, language) for each in found.fields)
    section = found.section
    return SectionView(
        section.number,
        section.key,
        section_name(section.key, language),
        found.is_changed,
        tuple(each for each in fields if not each.is_empty),
    )


def _field(found: FieldComparison, own: str, language: str) -> FieldView:
    key = found.field.key
    label = _label(key, language)
    if key in _COLUMNS:
        heads = {part: head() for part, head in _COLUMNS[key].items()}
        rows = tuple(_cells(key, row, tuple(heads), language) for row in found.rows)
        return FieldView(label, own, heads=tuple(heads.values()), rows=rows)
    words = _words_of(key, language)
    lang = None if words else own
    if found.rows:
        return FieldView(label, lang, items=tuple(_said(row.cells[""], words) for row in found.rows))
    return FieldView(label, lang, pieces=_said(found.pieces, words), is_text=not words)


def _cells(key: str, row: Row, parts: Sequence[str], language: str) -> tuple[tuple[Piece, ...], ...]:
    return tuple(_said(row.cells[part], _words_of(f"{key}.{part}", language)) for part in parts)


def _said(pieces: Pieces, words: Words | None) -> tuple[Piece, ...]:
    return tuple((piece.kind.value, words(piece.text) if words else piece.text) for piece in pieces)


def _labels(terms: VocabularyList, language: str) -> Words:
    return lambda code: terms.label(code, language) if code in terms else code


def _words_of(key: str, language: str) -> Words | None:
    """How the value of a field or a column is put into words; None for what the commune wrote itself."""
    terms = _TERMS.get(key)
    return _labels(terms, language) if terms else _VALUES.get(key)


def _label(key: str, language: str) -> str:
    """What stands above a field; "" where the name of its section says it already."""
    if key in SECTION_QUESTIONS:
        return SECTION_QUESTIONS.label(key, language)
    if key in HEADER_FIELDS:
        return HEADER_FIELDS.label(key, language)
    return _LABELS[key]() if key in _LABELS else ""


def _running(value: str) -> str:
    return str(gettext("Running") if value == "yes" else gettext("Finished"))


_VALUES: Mapping[str, Words] = {
    "starts": partial_date,
    "ends": partial_date,
    "sheet_date": partial_date,
    "ongoing": _running,
    "inhabitants": number_words,
    "costs.quantity": number_words,
    "costs.euros": lambda amount: euros_words(amount, current_language()),
}
_TERMS: Mapping[str, VocabularyList] = {
    "language": LANGUAGE_NAMES,
    "violence_forms": FORMS,
    "target_groups": TARGET_GROUPS,
    "evaluation_kinds": EVALUATION_KINDS,
    "partnerships.kind": PARTNER_KINDS,
    "costs.kind": COST_KINDS,
    "costs.unit": COST_UNITS,
}
_LABELS: Mapping[str, Callable[[], str]] = {
    "language": lambda: gettext("Language of the sheet"),
    "starts": lambda: gettext("Start"),
    "ends": lambda: gettext("End"),
    "ongoing": lambda: gettext("State"),
}
_COLUMNS: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "partnerships": {
        "kind": lambda: gettext("Kind"),
        "name": lambda: gettext("Partner"),
        "role": lambda: gettext("Role"),
    },
    "costs": {
        "kind": lambda: gettext("Kind"),
        "what": lambda: gettext("What"),
        "quantity": lambda: gettext("Quantity"),
        "unit": lambda: gettext("Unit"),
        "provider": lambda: gettext("Who provides it"),
        "euros": lambda: gettext("Euros"),
    },
}
