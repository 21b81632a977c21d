"""Read whole posting lists and columns out of a Whoosh segment: the only place that knows Whoosh's inside.

Whoosh's public matchers walk one posting at a time and filter deletions each time; a segment never changes,
so a list is taken whole, once, and deletions are applied to the result.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
from whoosh.columns import FixedBytesColumn
from whoosh.fields import Schema
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from passerelle.search.whoosh_engine.storage import CheckedStorage


class PlainListed(NamedTuple):
    """One term's documents, ascending, with the weight and the value of each posting."""

    documents: "array[int]"
    weights: "array[float]"
    values: list[bytes]


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


def codec() -> W3Codec:
    """Whoosh's own codec: lengths of fields are not asked for, since the weights already hold them."""
    stock = W3Codec()
    stock.length_stats = False
    return stock


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
    for ids, weights, block_values in _blocks(reader, field, term):
        documents.append(ids)
        impacts.append(np.broadcast_to(np.asarray(1.0 if weights is None else weights, np.float32), len(ids)))
        if places:
            values.extend(block_values)
    offsets = np.zeros(len(values) + places, np.int64)
    if places:
        np.cumsum(np.fromiter(map(len, values), np.int64, len(values)) // 2, out=offsets[1:])
    return Listed(
        np.concatenate(documents), np.concatenate(impacts), np.frombuffer(b"".join(values), "<u2"), offsets
    )


_Block = tuple[NDArray[np.uint32], float | Sequence[float] | None, Sequence[bytes]]


def _blocks(reader: SegmentReader, field: str, term: bytes) -> Iterator[_Block]:
    """The blocks of a posting list: documents, one weight for all (None: 1.0) or one each, values."""
    if (field, term) not in reader._terms:
        return
    matcher = reader._terms.matcher(field, term, reader.schema[field].format)
    if not isinstance(matcher, W3LeafMatcher):  # so short a list that it stands in the dictionary
        yield np.array(matcher._ids, np.uint32), matcher._weights, matcher._values
        return
    while matcher.is_active():
        matcher._read_data()
        gaps, weights, values = matcher._data
        yield np.cumsum(np.array(gaps, np.uint32), dtype=np.uint32), weights, values
        matcher._next_block()


def read_arrays(reader: SegmentReader, field: str, term: bytes, *, values: bool = False) -> PlainListed:
    """All postings of `term` as plain arrays."""
    listed = PlainListed(array("I"), array("f"), [])
    if (field, term) not in reader._terms:
        return listed
    matcher = reader._terms.matcher(field, term, reader.schema[field].format)
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        listed.documents.extend(matcher._ids)
        listed.weights.extend(matcher._weights)
        if values:
            matcher._read_values()
            listed.values.extend(matcher._values)
        matcher._next_block()
    return listed
