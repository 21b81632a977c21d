"""Decide which segments a commit merges: few enough that nobody waits for them."""

from collections.abc import Callable

from whoosh.codec.base import Segment as StoredSegment
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

FULL = 20_000
"""Sheets in a segment that is not merged with others any more; it is when a quarter of them is deleted."""

SMALL = 64
"""Sheets a `put` may rewrite on its way: some hundredths of a second."""

_MANY = 8  # segments of like size before they are merged in an idle moment
_TOO_MANY = 24  # and before a `put` does it
_WORN = 4  # a segment is rewritten when one in so many of its sheets is deleted

Policy = Callable[[SegmentWriter, list[StoredSegment]], list[StoredSegment]]


def keep(_writer: SegmentWriter, segments: list[StoredSegment]) -> list[StoredSegment]:
    """The policy that merges a few small segments when there are too many of them."""
    return _merge(_writer, segments, crowded(living(segments), SMALL, _TOO_MANY))


def tidy(writer: SegmentWriter, segments: list[StoredSegment]) -> list[StoredSegment]:
    """The policy of idle moments: merges what is crowded, rewrites what is worn."""
    return _merge(writer, segments, untidy(segments))


def purge(writer: SegmentWriter, segments: list[StoredSegment]) -> list[StoredSegment]:
    """The policy that rewrites every segment that holds deleted sheets, however large."""
    return _merge(writer, segments, [segment for segment in living(segments) if segment.has_deletions()])


def untidy(segments: list[StoredSegment]) -> list[StoredSegment]:
    """The segments that an idle moment would merge into one."""
    crowd = crowded(living(segments), FULL, _MANY)
    if crowd:
        return crowd
    return [each for each in living(segments) if each.deleted_count() * _WORN > each.doc_count_all()][:1]


def living(segments: list[StoredSegment]) -> list[StoredSegment]:
    """The segments that hold more than deleted sheets."""
    return [segment for segment in segments if segment.doc_count() > 0]


def crowded(segments: list[StoredSegment], budget: int, many: int) -> list[StoredSegment]:
    """The smallest segments of which there are `many` of like size, as many as fit in `budget` sheets.

    When what they become makes those of the next size crowded, these come along.
    """
    tiers: dict[int, list[StoredSegment]] = {}
    for segment in sorted(segments, key=lambda each: int(each.doc_count())):
        tiers.setdefault(segment.doc_count().bit_length() // 3, []).append(segment)
    chosen: list[StoredSegment] = []
    for _, tier in sorted(tiers.items()):
        if len(tier) + bool(chosen) >= many:
            for segment in tier:
                budget -= segment.doc_count()
                chosen += [segment] if budget >= 0 else []
        elif chosen:
            break
    return chosen if len(chosen) > 1 else []


def _merge(
    writer: SegmentWriter, segments: list[StoredSegment], chosen: list[StoredSegment]
) -> list[StoredSegment]:
    """Add the living sheets of `chosen` to the segment being written; answers the others that live."""
    for segment in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in living(segments) if segment not in chosen]
