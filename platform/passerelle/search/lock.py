"""Let one writer at a time into the index folder, in turn, whatever the clock does."""

import fcntl
import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

from passerelle.search.engine import IndexBusy

_SHORTEST, _LONGEST = 0.005, 0.03  # seconds from one look to the next, never the same for two who wait


@contextmanager
def writing(folder: Path, patience: float) -> Iterator[None]:
    """Hold the only permission to write in `folder`; raises `IndexBusy` after `patience` seconds.

    Who waits stands in a queue that is one place long: whoever has just written finds it taken, and cannot
    be first again. The kernel lets go of both when their holder dies: nothing is ever to be unlocked by hand.
    """
    deadline = monotonic() + patience
    with ExitStack() as held:
        with _taken(folder / "queue", deadline):
            held.enter_context(_taken(folder / "lock", deadline))
        yield


@contextmanager
def _taken(path: Path, deadline: float) -> Iterator[None]:
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        _take(handle, deadline)
        yield
    finally:
        os.close(handle)


def _take(handle: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= deadline:
                raise IndexBusy("the search index is being written by another process") from None
            sleep(random.uniform(_SHORTEST, _LONGEST))  # noqa: S311 (no secret depends on it)
        else:
            return
