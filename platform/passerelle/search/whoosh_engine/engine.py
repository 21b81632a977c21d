"""The search engine that lives in a folder: the port, on Whoosh."""

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from threading import RLock

from passerelle.core.clock import now
from passerelle.search.documents import SearchDocument
from passerelle.search.engine import Entry, IndexBusy, IndexUnusable, Progress, SearchError
from passerelle.search.page import SearchPage
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.answer import Answer
from passerelle.search.whoosh_engine.facets import Facets
from passerelle.search.whoosh_engine.generations import Generations
from passerelle.search.whoosh_engine.loading import load, visible
from passerelle.search.whoosh_engine.lock import writing
from passerelle.search.whoosh_engine.merging import FULL, SMALL, Policy, merging
from passerelle.search.whoosh_engine.schema import position_row, row_of
from passerelle.search.whoosh_engine.view import View
from passerelle.search.whoosh_engine.writing import build, change

PATIENCE = 10.0
"""How many seconds a writer waits for another one before it gives up."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def _today() -> date:
    return now().date()


class WhooshEngine:
    """Implements `SearchEngine` in the folder `root`, which is made when the index is first built.

    One object serves all threads of a process and any number of processes share a folder. `today` decides
    which sheets are running.
    """

    def __init__(self, root: Path, *, patience: float = PATIENCE, today: Callable[[], date] = _today) -> None:
        self._generations = Generations(root)
        self._patience = patience
        self._today = today
        self._lock = RLock()
        self._loaded: View | None = None
        self._facets: tuple[View, date, Facets] | None = None

    def put(self, documents: Iterable[SearchDocument], position: int) -> None:
        """See `SearchEngine.put`."""
        newest = {document.number: document for document in documents}
        rows = [*map(row_of, newest.values()), position_row(position)]
        self._change(newest, rows, merging(SMALL))

    def remove(self, numbers: Iterable[int], position: int, *, forget: bool = False) -> None:
        """See `SearchEngine.remove`. Forgetting rewrites the segments that held the sheets."""
        self._change(numbers, [position_row(position)], merging(SMALL, purge=forget), forget=forget)

    def tidy(self) -> None:
        """See `SearchEngine.tidy`."""
        self._change((), None, merging(FULL))

    def rebuild(
        self, documents: Iterable[SearchDocument], position: int, progress: Progress | None = None
    ) -> int:
        """See `SearchEngine.rebuild`. Raises `IndexUnusable` when the folder cannot be written.

        Other writers find the index busy until it is done.
        """
        try:
            self._generations.prepare()
            with self._writing():
                with self._generations.building() as folder:
                    count = build(folder, documents, position, progress)
                self._generations.clean()
        except OSError as problem:
            raise IndexUnusable("the search index cannot be written") from problem
        return count

    def search(self, request: SearchRequest) -> SearchPage:
        """See `SearchEngine.search`."""
        with self._reading() as view:
            return Answer(view, self._facets_of(view), request).page()

    def position(self) -> int:
        """See `SearchEngine.position`."""
        with self._reading() as view:
            return view.position

    def contents(self) -> Iterator[Entry]:
        """See `SearchEngine.contents`."""
        with self._reading() as view:
            return iter(list(view.entries()))

    def generation(self) -> str:
        """See `SearchEngine.generation`."""
        with _guarded():
            return visible(self._generations.current())

    def is_stale(self) -> bool:
        """See `SearchEngine.is_stale`."""
        return self._loaded is None or self._loaded.generation != self.generation()

    def verify(self) -> None:
        """See `SearchEngine.verify`."""
        with _guarded():
            load(self._generations.current(), None)

    def close(self) -> None:
        """See `SearchEngine.close`."""
        self._loaded = self._facets = None

    def _change(
        self,
        gone: Iterable[int],
        rows: list[dict[str, object]] | None,
        policy: Policy,
        *,
        forget: bool = False,
    ) -> None:
        with _guarded():
            self._generations.current()
        with self._writing(), self._reading() as view:
            folder = self._generations.current()
            change(folder, view, gone, rows or [position_row(view.position)], policy)
            self._generations.clean(at_once=forget)

    def _writing(self) -> AbstractContextManager[None]:
        return writing(self._generations.root, self._patience)

    @contextmanager
    def _reading(self) -> Iterator[View]:
        try:
            with _guarded():
                yield self._view()
        except IndexUnusable:
            self._loaded = self._facets = None
            raise

    def _facets_of(self, view: View) -> Facets:
        """The facets of `view` today, made once a day and generation."""
        kept, today = self._facets, self._today()
        if kept is None or kept[:2] != (view, today):
            kept = self._facets = (view, today, Facets(view, today))
        return kept[2]

    def _view(self) -> View:
        """The view of what is visible now."""
        folder = self._generations.current()
        loaded = self._loaded
        if loaded is None or loaded.generation != visible(folder):
            with self._lock:
                loaded = self._loaded
                if loaded is None or loaded.generation != visible(folder):
                    loaded = self._loaded = load(folder, loaded)
        return loaded


@contextmanager
def _guarded() -> Iterator[None]:
    """Whatever a damaged index makes Whoosh raise is one answer: the index is unusable."""
    try:
        yield
    except SearchError:
        raise
    except OSError as problem:
        if problem.errno in _NO_ROOM:
            raise IndexBusy("there is no room left to write the search index") from problem
        raise IndexUnusable("the search index cannot be read") from problem
    except (Exception, MemoryError) as problem:
        raise IndexUnusable("the search index is damaged") from problem
