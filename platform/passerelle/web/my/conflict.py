"""Compare what somebody typed with what was stored meanwhile, section by section."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext

from passerelle.vocabulary import (
    COST_KINDS,
    COST_UNITS,
    EVALUATION_KINDS,
    FORMS,
    HEADER_FIELDS,
    LANGUAGE_NAMES,
    PARTNER_KINDS,
    TARGET_GROUPS,
    VocabularyList,
)
from passerelle.web.languages import current_language
from passerelle.web.my.forms import CHOICE_NAMES, ROW_FIELDS, ROW_PARTS, Row, SheetForm, is_blank
from passerelle.web.my.layout import CONTACT, PARTS

MINE, THEIRS = "mine", "theirs"
_LISTS: Mapping[str, VocabularyList] = {
    "violence_forms": FORMS,
    "target_groups": TARGET_GROUPS,
    "evaluation_kinds": EVALUATION_KINDS,
    "language": LANGUAGE_NAMES,
    "partner-kind": PARTNER_KINDS,
    "cost-kind": COST_KINDS,
    "cost-unit": COST_UNITS,
}

Value = str | tuple[str, ...] | tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Difference:
    """One section in which two texts differ, both as lines to read, and which one is chosen for now."""

    part: str
    stored: tuple[str, ...]
    typed: tuple[str, ...]
    choice: str


def differences(
    typed: SheetForm, stored: SheetForm, seen: Mapping[str, str], choices: Mapping[str, str]
) -> dict[str, Difference]:
    """Where the two forms differ, by section; `seen` are the digests of what the writer began from.

    Without a choice made already, a section the writer did not touch takes the stored words.
    """
    found = {}
    for part in PARTS:
        if values_of(typed, part) == values_of(stored, part):
            continue
        untouched = seen.get(part) == digest_of(typed, part)
        choice = choices.get(part) or (THEIRS if untouched else MINE)
        found[part] = Difference(part, lines_of(stored, part), lines_of(typed.legible(), part), choice)
    return found


def with_theirs(typed: SheetForm, stored: SheetForm, parts: Collection[str]) -> SheetForm:
    """`typed` with the stored words in the sections `parts`."""
    names = {name for part in parts for name in PARTS.get(part, ())}
    rows = {ROW_FIELDS[name] for name in names if name in ROW_FIELDS}
    return replace(
        typed,
        texts={**typed.texts, **{name: text for name, text in stored.texts.items() if name in names}},
        choices={**typed.choices, **{name: codes for name, codes in stored.choices.items() if name in names}},
        rows={**typed.rows, **{kind: stored.rows[kind] for kind in rows}},
    )


def digests_of(form: SheetForm) -> str:
    """What every section says, as short digests in one text for a hidden field: "title:0a1b2c3d ..."."""
    return " ".join(f"{part}:{digest_of(form, part)}" for part in PARTS)


def read_digests(sent: str) -> dict[str, str]:
    """The digests in a text that `digests_of` wrote; anything else in it is passed over."""
    pairs = (word.partition(":") for word in sent[:1_000].split())
    return {part: digest for part, _, digest in pairs if part in PARTS}


def digest_of(form: SheetForm, part: str) -> str:
    """A short digest of what a section says."""
    return hashlib.sha256(repr(values_of(form, part)).encode("utf-8", "replace")).hexdigest()[:8]


def values_of(form: SheetForm, part: str) -> tuple[Value, ...]:
    """What stands in the fields of a section, without the accidents of typing: line ends, empty lines."""
    return tuple(_value(form, name) for name in PARTS[part])


def lines_of(form: SheetForm, part: str) -> tuple[str, ...]:
    """What a section says, as lines to read in the reader's language; none when it is empty."""
    return tuple(line for name in PARTS[part] for line in _lines(form, name))


def _value(form: SheetForm, name: str) -> Value:
    if kind := ROW_FIELDS.get(name):
        filled = (row for row in form.rows[kind] if not is_blank(kind, row))
        return tuple(tuple(row[part].strip() for part in ROW_PARTS[kind]) for row in filled)
    if name in CHOICE_NAMES:
        return _LISTS[name].in_order(form.choices[name])
    return "\n".join(line.rstrip() for line in form.text(name).strip().splitlines())


def _lines(form: SheetForm, name: str) -> list[str]:
    if kind := ROW_FIELDS.get(name):
        return [_line_of(kind, row) for row in form.rows[kind] if not is_blank(kind, row)]
    if name in CHOICE_NAMES:
        return [_words(name, code) for code in form.choices[name]]
    text = form.text(name).strip()
    if not text:
        return []
    if name in HEADER_FIELDS or name.removeprefix("contact_") in HEADER_FIELDS:
        return [_labelled(name, text)]
    return _of_section_three(name, text) or text.splitlines()


def _of_section_three(name: str, text: str) -> list[str]:
    """The lines of the fields that need a word to say which they are."""
    match name:
        case "language":
            return [_words(name, text)]
        case "starts":
            return [gettext("Start: %(date)s", date=text)]
        case "ends":
            return [gettext("End: %(date)s", date=text)]
        case "ongoing":
            return [gettext("Still running") if text == "yes" else gettext("Finished")]
    return []


def _labelled(name: str, text: str) -> str:
    label = HEADER_FIELDS.label(name.removeprefix(f"{CONTACT}_"), current_language())
    return str(gettext("%(place)s: %(sentence)s", place=label, sentence=text))


def _line_of(kind: str, row: Row) -> str:
    """The cells of a line with something in them, one after the other."""
    cells = (_words(f"{kind}-{part}", row[part]) for part in ROW_PARTS[kind] if row[part].strip())
    return " · ".join(cells)


def _words(name: str, text: str) -> str:
    known = _LISTS.get(name)
    return known.label(text, current_language()) if known is not None and text in known else text
