"""Make the vectors of sheets that have none, and erase those of sheets that are gone."""

import logging
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session, sessionmaker

from passerelle.core.database import reading
from passerelle.search.engine import IndexBusy, IndexUnusable, Progress, SearchEngine
from passerelle.search.meaning.store import VectorFile
from passerelle.search.meaning.vectors import Vectors
from passerelle.search.projector import documents_of, log_failure

logger = logging.getLogger("passerelle.search")

BATCH = 16
"""How many sheets are read before looking whether there is something else to do: about half a second."""


class VectorMaker:
    """Keeps the vectors in step with the index: made once, asked often."""

    def __init__(self, sessions: sessionmaker[Session], engine: SearchEngine, vectors: Vectors) -> None:
        self._sessions = sessions
        self._engine = engine
        self._vectors = vectors
        self._settled = ("", "")

    def prepare(self) -> None:
        """Have all in memory that questions need: nobody waits for it, and processes parted now share it."""
        self._vectors.prepare()

    def work(self, stop: Callable[[], bool], progress: Progress | None = None) -> int:
        """Make the vectors that are missing until there are none left or `stop()`; answers how many sheets.

        Those of sheets that are no longer found are erased first. The index is only read; without a usable
        one nothing is done, nor when somebody else is making vectors. Raises `OSError` when the folder cannot
        be written.
        """
        try:
            now = self._now()
            if self._settled == now:
                return 0
            if not self._vectors.encoder.is_there() and not self._vectors.store.path.exists():
                return 0
            with self._vectors.store.open() as file:
                done = self._work(file, stop, progress)
        except (IndexBusy, IndexUnusable):
            return 0
        if not done and not stop():
            self._settled = now  # as it was before looking: whatever changed meanwhile is looked at again
        return done

    def _work(self, file: VectorFile, stop: Callable[[], bool], progress: Progress | None) -> int:
        """Erase, then make, a batch at a time."""
        wanted = {entry.number: entry.content_hash for entry in self._engine.contents()}
        kept = file.contents()
        file.erase([number for number in kept if number not in wanted])
        missing = [number for number, of in wanted.items() if kept.get(number) != of]
        done = 0
        for at in range(0, len(missing) if self._vectors.encoder.is_there() else 0, BATCH):
            if stop():
                break
            done += self._make(file, missing[at : at + BATCH])
            if progress:
                progress(done)
        return done

    def _make(self, file: VectorFile, numbers: Sequence[int]) -> int:
        with reading(self._sessions) as session:
            sheets = documents_of(session, numbers, log_failure)
        found = self._vectors.read(sheets)
        file.keep(found)
        return len(found)

    def _now(self) -> tuple[str, str]:
        return self._engine.generation(), self._vectors.version()
