"""The search engine that lives in a folder: the port, on Whoosh."""

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from threading import RLock, Thread, local

from passerelle.core.clock import now
from passerelle.search.documents import SearchDocument
from passerelle.search.engine import Entry, IndexBusy, IndexUnusable, Progress, SearchError
from passerelle.search.explanation import Explanation
from passerelle.search.lock import writing
from passerelle.search.meaning.port import Meaning, NoMeaning
from passerelle.search.page import SearchPage
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine import merging
from passerelle.search.whoosh_engine.answer import Answer
from passerelle.search.whoosh_engine.day import Day
from passerelle.search.whoosh_engine.explain import explain
from passerelle.search.whoosh_engine.generations import Generations, Stamp
from passerelle.search.whoosh_engine.loading import check, load, named, verify, visible
from passerelle.search.whoosh_engine.schema import Meta, meta_row, row_of
from passerelle.search.whoosh_engine.spelling import complete
from passerelle.search.whoosh_engine.view import View
from passerelle.search.whoosh_engine.writing import build, change, merge
from passerelle.vocabulary.thesaurus import Edit, Thesaurus

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

    def __init__(
        self,
        root: Path,
        *,
        patience: float = PATIENCE,
        today: Callable[[], date] = _today,
        meaning: Meaning | None = None,
    ) -> None:
        self._meaning = meaning or NoMeaning()
        self._generations = Generations(root)
        self._patience = patience
        self._today = today
        self._lock = RLock()
        self._mine = local()  # `held` where this thread has the permission to write
        self._damaged = ""  # the folder in which a file was found to be damaged after it was opened
        self._tidied = ""  # the generation in which there was nothing to merge
        self._loaded: View | None = None
        self._unchanged: tuple[Stamp, View] | None = None  # what was visible, and how one knows that it is
        self._day: tuple[View, date, Day] | None = None

    def put(self, documents: Iterable[SearchDocument], position: int) -> None:
        """See `SearchEngine.put`."""
        newest = {document.number: document for document in documents}
        with self._changing() as (folder, view):
            meta = view.meta._replace(position=position)
            rows = [*(row_of(document, view.thesaurus) for document in newest.values()), meta_row(meta)]
            change(folder, view, newest, rows)

    def remove(self, numbers: Iterable[int], position: int, *, forget: bool = False) -> None:
        """See `SearchEngine.remove`. Forgetting rewrites the segments that held the sheets.

        A first commit takes the sheets away from readers, a second one their words out of the files. The
        position moves with the second: what a crash cut off is done again.
        """
        with self._changing() as (folder, view):
            meta = meta_row(view.meta._replace(position=position))
            if not forget:
                change(folder, view, numbers, [meta])
                return
            change(folder, view, numbers, [meta_row(view.meta)])
            change(folder, load(folder, view).view, (), [meta], merging.purge)
            self._generations.clean(at_once=True)

    def tidy(self) -> bool:
        """See `SearchEngine.tidy`."""
        with _guarded():
            if self._tidied == visible(self._generations.current()):
                return False
        with self._changing() as (folder, _):
            did = merge(folder)
            self._tidied = "" if did else visible(folder)
        return did

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        position: int,
        progress: Progress | None = None,
        *,
        edits: Iterable[Edit] = (),
    ) -> int:
        """See `SearchEngine.rebuild`. Raises `IndexUnusable` when the folder cannot be written.

        Other writers find the index busy until it is done.
        """
        try:
            with self.alone():
                with self._generations.building() as folder:
                    count = build(folder, documents, Meta(position, tuple(edits)), progress)
                self._generations.clean()
        except OSError as problem:
            raise IndexUnusable("the search index cannot be written") from problem
        return count

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See `SearchEngine.alone`. Raises `IndexUnusable` when the folder cannot be written."""
        if getattr(self._mine, "held", False):
            yield
            return
        with ExitStack() as held:
            try:
                self._generations.prepare()
                held.enter_context(writing(self._generations.root, self._patience))
            except OSError as problem:
                raise IndexUnusable("the search index cannot be written") from problem
            self._mine.held = True
            held.callback(setattr, self._mine, "held", False)
            yield

    def search(self, request: SearchRequest) -> SearchPage:
        """See `SearchEngine.search`."""
        with self._reading() as view:
            return Answer(self._day_of(view), request, self._meaning).page()

    def explain(self, request: SearchRequest, number: int) -> Explanation | None:
        """See `SearchEngine.explain`."""
        with self._reading() as view:
            day = self._day_of(view)
            return explain(day, Answer(day, request, self._meaning), request, number)

    def position(self) -> int:
        """See `SearchEngine.position`."""
        with self._reading() as view:
            return view.position

    def thesaurus(self) -> Thesaurus:
        """See `SearchEngine.thesaurus`."""
        with self._reading() as view:
            return view.thesaurus

    def complete(self, prefix: str, limit: int) -> list[str]:
        """See `SearchEngine.complete`."""
        with self._reading() as view:
            return complete(view, prefix, limit)

    def contents(self) -> Iterator[Entry]:
        """See `SearchEngine.contents`."""
        with self._reading() as view:
            return iter(list(view.entries()))

    def sheets(self, numbers: Iterable[int]) -> list[SearchDocument]:
        """See `SearchEngine.sheets`."""
        with self._reading() as view:
            return [
                view.shown(document).sheet
                for number in numbers
                if (document := view.document_of(number)) is not None
            ]

    def generation(self) -> str:
        """See `SearchEngine.generation`."""
        with _guarded():
            return f"{visible(self._generations.current())} {self._meaning.version()}".rstrip()

    def is_stale(self) -> bool:
        """See `SearchEngine.is_stale`."""
        with _guarded():
            return self._loaded is None or self._loaded.generation != visible(self._generations.current())

    def verify(self) -> None:
        """See `SearchEngine.verify`."""
        with _guarded():
            verify(self._generations.current())

    def close(self) -> None:
        """See `SearchEngine.close`."""
        self._loaded = self._day = self._unchanged = None

    @contextmanager
    def _changing(self) -> Iterator[tuple[Path, View]]:
        """The only permission to write: the folder of the current index, and what it holds now."""
        with _guarded():
            self._generations.current()
        with self.alone(), self._reading() as view:
            yield self._generations.current(), view
            self._generations.clean()

    @contextmanager
    def _reading(self) -> Iterator[View]:
        try:
            with _guarded():
                yield self._view()
        except IndexUnusable:
            self._loaded = self._day = self._unchanged = None
            raise

    def _day_of(self, view: View) -> Day:
        """What `view` is today, made once a day and generation."""
        kept, today = self._day, self._today()
        if kept is None or kept[:2] != (view, today):
            kept = self._day = (view, today, Day(view, today))
        return kept[2]

    def _view(self) -> View:
        """The view of what is visible now."""
        kept, stamp = self._unchanged, self._generations.stamp()
        if kept and kept[0] == stamp and not self._damaged:
            return kept[1]
        view = self._visible_view()
        self._unchanged = (stamp, view) if stamp else None
        return view

    def _visible_view(self) -> View:
        folder = self._generations.current()
        if self._damaged:
            self._refuse(folder)
        loaded = self._loaded
        if loaded is None or loaded.generation != visible(folder):
            with self._lock:
                loaded = self._loaded
                if loaded is None or loaded.generation != visible(folder):
                    loaded, unchecked = load(folder, loaded)
                    self._loaded = loaded
                    self._check_later(folder, unchecked)
        return loaded

    def _refuse(self, folder: Path) -> None:
        """Raise `IndexUnusable` when `folder` is the damaged one; else the damage is gone, and forgotten."""
        with self._lock:
            if self._damaged == named(folder):
                raise IndexUnusable("a file of the search index is not what was written")
            self._damaged = ""

    def _check_later(self, folder: Path, files: Sequence[Path]) -> None:
        """Compare large files with their hashes in the background; the index is unusable when one differs."""

        name = named(folder)

        def run() -> None:
            try:
                check(files)
            except (IndexUnusable, OSError):
                with self._lock:
                    self._damaged = name

        if files:
            Thread(target=run, name="search-checker", daemon=True).start()


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
