"""Know every file of an index by its hash: Whoosh itself would read a damaged one and say nothing."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from passerelle.search.engine import IndexUnusable
from passerelle.search.whoosh_engine.durable import write_whole

NAME = "manifest.json"


class Manifest:
    """The sha256 of each file of one index folder, written just before a commit becomes visible.

    It then names the files of before and after the commit, so that a crash between the two leaves
    neither without its hash.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def record(self, files: Mapping[str, str]) -> None:
        """Add files: their future names, each with the name it has now; files that are gone are forgotten."""
        known = self._read() if self._path.exists() else {}
        here = {name: digest for name, digest in known.items() if (self._path.parent / name).exists()}
        here |= {name: digest_of((self._path.parent / now).read_bytes()) for name, now in files.items()}
        write_whole(self._path, json.dumps({"sha256": here}, indent=1, sort_keys=True).encode())

    def check(self, name: str, content: bytes) -> None:
        """Raises `IndexUnusable` unless `content` is what was written under `name`."""
        if self._read().get(name) != digest_of(content):
            raise IndexUnusable("a file of the search index is not what was written")

    def _read(self) -> dict[str, str]:
        try:
            hashes = json.loads(self._path.read_bytes())["sha256"]
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise IndexUnusable("the list of files of the search index cannot be read") from problem
        if not isinstance(hashes, dict):
            raise IndexUnusable("the list of files of the search index cannot be read")
        return hashes


def digest_of(content: bytes) -> str:
    """The sha256 of `content`, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
