"""Read and write one sheet as one line of JSON: the interchange that `docs/interchange.md` describes."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import IO, Any

from passerelle.core.text import UnreadableText, clean_line, clean_text
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent
from passerelle.sheets.sections import FIELDS, SHEET_LIMIT, FieldKind
from passerelle.vocabulary.communes import AmbiguousCommune, UnknownCommune, commune, find_commune

HEADER_KEYS = ("language", "sheet_date", "inhabitants")
KEYS = ("ref", "commune", *HEADER_KEYS, *FIELDS, "contact")
TEXTS = frozenset(field.key for field in FIELDS.values() if field.kind is FieldKind.TEXT)
LISTS = frozenset({"violence_forms", "objectives", "target_groups", "evaluation_kinds"})
ROWS: Mapping[str, type[Partner] | type[Cost]] = {"partnerships": Partner, "costs": Cost}
LONGEST_REF = 100
LONGEST_LINE = 2 * SHEET_LIMIT  # bytes: a sheet and whatever escapes its writer chose
LONGEST_NAME = 60  # characters of a wrong key or commune that a message repeats


class UnreadableLine(ValueError):
    """The line is not one sheet; the message says why, in one sentence."""


@dataclass(frozen=True)
class SheetLine:
    """One sheet as it travels: whose it is, the owner's own identifier, what it says."""

    ref: str | None
    commune: str  # NIS code
    content: SheetContent
    contact: Contact


def lines_of(file: IO[bytes]) -> Iterator[str]:
    """The lines of `file`, never more in memory than one that can be read.

    Of a longer one only so much comes out that `read_line` refuses it; bytes that are no UTF-8 come out as
    half characters, which it refuses too.
    """
    while piece := file.readline(LONGEST_LINE + 3):
        rest = piece
        while not rest.endswith(b"\n") and (rest := file.readline(LONGEST_LINE)):
            pass
        yield piece.decode("utf-8", "surrogateescape")


def read_line(line: str) -> SheetLine:
    """The sheet on `line`: keys it lacks are empty; texts come out clean (NFC, stripped).

    A line without `language` is in the first official language of its commune. Raises `UnreadableLine` for
    what is no JSON object, a key the sheet does not have, a value of another shape, or a commune that cannot
    be found. Whether the sheet is complete is not asked here.
    """
    given = _object(line)
    _only(KEYS, given, "the sheet")
    nis = _commune(given.get("commune"))
    try:
        ref = _ref(given.get("ref"))
        values = {"language": commune(nis).languages[0], **_values(given)}
        contact = _contact(given.get("contact"))
    except UnreadableText as error:
        raise UnreadableLine(str(error)) from error
    return SheetLine(ref, nis, SheetContent(**values), contact)


def write_line(sheet: SheetLine) -> str:
    """`sheet` as one line without its line end; of the contact, only the function that everybody may read."""
    content = sheet.content.to_json()
    header = {"ref": sheet.ref, "commune": sheet.commune, **{key: content.pop(key) for key in HEADER_KEYS}}
    contact = {"job_title": sheet.contact.job_title} if sheet.contact.job_title else {}
    return json.dumps({**header, **content, "contact": contact}, ensure_ascii=False)


def _object(line: str) -> Mapping[str, Any]:  # Any: JSON as it came; `_value` gives every key its type
    if len(line.encode("utf-8", "surrogatepass")) > LONGEST_LINE:
        raise UnreadableLine(f"the line is longer than {LONGEST_LINE} bytes")
    if any("\ud800" <= character <= "\udfff" for character in line):  # what is no UTF-8 is read as these
        raise UnreadableLine("the line is not UTF-8")
    try:
        given = json.loads(line, object_pairs_hook=_each_key_once, parse_constant=_no_number)
    except UnreadableLine:
        raise
    except (ValueError, RecursionError) as error:
        raise UnreadableLine("this is not JSON") from error
    if not isinstance(given, dict):
        raise UnreadableLine("this is JSON, but not an object")
    return given


