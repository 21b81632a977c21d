"""Lay out a sheet as Whoosh stores it: postings of its terms, and three columns."""

import json
import zlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import fields as fields_of
from typing import Any, Final

from whoosh import columns, fields, formats

from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.sheets import AnalysedSheet, analyse_sheet
from passerelle.search.documents import SearchDocument
from passerelle.search.whoosh_engine.columns import (
    RECORD,
    RECORD_LENGTH,
    TITLE_KEY,
    TITLE_LENGTH,
    record_of,
)

KEY: Final = "key"  # the number of the sheet, or META
TERMS: Final = "terms"  # what is matched: one field, the weight of the section in each posting
WORDS: Final = "words"  # the words as written, for "did you mean": read when first a word is missing
FACTS: Final = "facts"  # what facets and orders need: read for every sheet when the index is opened
ENTRY: Final = "entry"  # which revision it is, and the hash of its content
SHEET: Final = "sheet"  # the whole document: read for the hits of a page only

META: Final = "__meta__"
"""The key of the one document that is no sheet: it holds the position."""

_K1, _B, _AVERAGE_LENGTH = 1.2, 0.75, 300.0

Posting = tuple[bytes, int, float, bytes]


class TermsField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Takes an analysed sheet; each posting has the part of BM25 no question changes, and its places."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)
        self.format.posting_size = -1  # the value has any length

    def index(self, value: AnalysedSheet, **_: object) -> Iterator[Posting]:
        """The postings of the sheet: term, frequency, weight, places as 16-bit numbers."""
        norm = _K1 * (1 - _B + _B * value.length / _AVERAGE_LENGTH)
        for term, weight in value.weights.items():
            places = value.places[term]
            impact = weight * (_K1 + 1) / (weight + norm)
            yield term.encode(), len(places), impact, array("H", places).tobytes()


class KeyField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Takes the one key of a document."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None, unique=True)

    def index(self, value: str, **_: object) -> Iterator[Posting]:
        """The one posting."""
        yield value.encode(), 1, 1.0, b""


def schema() -> fields.Schema:
    """The schema of every index of ours; the one pickled in the index folder is never used."""
    return fields.Schema(
        **{
            KEY: KeyField(),
            TERMS: TermsField(),
            WORDS: fields.COLUMN(columns.VarBytesColumn()),
            FACTS: fields.COLUMN(columns.VarBytesColumn()),
            SHEET: fields.COLUMN(columns.VarBytesColumn()),
            ENTRY: fields.COLUMN(columns.VarBytesColumn()),
            RECORD: fields.COLUMN(columns.FixedBytesColumn(RECORD_LENGTH)),
            TITLE_KEY: fields.COLUMN(columns.FixedBytesColumn(TITLE_LENGTH)),
        }
    )


def row_of(document: SearchDocument) -> dict[str, object]:
    """`document` as the keyword arguments of Whoosh's `add_document`."""
    analysed = analyse_sheet(document)
    return {
        KEY: str(document.number),
        TERMS: analysed,
        WORDS: zlib.compress(" ".join(sorted(analysed.surfaces)).encode(), 1),
        FACTS: _facts(document),
        ENTRY: f"{document.revision_id} {document.content_hash}".encode(),
        RECORD: record_of(document),
        TITLE_KEY: fold(document.title).encode("utf-8", "replace")[:TITLE_LENGTH].ljust(TITLE_LENGTH, b"\0"),
        SHEET: zlib.compress(_json({name: _plain(getattr(document, name)) for name in _NAMES}), 1),
    }


def position_row(position: int) -> dict[str, object]:
    """The document that holds the position, for `add_document`."""
    return {KEY: META, FACTS: _json({"position": position})}


def read_facts(column_value: bytes) -> dict[str, Any]:  # Any: JSON, the keys are those of _facts
    """The facts of one sheet, or `{"position": ...}`. Raises `ValueError` when they are damaged."""
    facts = json.loads(column_value)
    if not isinstance(facts, dict):
        raise ValueError("not an object")  # damage, not a wrong call
    return facts


def read_words(column_value: bytes) -> list[str]:
    """The different words of one sheet, as written, in small letters; none for the position."""
    return zlib.decompress(column_value).decode().split() if column_value else []


def read_sheet(column_value: bytes) -> SearchDocument:
    """The whole document of one sheet. Raises `zlib.error` or `ValueError` when it is damaged."""
    stored: dict[str, Any] = json.loads(zlib.decompress(column_value))  # Any: JSON, the keys of the document
    for name, value in stored.items():
        if isinstance(value, list):
            stored[name] = tuple(value)
    return SearchDocument(**stored)


_NAMES = tuple(field.name for field in fields_of(SearchDocument))
_FACTS = tuple(name for name in _NAMES if name not in {"ref", "summary", "texts", "postal_codes"})


def _facts(document: SearchDocument) -> bytes:
    return _json({name: _plain(getattr(document, name)) for name in _FACTS})


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
