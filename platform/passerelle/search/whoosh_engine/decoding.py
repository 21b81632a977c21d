"""Read whole posting lists, dictionaries and columns out of a Whoosh segment, past its public interface.

Whoosh's public matchers walk one posting at a time and filter deletions each time; a segment never changes,
so a list is taken whole, once, and deletions are applied to the result. Only here is read what Whoosh keeps
to itself.
"""

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import accumulate, repeat
from struct import Struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment as StoredSegment
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.columns import FixedBytesColumn
from whoosh.fields import Schema
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from passerelle.search.whoosh_engine.storage import CheckedStorage

_LENGTH = Struct("!i")


class Listed(NamedTuple):
    """One term's documents, ascending, how strongly each means it, and where it stands in them.

    The places in the i-th document are `places[offsets[i]:offsets[i + 1]]`; both are empty when they were
    not asked for.
    """

    documents: NDArray[np.uint32]
    impacts: NDArray[np.float32]
    places: NDArray[np.uint16]
    offsets: NDArray[np.int64]


class SegmentOnDisk(NamedTuple):
    """A segment as the table of contents names it: its name, size and deleted documents."""

    name: str
    size: int
    deleted: frozenset[int]
    open: Callable[[], SegmentReader]


class Block(NamedTuple):
    """Some postings of a term as they are stored: each document as its distance from the one before.

    One weight stands for all of them, None for 1.0; no values for empty ones.
    """

    gaps: Sequence[int]
    weights: float | Sequence[float] | None
    values: Sequence[bytes] | None

    def postings(self) -> Iterable[tuple[int, float, bytes]]:
        """Each document with its weight and its value."""
        weights, values = self.weights, self.values
        return zip(
            accumulate(self.gaps),
            weights if isinstance(weights, Sequence) else repeat(1.0 if weights is None else weights),
            repeat(b"") if values is None else values,
            strict=False,
        )

    @property
    def impacts(self) -> NDArray[np.float32]:
        """The weight of each posting."""
        weights = np.asarray(1.0 if self.weights is None else self.weights, np.float32)
        return np.broadcast_to(weights, len(self.gaps))

    @property
    def documents(self) -> NDArray[np.int64]:
        """The document of each posting."""
        return np.cumsum(np.array(self.gaps, np.int64))


def segments_in(storage: CheckedStorage, fields: Schema) -> tuple[int, list[SegmentOnDisk]]:
    """The generation that is visible in `storage` and its segments, in the order of their documents."""
    contents = FileIndex(storage, fields)._read_toc()
    found = [
        SegmentOnDisk(
            name=segment.segment_id(),
            size=segment.doc_count_all(),
            deleted=frozenset(segment.deleted_docs()),
            open=partial(SegmentReader, storage, fields, segment),
        )
        for segment in contents.segments
    ]
    return contents.generation, found


def stored_segments(index: FileIndex) -> list[StoredSegment]:
    """The segments of the newest commit, as Whoosh describes them."""
    segments: list[StoredSegment] = index._read_toc().segments
    return segments


def fixed_column(reader: SegmentReader, name: str) -> bytes:
    """The values of a column of fixed width, one after the other; default values at the end are missing."""
    if not reader.has_column(name):
        return b""
    column = reader.column_reader(name, translate=False)
    if not isinstance(column, FixedBytesColumn.Reader):
        raise TypeError(f"the column {name} has no fixed width")
    content: bytes = column._dbfile.get(column._basepos, column._count * column._fixedlen)
    return content


