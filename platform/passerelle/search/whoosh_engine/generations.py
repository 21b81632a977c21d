"""Keep whole indexes side by side in one folder: one is current, the next is built beside it."""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time, time_ns

from passerelle.search.durable import sync
from passerelle.search.engine import IndexUnusable

_NAME = re.compile(r"gen-(\d+)")
_CURRENT = "current"
_COARSE = 200_000_000  # nanoseconds: longer than any step of the clock of a file system
_KEPT_SECONDS = 300  # readers may still be opening what was current until just now
_KEPT = 2  # generations that are no longer current, however fast one follows another

Stamp = tuple[tuple[int, int, int], ...]


class Generations:
    """The folders `gen-` and a number of `root`, and the link `current` to one of them.

    Numbers rise, and are those of the clock: a folder that is deleted and made anew never has one twice.

    The files of Whoosh hold pickles: who can write here can run code. So every folder is for its owner
    alone, and one that others can write to is never opened, only replaced.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path:
        """The folder of the current index. Raises `IndexUnusable` when there is none, or it is not safe."""
        root = str(self.root)  # asked for with every page: paths as texts take a fifth of the time
        try:
            name = os.readlink(f"{root}/{_CURRENT}")
            found = os.lstat(f"{root}/{name}")
            safe = _NAME.fullmatch(name) and _is_private(os.stat(root)) and _is_private(found)
        except OSError as problem:
            raise IndexUnusable("there is no search index yet") from problem
        if not safe or found.st_uid != os.geteuid():
            raise IndexUnusable("the folder of the search index can be written to by others")
        return self.root / name

    def stamp(self) -> Stamp | None:
        """What changes when anything is written in the current folder or another one becomes current.

        None just after a change, since the clock of the files is coarse, and when `current` would raise: it
        is for those who saw the same stamp before, and asks for less.
        """
        root = str(self.root)
        try:
            every = os.stat(root), os.stat(f"{root}/{_CURRENT}")
        except OSError:
            return None
        latest = max(max(found.st_mtime_ns, found.st_ctime_ns) for found in every)
        if time_ns() - latest < _COARSE or not all(map(_is_private, every)):
            return None
        return tuple((found.st_ino, found.st_mtime_ns, found.st_ctime_ns) for found in every)

    def prepare(self) -> None:
        """Make the root folder, for its owner alone."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(self.root.stat().st_mode) != 0o700:
            self.root.chmod(0o700)

    @contextmanager
    def building(self) -> Iterator[Path]:
        """An empty folder to build the next generation in; at the end it is the current one.

        Until then nobody looks into it, and when the building fails it is gone.
        """
        for left in self.root.glob("gen-*.tmp"):
            shutil.rmtree(left)
        folder = self.root / f"gen-{max([time_ns(), *(number + 1 for number in self._numbers())])}.tmp"
        folder.mkdir(mode=0o700)
        try:
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._install(folder)

    def clean(self, *, at_once: bool = False) -> None:
        """Delete generations that are no longer current, after five minutes or at once.

        Of younger ones the two newest are left.
        """
        current = self.current().name
        numbers = sorted(self._numbers(), reverse=True)
        others = [self.root / name for number in numbers if (name := f"gen-{number}") != current]
        for place, folder in enumerate(others):
            if at_once or place >= _KEPT or time() - folder.stat().st_ctime > _KEPT_SECONDS:
                shutil.rmtree(folder)

    def _install(self, built: Path) -> None:
        """Make the generation in `built` the current one, in one step."""
        sync(built)
        final = built.with_suffix("")
        built.rename(final)
        link = self.root / f"{_CURRENT}.tmp"
        link.unlink(missing_ok=True)
        link.symlink_to(final.name)
        link.replace(self._not_a_folder(_CURRENT))
        sync(self.root)

    def _numbers(self) -> list[int]:
        return [int(match[1]) for path in self.root.iterdir() if (match := _NAME.fullmatch(path.name))]

    def _not_a_folder(self, name: str) -> Path:
        path = self.root / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        return path


def _is_private(found: os.stat_result) -> bool:
    return stat.S_ISDIR(found.st_mode) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