def _each_key_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """The object of `pairs`; of a key written twice, JSON does not say which value counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        (twice, _), *_ = Counter(key for key, _ in pairs).most_common(1)
        raise UnreadableLine(f"the key {_named(twice)} is there twice")
    return found


def _no_number(name: str) -> object:
    raise UnreadableLine(f"{name} is not JSON: write null for what is not known")


def _only(known: Collection[str], given: Mapping[str, object], whose: str) -> None:
    """Raise `UnreadableLine` for the first key of `given` that is not `known`."""
    unknown = next((key for key in given if key not in known), None)
    if unknown is not None:
        raise UnreadableLine(f"{whose} has no key {_named(unknown)}; it has {', '.join(known)}")


def _named(text: str) -> str:
    """`text` as a message can repeat it: short, and with nothing in it that a terminal would obey."""
    return ascii(text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME] + "...")


def _values(given: Mapping[str, Any]) -> dict[str, Any]:  # Any: each value has the type of its own field
    return {key: _value(key, given[key]) for key in (*HEADER_KEYS, *FIELDS) if given.get(key) is not None}


def _value(key: str, given: object) -> object:
    """The value of one key in its own shape, by the kind of its field."""
    if key in ROWS:
        return tuple(_row(key, ROWS[key], row) for row in _list(key, given))
    if key in LISTS:
        return tuple(_line(key, item) for item in _list(key, given))
    return _SHAPES.get(key, _line)(key, given)


def _text(key: str, given: object) -> str:
    return clean_text(_string(key, given))


def _yes_no(key: str, given: object) -> bool:
    if not isinstance(given, bool):
        raise UnreadableLine(f"{key!r} is true, false or null")
    return given


def _date(key: str, given: object) -> str | None:
    return _line(key, _in_digits(given)) or None


def _row(key: str, shape: type[Partner] | type[Cost], given: object) -> Partner | Cost:
    if not isinstance(given, dict):
        raise UnreadableLine(f"each of {key!r} is an object")
    names = [field.name for field in fields(shape)]
    _only(names, given, repr(key))
    values: dict[str, Any] = {  # Any: each value has the type of its own field
        name: _number(name, given[name]) if name in ("quantity", "euros") else _line(name, given[name])
        for name in names
        if given.get(name) is not None
    }
    return shape(**values)


def _number(key: str, given: object) -> str | None:
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        try:
            return format(Decimal(str(given)).normalize(), "f")  # 1e3 is "1000"
        except ArithmeticError as error:
            raise UnreadableLine(f"{key!r} is not a number") from error
    return _line(key, given) or None


def _inhabitants(key: str, given: object) -> int:
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 10**9:
        return given
    if isinstance(given, str):
        digits = "".join(given.split()).replace(".", "")  # "18.988" and "18 988" are 18988
        if digits.isascii() and digits.isdigit() and len(digits) < 10:
            return int(digits)
    raise UnreadableLine(f"{key!r} is a whole number")


def _contact(given: object) -> Contact:
    names = [field.name for field in fields(Contact)]
    if given is None:
        return Contact()
    if not isinstance(given, dict):
        raise UnreadableLine("'contact' is an object")
    _only(names, given, "'contact'")
    return Contact(**{name: _line(name, given[name]) for name in names if given.get(name) is not None})


def _commune(given: object) -> str:
    text = _in_digits(given)
    if not isinstance(text, str) or not text.strip():
        raise UnreadableLine("'commune' is missing: a NIS code or a name")
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise UnreadableLine(f"no commune of Belgium is called {_named(text)}")
    try:
        return find_commune(text).nis
    except (UnknownCommune, AmbiguousCommune) as error:
        raise UnreadableLine(str(error)) from error


def _ref(given: object) -> str | None:
    if given is None:
        return None
    ref = _line("ref", _in_digits(given))
    if len(ref) > LONGEST_REF:
        raise UnreadableLine(f"'ref' is longer than {LONGEST_REF} characters")
    return ref or None


def _in_digits(given: object) -> object:
    """A whole number as its digits: codes and identifiers are often written without quotes."""
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


def _list(key: str, given: object) -> list[object]:
    if not isinstance(given, list):
        raise UnreadableLine(f"{key!r} is a list")
    return given


def _line(key: str, given: object) -> str:
    return clean_line(_string(key, given))


def _string(key: str, given: object) -> str:
    if not isinstance(given, str):
        raise UnreadableLine(f"{key!r} is a text")
    return given


_SHAPES: Mapping[str, Callable[[str, object], object]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(("starts", "ends", "sheet_date"), _date),
    "ongoing": _yes_no,
    "inhabitants": _inhabitants,
}