def read_list(reader: SegmentReader, field: str, term: bytes, *, places: bool = False) -> Listed:
    """All postings of `term`, none when the segment has it not; the places only when asked for."""
    documents: list[NDArray[np.uint32]] = [np.zeros(0, np.uint32)]
    impacts: list[NDArray[np.float32]] = [np.zeros(0, np.float32)]
    values: list[bytes] = []
    for block in _blocks_of(reader, field, term):
        documents.append(block.documents.astype(np.uint32))
        impacts.append(block.impacts)
        if places:
            values.extend(block.values or ())
    offsets = np.zeros(len(values) + places, np.int64)
    if places:
        np.cumsum(np.fromiter(map(len, values), np.int64, len(values)) // 2, out=offsets[1:])
    return Listed(
        np.concatenate(documents), np.concatenate(impacts), np.frombuffer(b"".join(values), "<u2"), offsets
    )


def blocks_in(reader: SegmentReader) -> Iterator[tuple[str, bytes, Block]]:
    """Every posting list of the segment, in pieces: its field, its term and a block, in their order."""
    terms = reader._terms
    for key, about in terms._tindex.items():
        field, term = terms._keydecoder(key)
        for block in _blocks(reader, W3TermInfo.from_bytes(about)):
            yield field, term, block


def _blocks_of(reader: SegmentReader, field: str, term: bytes) -> Iterator[Block]:
    if (field, term) not in reader._terms:
        return iter(())
    return _blocks(reader, reader._terms.term_info(field, term))


def _blocks(reader: SegmentReader, about: W3TermInfo) -> Iterator[Block]:
    if about.is_inlined():
        documents, weights, values = about.inlined_postings()
        yield Block(np.diff(documents, prepend=0).tolist(), weights, values or None)
        return
    offset, length = about.extent()
    length = length[0] if isinstance(length, tuple) else length  # Whoosh 2.7.4 forgets to unpack it
    stored = BytesIO(reader._terms._postfile.get(offset, length))
    if stored.read(len(WHOOSH3_HEADER_MAGIC)) != WHOOSH3_HEADER_MAGIC:
        raise ValueError("not a posting list")
    is_last = False
    while not is_last:
        (length,) = _LENGTH.unpack(stored.read(_LENGTH.size))
        is_last, end = length < 0, stored.tell() + abs(length)
        compressed = pickle.load(stored)[3]  # noqa: S301 (the folder is checked to be ours alone)
        content = stored.read(end - stored.tell())
        yield Block(*pickle.loads(zlib.decompress(content) if compressed else content))  # noqa: S301 (as above)


def terms_beginning(reader: SegmentReader, field: str, prefix: str) -> Iterator[tuple[bytes, int]]:
    """The terms of `field` that begin with `prefix`, in their order, each with how many documents have it."""
    terms, wanted = reader._terms, prefix.encode()
    for (name, term), about in terms.items_from(field, wanted):
        if name != field or not term.startswith(wanted):
            return
        yield term, about.doc_frequency()


class Dictionary(NamedTuple):
    """The terms of a field in order: their first bytes, up to a zero, and how many documents have each."""

    terms: NDArray[np.bytes_]
    documents: NDArray[np.int64]
    places: NDArray[np.int64]  # for `whole_term`


def read_dictionary(reader: SegmentReader, field: str, width: int) -> Dictionary:
    """All terms of `field`, cut to `width` bytes, without a step of their own for each."""
    index = reader._terms._tindex
    every = np.frombuffer(
        index.dbfile.get(index.indexbase, index.indexlen * index.indexsize), f">{index.extras['indextype']}"
    ).astype(np.int64)
    number = reader._terms._fieldmap.get(field)
    if number is None:
        every = every[:0]
    else:
        bounds = [index.closest_key_pos(each.to_bytes(2, "big")) for each in (number, number + 1)]
        first, last = (len(every) if each is None else int(np.searchsorted(every, each)) for each in bounds)
        every = every[first:last]
    content = np.frombuffer(index.dbfile._buf, np.uint8)
    lengths = _numbers_at(content, every)
    terms = content[np.minimum(every[:, None] + 10 + np.arange(width), len(content) - 1)]
    ends = np.minimum(lengths - 2, np.where((terms == 0).any(axis=1), (terms == 0).argmax(axis=1), width))
    terms = np.where(np.arange(width) < ends[:, None], terms, np.uint8(0))
    documents = _numbers_at(content, every + 8 + lengths + 5)
    return Dictionary(np.ascontiguousarray(terms).view(f"S{width}").ravel(), documents, every)


def whole_term(reader: SegmentReader, place: int) -> bytes:
    """The term at one of the `places` of a dictionary."""
    key: bytes = reader._terms._tindex.key_at(place)
    return key[2:]


def _numbers_at(content: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The 32-bit numbers that stand at `places`."""
    return np.ascontiguousarray(content[places[:, None] + np.arange(4)]).view(">u4").ravel().astype(np.int64)
