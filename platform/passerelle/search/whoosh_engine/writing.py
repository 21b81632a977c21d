"""Write sheets, and what the index says of itself, in one commit."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from whoosh.index import FileIndex
from whoosh.writing import NO_MERGE

from passerelle.search.documents import SearchDocument
from passerelle.search.engine import Progress
from passerelle.search.whoosh_engine import merging
from passerelle.search.whoosh_engine.decoding import stored_segments
from passerelle.search.whoosh_engine.encoding import Row, RowWriter
from passerelle.search.whoosh_engine.merging import FULL, Policy
from passerelle.search.whoosh_engine.rows import rows_of
from passerelle.search.whoosh_engine.schema import Meta, meta_row, schema
from passerelle.search.whoosh_engine.storage import EVERYTHING, CheckedStorage
from passerelle.search.whoosh_engine.view import View


def change(
    folder: Path, view: View, gone: Iterable[int], rows: Sequence[Row], policy: Policy = merging.keep
) -> None:
    """Take the sheets numbered `gone` out and put `rows` in; the last row is what the index says of itself.

    `view` is what `folder` holds now. Either all of it happens or nothing; a crash leaves no trace that
    matters.
    """
    with _writer(FileIndex(CheckedStorage(folder, hashed=EVERYTHING), schema()), policy) as writer:
        for document in view.documents_numbered({0, *gone}):
            writer.delete_document(document)
        for row in rows:
            writer.add_row(row)


def merge(folder: Path) -> bool:
    """Merge what is crowded or worn in `folder`; what it holds stays the same. Answers whether it did."""
    storage = CheckedStorage(folder, hashed=EVERYTHING)
    index = FileIndex(storage, schema())
    if not merging.untidy(stored_segments(index)):
        return False
    with _writer(index, merging.tidy):
        return True


def build(folder: Path, documents: Iterable[SearchDocument], meta: Meta, progress: Progress | None) -> int:
    """Fill the empty `folder` with an index of `documents`; answers how many there were."""
    index = FileIndex.create(CheckedStorage(folder), schema())
    rows = rows_of(_each_once(documents, progress), meta)
    count = 0
    while True:
        with _writer(index, NO_MERGE) as writer:
            before = count
            for row in islice(rows, FULL):
                writer.add_row(row)
                count += 1
            if count - before < FULL:
                writer.add_row(meta_row(meta))
        if count - before < FULL:
            return count


def _each_once(documents: Iterable[SearchDocument], progress: Progress | None) -> Iterator[SearchDocument]:
    seen: set[int] = set()
    for document in documents:
        if document.number in seen:
            raise ValueError(f"sheet {document.number} is there twice")
        seen.add(document.number)
        yield document
        if progress and len(seen) % 100 == 0:
            progress(len(seen))


@contextmanager
def _writer(index: FileIndex, policy: Policy) -> Iterator[RowWriter]:
    """A writer that commits at the end, and leaves nothing behind when something fails."""
    writer = RowWriter(index)
    try:
        yield writer
        writer.commit(mergetype=policy)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise
