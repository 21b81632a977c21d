"""Let one writer at a time into the index folder, whatever the clock does."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from passerelle.search.engine import IndexBusy

_PAUSE = 0.02


@contextmanager
def writing(folder: Path, patience: float) -> Iterator[None]:
    """Hold the only permission to write in `folder`; raises `IndexBusy` after `patience` seconds.

    The kernel lets go of the lock when its holder dies: nothing is ever to be unlocked by hand.
    """
    handle = os.open(folder / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        _take(handle, monotonic() + patience)
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
            sleep(_PAUSE)
        else:
            return
