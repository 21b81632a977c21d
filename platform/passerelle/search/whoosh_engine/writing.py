"""Write sheets and the position into an index, in one commit."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from whoosh.index import FileIndex
from whoosh.writing import NO_MERGE, SegmentWriter

from passerelle.search.documents import SearchDocument
from passerelle.search.engine import Progress
from passerelle.search.whoosh_engine.decoding import codec
from passerelle.search.whoosh_engine.merging import FULL, Policy
from passerelle.search.whoosh_engine.schema import position_row, row_of, schema
from passerelle.search.whoosh_engine.storage import CheckedStorage
from passerelle.search.whoosh_engine.view import View

_MEMORY = 96  # megabytes by Whoosh's count: a full segment fits, and is never sorted through files


def change(
    folder: Path, view: View, gone: Iterable[int], rows: Iterable[dict[str, object]], policy: Policy
) -> None:
    """Take the sheets numbered `gone` out and put `rows` in; the last row is the new position.

    `view` is what `folder` holds now. Either all of it happens or nothing; a crash leaves no trace that
    matters.
    """
    storage = CheckedStorage(folder)
    writer = _writer(FileIndex(storage, schema()))
    try:
        for document in view.documents_numbered({0, *gone}):
            writer.delete_document(document)
        for row in rows:
            writer.add_document(**row)
        writer.commit(mergetype=policy)
    except BaseException:
        _cancel(writer)
        raise


def build(folder: Path, documents: Iterable[SearchDocument], position: int, progress: Progress | None) -> int:
    """Fill the empty `folder` with an index of `documents`; answers how many there were."""
    index = FileIndex.create(CheckedStorage(folder), schema())
    coming = iter(documents)
    seen: set[int] = set()
    while True:
        writer = _writer(index)
        try:
            full = _add(writer, islice(coming, FULL), seen, progress)
            if not full:
                writer.add_document(**position_row(position))
            writer.commit(mergetype=NO_MERGE)
        except BaseException:
            _cancel(writer)
            raise
        if not full:
            return len(seen)


def _add(
    writer: SegmentWriter, documents: Iterable[SearchDocument], seen: set[int], progress: Progress | None
) -> bool:
    """Add one segment of documents; answers whether there may be more."""
    before = len(seen)
    for document in documents:
        if document.number in seen:
            raise ValueError(f"sheet {document.number} is there twice")
        seen.add(document.number)
        writer.add_document(**row_of(document))
        if progress and len(seen) % 100 == 0:
            progress(len(seen))
    return len(seen) - before == FULL


def _writer(index: FileIndex) -> SegmentWriter:
    return SegmentWriter(index, limitmb=_MEMORY, codec=codec())


def _cancel(writer: SegmentWriter) -> None:
    if not writer.is_closed:
        writer.cancel()
