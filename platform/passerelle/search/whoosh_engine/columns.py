"""Keep what facets and orders need of every sheet as one record a document, read into arrays at once."""

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

from passerelle.search.documents import SIZE_CLASSES, SearchDocument, size_class
from passerelle.search.whoosh_engine.decoding import fixed_column
from passerelle.vocabulary import FORMS, LANGUAGES, PARTNER_KINDS, PROVINCES, REGIONS, TARGET_GROUPS
from passerelle.vocabulary.communes import communes

RECORD: Final = "record"  # the column of Whoosh that holds the records
TITLE_KEY: Final = "title_key"  # and the one that holds the titles to sort by
TITLE_LENGTH: Final = 60  # bytes of it; the rest no longer decides the order

UNKNOWN: Final = 255
UNKNOWN_COMMUNE: Final = 65_535
NOT_SAID, NO, YES = 0, 1, 2


class Columns(NamedTuple):
    """What is known of every document of a segment, by its place.

    Codes are bits (bit i for the i-th of the list) or indexes in their list, 255 (communes 65535) for
    unknown. Days are yyyymmdd, 0 for unknown; a start that is only a year is its beginning (20130000), an
    end that is only a year lies after its last day (20139999), so that they compare as numbers.
    """

    numbers: NDArray[np.int64]  # 0: the document of the position
    published: NDArray[np.int64]  # seconds since 1970, 0 for unknown
    groups: NDArray[np.uint32]  # bits of TARGET_GROUPS
    partners: NDArray[np.uint32]  # bits of PARTNER_KINDS
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    forms: NDArray[np.uint16]  # bits of FORMS
    commune: NDArray[np.uint16]  # index in communes()
    language: NDArray[np.uint8]  # index in LANGUAGES
    region: NDArray[np.uint8]  # index in REGIONS
    province: NDArray[np.uint8]  # index in PROVINCES
    size: NDArray[np.uint8]  # index in SIZE_CLASSES
    evaluated: NDArray[np.uint8]  # 0 or 1
    ongoing: NDArray[np.uint8]  # NOT_SAID, NO or YES


_TYPES: Final = np.dtype(
    list(
        zip(
            Columns._fields,
            ["i8", "i8", "u4", "u4", "u4", "u4", "u2", "u2", "u1", "u1", "u1", "u1", "u1", "u1"],
            strict=True,
        )
    )
).newbyteorder("<")
_PACKING: Final = struct.Struct("<qqIIIIHHBBBBBB")
RECORD_LENGTH: Final = _PACKING.size


def read_columns(reader: SegmentReader, size: int) -> Columns:
    """The columns of a segment of `size` documents, copied: 46 bytes each."""
    records = np.zeros(size, _TYPES)
    stored = np.frombuffer(fixed_column(reader, RECORD), _TYPES)
    records[: len(stored)] = stored
    return Columns(*(np.ascontiguousarray(records[name]) for name in Columns._fields))


def read_title_keys(reader: SegmentReader, size: int) -> NDArray[np.bytes_]:
    """The titles to sort by: folded, in UTF-8, cut to `TITLE_LENGTH` bytes."""
    keys = np.zeros(size, f"S{TITLE_LENGTH}")
    stored = np.frombuffer(fixed_column(reader, TITLE_KEY), keys.dtype)
    keys[: len(stored)] = stored
    return keys


def record_of(document: SearchDocument) -> bytes:
    """`document` as one record. Codes that are in no list any more are left out."""
    size = size_class(document.inhabitants)
    return _PACKING.pack(
        document.number,
        _seconds(document.published_at),
        _bits(TARGET_GROUPS.codes, document.target_groups),
        _bits(PARTNER_KINDS.codes, document.partner_kinds),
        _day(document.starts, "0"),
        _day(document.ends, "9"),
        _bits(FORMS.codes, document.violence_forms),
        _places_of_communes().get(document.commune, UNKNOWN_COMMUNE),
        _place(LANGUAGES, document.language),
        _place(REGIONS.codes, document.region),
        _place(PROVINCES.codes, document.province),
        UNKNOWN if size is None else SIZE_CLASSES.index(size),
        document.evaluated,
        NOT_SAID if document.ongoing is None else YES if document.ongoing else NO,
    )


@cache
def _places_of_communes() -> Mapping[str, int]:
    return {commune.nis: place for place, commune in enumerate(communes())}


def _bits(codes: tuple[str, ...], chosen: tuple[str, ...]) -> int:
    return sum(1 << codes.index(code) for code in set(chosen) if code in codes)


def _place(codes: tuple[str, ...], code: str) -> int:
    return codes.index(code) if code in codes else UNKNOWN


def _day(written: str | None, rest: str) -> int:
    """ "2013", "2013-06" or "2013-06-26" as a number of eight digits."""
    return int(written.replace("-", "").ljust(8, rest)) if written else 0


def _seconds(written: str) -> int:
    if not written:
        return 0
    moment = datetime.fromisoformat(written)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
