"""Read whole posting lists and columns out of a Whoosh segment: the only place that knows Whoosh's inside.

Whoosh's public matchers walk one posting at a time and filter deletions each time; a segment never changes,
so a list is taken whole, once, and deletions are applied to the result.
"""

from array import array
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from passerelle.search.whoosh_engine.schema import schema
from passerelle.search.whoosh_engine.storage import CheckedStorage


class Listed(NamedTuple):
    """One term's documents, ascending, with the weight and the value of each posting."""

    documents: "array[int]"
    weights: "array[float]"
    values: list[bytes]


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


def segments_in(storage: CheckedStorage) -> tuple[int, list[SegmentOnDisk]]:
    """The generation that is visible in `storage` and its segments, in the order of their documents."""
    fields = schema()
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


def read_list(reader: SegmentReader, field: str, term: bytes, *, values: bool = False) -> Listed:
    """All postings of `term`, none when the segment has it not; the values only when asked for."""
    listed = Listed(array("I"), array("f"), [])
    if (field, term) not in reader._terms:
        return listed
    matcher = reader._terms.matcher(field, term, reader.schema[field].format)
    if isinstance(matcher, W3LeafMatcher):
        _read_blocks(matcher, listed, values)
        return listed
    while matcher.is_active():
        listed.documents.append(matcher.id())
        listed.weights.append(matcher.weight())
        listed.values.append(matcher.value())
        matcher.next()
    return listed


def _read_blocks(matcher: W3LeafMatcher, listed: Listed, values: bool) -> None:
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        listed.documents.extend(matcher._ids)
        listed.weights.extend(matcher._weights)
        if values:
            matcher._read_values()
            listed.values.extend(matcher._values)
        matcher._next_block()
