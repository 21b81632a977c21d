"""Decide which segments a commit merges: few enough that nobody waits for them."""

from collections.abc import Callable

from whoosh.codec.base import Segment as StoredSegment
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

FULL = 1000
"""Sheets in a segment that is never merged with another: forgetting a sheet rewrites no more than these."""

SMALL = 128
"""Sheets a `put` may rewrite on its way: a few tenths of a second."""

_MANY = 8  # segments of like size before they are merged

Policy = Callable[[SegmentWriter, list[StoredSegment]], list[StoredSegment]]


def merging(budget: int, *, purge: bool = False) -> Policy:
    """A policy that rewrites at most `budget` sheets of small segments, and drops empty segments.

    With `purge`, segments that hold deleted sheets are rewritten too, however large.
    """

    def policy(writer: SegmentWriter, segments: list[StoredSegment]) -> list[StoredSegment]:
        living = [segment for segment in segments if segment.doc_count() > 0]
        chosen = [segment for segment in living if purge and segment.has_deletions()]
        chosen += crowded([segment for segment in living if segment not in chosen], budget)
        for segment in chosen:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        return [segment for segment in living if segment not in chosen]

    return policy


def crowded(segments: list[StoredSegment], budget: int) -> list[StoredSegment]:
    """The smallest segments, when there are many of like size and together they fit in `budget`."""
    tiers: dict[int, list[StoredSegment]] = {}
    for segment in sorted(segments, key=lambda each: int(each.doc_count_all())):
        tiers.setdefault(segment.doc_count_all().bit_length() // 3, []).append(segment)
    chosen: list[StoredSegment] = []
    room = budget
    for _, tier in sorted(tiers.items()):
        size = sum(segment.doc_count_all() for segment in tier)
        if (len(tier) >= _MANY or chosen) and size <= room:
            chosen += tier
            room -= size
        elif not chosen:
            continue
        else:
            break
    return chosen
