"""Compare two texts of a sheet section by section: what is new, what is gone, what moved."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, TypeVar

from passerelle.moderation.words import Fragment, Kind, compare_values, compare_words
from passerelle.sheets.content import Cost, Partner, SheetContent
from passerelle.sheets.sections import SECTIONS, Field, FieldKind, Section

HEADER = Section(
    0,
    "header",
    (
        Field("language", FieldKind.CODES, 1, vocabulary="languages"),
        Field("inhabitants", FieldKind.LINE, 10),
        Field("sheet_date", FieldKind.DATE, 10),
    ),
)
Item = TypeVar("Item")
Pieces = tuple[Fragment, ...]
_PARTNER_PARTS = ("kind", "name", "role")
_COST_PARTS = ("kind", "what", "quantity", "unit", "provider", "euros")
_READ_AS_WORDS = frozenset({"name", "role", "what", "provider"})


@dataclass(frozen=True)
class Row:
    """A line of a list: `cells` by the name of the column; a list without columns has the one column ""."""

    cells: Mapping[str, Pieces]

    @property
    def kind(self) -> Kind | None:
        """Whether the whole row is the same, added or removed; None when it was changed in part."""
        kinds = {piece.kind for pieces in self.cells.values() for piece in pieces}
        return kinds.pop() if len(kinds) == 1 else None


@dataclass(frozen=True)
class FieldComparison:
    """What became of one field: `pieces` of a text or a value, or `rows` of a list."""

    field: Field
    pieces: Pieces = ()
    rows: tuple[Row, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether a word of it was added or removed."""
        every = (*self.pieces, *(piece for row in self.rows for cell in row.cells.values() for piece in cell))
        return any(piece.kind is not Kind.SAME for piece in every)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing, before and after."""
        return not self.pieces and not self.rows


@dataclass(frozen=True)
class SectionComparison:
    """What became of one section of the sheet, or of its header."""

    section: Section
    fields: tuple[FieldComparison, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it was changed."""
        return any(field.is_changed for field in self.fields)


def compare(before: SheetContent, after: SheetContent) -> tuple[SectionComparison, ...]:
    """The header and the twelve sections: those that changed first, each group in the order of the fiche."""
    found = [
        SectionComparison(section, tuple(_compare_field(field, before, after) for field in section.fields))
        for section in (HEADER, *SECTIONS)
    ]
    return tuple(sorted(found, key=lambda each: not each.is_changed))


def changed_sections(before: SheetContent, after: SheetContent) -> tuple[str, ...]:
    """The keys of the sections whose content differs, in the order of the fiche; no words are compared."""
    return tuple(
        section.key
        for section in (HEADER, *SECTIONS)
        if any(getattr(before, field.key) != getattr(after, field.key) for field in section.fields)
    )


def _compare_field(field: Field, before: SheetContent, after: SheetContent) -> FieldComparison:
    old, new = getattr(before, field.key), getattr(after, field.key)
    if field.kind in _ROWS and isinstance(new, tuple):
        return FieldComparison(field, rows=_ROWS[field.kind](old, new))
    compare_text = compare_words if field.kind in (FieldKind.TEXT, FieldKind.LINE) else compare_values
    return FieldComparison(field, pieces=compare_text(_as_text(old), _as_text(new)))


def _as_text(value: str | int | bool | None) -> str:
    """A single value as text: nothing is "", true is "yes", false is "no"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _compare_codes(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    """Each code once, whatever its place: those of the new list in their order, then those that are gone."""
    pieces = [Fragment(Kind.SAME if code in old else Kind.ADDED, code) for code in new]
    pieces += [Fragment(Kind.REMOVED, code) for code in old if code not in new]
    return tuple(Row({"": (piece,)}) for piece in pieces)


def _compare_lines(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    return tuple(Row({"": compare_words(left or "", right or "")}) for left, right in _pair(old, new, str))


def _compare_partners(old: Sequence[Partner], new: Sequence[Partner]) -> tuple[Row, ...]:
    return tuple(
        _compare_parts(left or Partner(), right or Partner(), _PARTNER_PARTS)
        for left, right in _pair(old, new, lambda partner: partner.name)
    )


def _compare_costs(old: Sequence[Cost], new: Sequence[Cost]) -> tuple[Row, ...]:
    nothing = Cost(kind="")
    return tuple(
        _compare_parts(left or nothing, right or nothing, _COST_PARTS)
        for left, right in _pair(old, new, lambda cost: cost.what)
    )


def _compare_parts(old: Partner | Cost, new: Partner | Cost, parts: Sequence[str]) -> Row:
    return Row(
        {
            part: (compare_words if part in _READ_AS_WORDS else compare_values)(
                _as_text(getattr(old, part)), _as_text(getattr(new, part))
            )
            for part in parts
        }
    )


def _pair(
    old: Sequence[Item], new: Sequence[Item], name: Callable[[Item], Hashable]
) -> list[tuple[Item | None, Item | None]]:
    """Lines that belong together by their `name`, and between those by their place, in reading order."""
    pairs: list[tuple[Item | None, Item | None]] = []
    names = [name(item) for item in old], [name(item) for item in new]
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        pairs += zip_longest(old[i1:i2], new[j1:j2])
    return pairs


_ROWS: Mapping[FieldKind, Callable[[Any, Any], tuple[Row, ...]]] = {  # Any: each knows its kind of rows
    FieldKind.CODES: _compare_codes,
    FieldKind.LINES: _compare_lines,
    FieldKind.PARTNERS: _compare_partners,
    FieldKind.COSTS: _compare_costs,
}
