"""Analyse sheets into rows of the index: few of them here, many of them in processes of their own.

A process of its own is this module, run with `python -m`: it is no fork, so that it can be started from any
thread of any server, and it holds nothing but the thesaurus.
"""

import os
import pickle
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, islice
from queue import SimpleQueue
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer
from types import TracebackType
from typing import IO, Final

from passerelle.search.documents import SearchDocument
from passerelle.search.whoosh_engine.encoding import Row
from passerelle.search.whoosh_engine.schema import Meta, plain_values, row_of

HERE = 1_000
"""So many sheets are analysed before it is worth the time to start processes."""

LONGEST = 60.0
"""Seconds a process may take for a batch, which is some tenths of a second of work: then it is ended."""

MODULE: Final = "passerelle.search.whoosh_engine.rows"  # this one

_BATCH = 50
_WAITING = 20  # batches that may be ready before one that is not
_MOST_PROCESSES = 4
_KINDNESS = 5  # processes that answer visitors go first
_TOLD = ("PATH", "LANG", "LANGUAGE")


def rows_of(documents: Iterable[SearchDocument], meta: Meta) -> Iterator[Row]:
    """The rows of `documents`, in their order; never more than about a thousand are waiting."""
    coming = iter(documents)
    thesaurus = meta.thesaurus
    for document in islice(coming, HERE):
        yield row_of(document, thesaurus)
    others = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES) - 1
    first = list(islice(coming, _BATCH))
    if not first or not others:
        yield from (row_of(document, thesaurus) for document in chain(first, coming))
        return
    with _Crew(meta, others) as crew:
        yield from crew.rows_of(chain(first, coming))


class _Crew:
    """Some processes that analyse, and a thread to talk to each."""

    def __init__(self, meta: Meta, size: int) -> None:
        self._meta = meta
        self._thesaurus = meta.thesaurus
        self._size = size
        self._idle: SimpleQueue[_Analyst] = SimpleQueue()
        self._open = ExitStack()

    def __enter__(self) -> "_Crew":
        self._threads = self._open.enter_context(ThreadPoolExecutor(self._size))
        for _ in range(self._size):
            analyst = _Analyst(self._meta)
            self._open.callback(analyst.close)
            self._idle.put(analyst)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def rows_of(self, documents: Iterator[SearchDocument]) -> Iterator[Row]:
        """The rows of `documents`, in their order."""
        waiting: deque[Future[Sequence[Row]]] = deque()
        while batch := list(islice(documents, _BATCH)):
            if sum(not each.done() for each in waiting) < 2 * self._size:
                waiting.append(self._threads.submit(self._analyse, batch))
            else:
                waiting.append(self._analysed_here(batch))
            while waiting and (waiting[0].done() or len(waiting) > _WAITING):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()

    def _analysed_here(self, documents: Sequence[SearchDocument]) -> "Future[Sequence[Row]]":
        """Nobody stands idle: what the others have no time for is done by this process itself."""
        done: Future[Sequence[Row]] = Future()
        done.set_result([row_of(document, self._thesaurus).ready() for document in documents])
        return done

    def _analyse(self, documents: Sequence[SearchDocument]) -> Sequence[Row]:
        analyst = self._idle.get()
        try:
            return analyst.rows_of(documents)
        finally:
            self._idle.put(analyst)


class _Analyst:
    """One process that analyses; when it cannot, its work is done here."""

    def __init__(self, meta: Meta) -> None:
        self._thesaurus = meta.thesaurus
        self._process: Popen[bytes] | None = None
        with suppress(OSError):
            self._process = _started()
            with _in_time(self._process):
                _send(self._process.stdin, meta.edits)

    def rows_of(self, documents: Sequence[SearchDocument]) -> Sequence[Row]:
        """The rows of `documents`; raises what analysing them here raises."""
        process = self._process
        if process is not None and process.stdout is not None:
            try:
                with _in_time(process):
                    _send(process.stdin, [plain_values(document) for document in documents])
                    rows: Sequence[Row] = pickle.load(process.stdout)  # noqa: S301 (from our own process)
            except (OSError, EOFError, ValueError, pickle.UnpicklingError):
                self.close()
            else:
                return rows
        return [row_of(document, self._thesaurus) for document in documents]

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError), process:
                pass


def _started() -> "Popen[bytes]":
    """A process of this module, which is told where modules are and how letters are written: no secret."""
    told = {name: value for name, value in os.environ.items() if name in _TOLD or name.startswith("LC_")}
    return Popen(  # noqa: S603 (our own module)
        [sys.executable, "-P", "-m", MODULE],
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={**told, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


@contextmanager
def _in_time(process: "Popen[bytes]") -> Iterator[None]:
    """End `process` when this takes too long: who waits for it then finds its pipes closed."""
    clock = Timer(LONGEST, process.kill)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _send(file: IO[bytes] | None, value: object) -> None:
    if file is None:
        raise BrokenPipeError("nobody listens")
    pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
    file.flush()


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Analyse what is `asked` until nothing more is: first come the edits of the thesaurus, then sheets."""
    os.nice(_KINDNESS)
    thesaurus = Meta(0, pickle.load(asked)).thesaurus  # noqa: S301 (from our own process)
    while True:
        try:
            documents = pickle.load(asked)  # noqa: S301 (as above)
        except EOFError:
            return
        _send(answers, [row_of(SearchDocument(**values), thesaurus).ready() for values in documents])


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
