"""Lay out a sheet as Whoosh stores it: postings of its terms and of its words, and columns."""

import json
import zlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from dataclasses import fields as fields_of
from functools import lru_cache
from typing import Any, Final, NamedTuple

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
from passerelle.search.whoosh_engine.encoding import Posting, Row
from passerelle.search.whoosh_engine.fingerprint import fingerprint
from passerelle.vocabulary.thesaurus import Edit, EditKind, Thesaurus, base_thesaurus

TERMS: Final = "terms"  # what is matched: one field, the weight of the section in each posting
SPELT: Final = "spelt"  # the words as written, for "did you mean" and while typing
ENTRY: Final = "entry"  # which revision it is, and the hash of its content
SHEET: Final = "sheet"  # the whole document: read for the hits of a page only
META: Final = "meta"  # what the index says of itself, in one document that is no sheet

_K1, _B, _AVERAGE_LENGTH = 1.2, 0.75, 300.0
_APART: Final = "\0"  # between a word without its accents and the same as written


class Meta(NamedTuple):
    """What the index says of itself: how far it has come, and with which thesaurus it was written."""

    position: int
    edits: tuple[Edit, ...] = ()

    @property
    def thesaurus(self) -> Thesaurus:
        """The thesaurus with which its sheets were analysed."""
        return base_thesaurus().with_edits(self.edits) if self.edits else base_thesaurus()


class AnotherFormat(ValueError):
    """The index was written by another version of the platform, its words or its thesaurus."""


def schema() -> fields.Schema:
    """The schema of every index of ours."""
    return fields.Schema(
        **{
            TERMS: _listed(formats.Existence(), posting_size=-1),  # a value has any length
            SPELT: _listed(formats.Existence(), posting_size=0),
            ENTRY: fields.COLUMN(_texts()),
            SHEET: fields.COLUMN(_texts()),
            META: fields.COLUMN(_texts()),
            RECORD: fields.COLUMN(columns.FixedBytesColumn(RECORD_LENGTH)),
            TITLE_KEY: fields.COLUMN(columns.FixedBytesColumn(TITLE_LENGTH)),
        }
    )


def row_of(document: SearchDocument, thesaurus: Thesaurus) -> Row:
    """`document`, analysed with `thesaurus`, as it is written."""
    analysed = analyse_sheet(document, thesaurus)
    title = fold(document.title).encode("utf-8", "replace")
    return Row(
        {TERMS: _terms(analysed), SPELT: ((_spelt(word), 1.0, b"") for word in analysed.surfaces)},
        {
            ENTRY: f"{document.revision_id} {document.content_hash}".encode(),
            RECORD: record_of(document),
            SHEET: zlib.compress(_json(plain_values(document)), 1),
            TITLE_KEY: title[:TITLE_LENGTH].ljust(TITLE_LENGTH, b"\0"),
            META: b"",
        },
    )


def meta_row(meta: Meta) -> Row:
    """The one document that is no sheet, as it is written."""
    stored = {
        "fingerprint": fingerprint(),
        "position": meta.position,
        "edits": [asdict(edit) for edit in meta.edits],
    }
    # Whoosh miscounts a column of texts whose last value is missing: empty ones are written, too.
    return Row({}, {META: _json(stored), RECORD: bytes(RECORD_LENGTH), ENTRY: b"", SHEET: b""})


def read_meta(column_value: bytes) -> Meta:
    """What the index says of itself. Raises `AnotherFormat`, or `ValueError` when it is damaged."""
    stored: dict[str, Any] = json.loads(column_value)  # Any: JSON, the keys are those of meta_row
    edits = tuple(Edit(**{**edit, "kind": EditKind(edit["kind"])}) for edit in stored["edits"])
    meta = Meta(int(stored["position"]), edits)
    if stored["fingerprint"] != fingerprint():
        raise AnotherFormat("the search index was written by another version of the platform")
    return meta


def read_entry(column_value: bytes) -> tuple[int, str]:
    """The revision of a sheet, and the hash of its content. Raises `ValueError` when they are damaged."""
    revision, content_hash = column_value.decode().split(" ", 1)
    return int(revision), content_hash


def read_sheet(column_value: bytes) -> SearchDocument:
    """The whole document of one sheet. Raises `zlib.error` or `ValueError` when it is damaged."""
    stored: dict[str, Any] = json.loads(zlib.decompress(column_value))  # Any: JSON, the keys of the document
    for name, value in stored.items():
        if isinstance(value, list):
            stored[name] = tuple(value)
    return SearchDocument(**stored)


def plain_values(document: SearchDocument) -> dict[str, Any]:  # Any: one value a field
    """The fields of `document`: strings, numbers, tuples and plain dictionaries."""
    return {name: _plain(getattr(document, name)) for name in _NAMES}


def read_spelt(term: bytes) -> str:
    """The word of a term of `SPELT` as it was written."""
    return term.decode("utf-8", "replace").rpartition(_APART)[2]


_NAMES = tuple(field.name for field in fields_of(SearchDocument))


def _listed(form: formats.Format, posting_size: int) -> fields.FieldType:
    form.posting_size = posting_size
    return fields.FieldType(form, None)


def _texts() -> columns.VarBytesColumn:
    """A column of values of any length, whose beginnings are stored, not added up when it is opened."""
    return columns.VarBytesColumn(write_offsets_cutoff=0)


def _terms(sheet: AnalysedSheet) -> Iterator[Posting]:
    """The postings of the sheet: the part of BM25 that no question changes, and places of 16 bits."""
    norm = _K1 * (1 - _B + _B * sheet.length / _AVERAGE_LENGTH)
    places = sheet.places
    for term, weight in sheet.weights.items():
        yield term.encode(), weight * (_K1 + 1) / (weight + norm), array("H", places[term]).tobytes()


@lru_cache(maxsize=1 << 16)
def _spelt(word: str) -> bytes:
    """A word as it stands in the dictionary: by its letters without accents, those with them behind."""
    folded = fold(word)
    return (folded if folded == word else f"{folded}{_APART}{word}").encode("utf-8", "replace")


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
