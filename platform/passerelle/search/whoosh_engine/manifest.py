"""Know every file of an index by its length and hash: Whoosh would read a damaged one and say nothing."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from passerelle.search.durable import write_whole
from passerelle.search.engine import IndexUnusable

NAME = "manifest.json"


class _Known(NamedTuple):
    """What a file was when it was written."""

    size: int
    sha256: str


class Manifest:
    """The files of one index folder, written down just before a commit becomes visible.

    It then names the files of before and after the commit, so that a crash between the two leaves
    neither without its hash.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._files: Mapping[str, _Known] = {}

    def record(self, files: Mapping[str, str]) -> None:
        """Add files: their future names, each with the name it has now; files that are gone are forgotten."""
        known = self._read() if self._path.exists() else {}
        here = {name: each for name, each in known.items() if (self._path.parent / name).exists()}
        here |= {name: _described(self._path.parent / now) for name, now in files.items()}
        write_whole(self._path, json.dumps({"files": here}, indent=1, sort_keys=True).encode())

    def check(self, name: str, content: bytes) -> None:
        """Raises `IndexUnusable` unless `content` is what was written under `name`."""
        if self._known(name) != _Known(len(content), digest_of(content)):
            raise _damaged()

    def check_size(self, name: str, size: int) -> None:
        """Raises `IndexUnusable` unless what was written under `name` has `size` bytes."""
        if self._known(name).size != size:
            raise _damaged()

    def check_file(self, path: Path) -> None:
        """Raises `IndexUnusable` unless the file at `path` is what was written; it is read in pieces."""
        if self._known(path.name) != _described(path):
            raise _damaged()

    def _known(self, name: str) -> _Known:
        if name not in self._files:  # it may have come with a commit since
            self._files = self._read()
        if name not in self._files:
            raise _damaged()
        return self._files[name]

    def _read(self) -> dict[str, _Known]:
        try:
            files = json.loads(self._path.read_bytes())["files"]
            return {name: _Known(int(size), str(digest)) for name, (size, digest) in files.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise IndexUnusable("the list of files of the search index cannot be read") from problem


def digest_of(content: bytes) -> str:
    """The sha256 of `content`, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _described(path: Path) -> _Known:
    with path.open("rb") as file:
        return _Known(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _damaged() -> IndexUnusable:
    return IndexUnusable("a file of the search index is not what was written")
