"""Open what is current, reading again only what is new."""

import os
from collections.abc import Sequence
from pathlib import Path
from time import sleep
from typing import NamedTuple

from passerelle.search.engine import IndexUnusable
from passerelle.search.whoosh_engine.decoding import segments_in
from passerelle.search.whoosh_engine.manifest import Manifest
from passerelle.search.whoosh_engine.schema import AnotherFormat, schema
from passerelle.search.whoosh_engine.segment import Segment
from passerelle.search.whoosh_engine.storage import EVERYTHING, CheckedStorage
from passerelle.search.whoosh_engine.view import View

_TRIES = 10
_PAUSE = 0.02


class Loaded(NamedTuple):
    """What was opened, and the large files of it that have not been compared with their hashes."""

    view: View
    unchecked: Sequence[Path]


def named(folder: Path) -> str:
    """A name for the index in `folder` that no other ever has, not even a copy put in its place."""
    return f"{folder.name}-{os.stat(folder).st_ino}"


def visible(folder: Path) -> str:
    """The name of the generation that a reader of `folder` would see now."""
    name = named(folder)
    commits = [int(file[file.rindex("_") + 1 : -4]) for file in os.listdir(folder) if file.endswith(".toc")]
    return f"{name}.{max(commits, default=-1)}"


def load(folder: Path, previous: View | None) -> Loaded:
    """The view of what is in `folder` now; segments that `previous` has are taken from it.

    A commit may take files away while they are being opened: then it is tried again.
    """
    for _ in range(_TRIES - 1):
        try:
            return _load(CheckedStorage(folder), folder, previous)
        except FileNotFoundError:
            sleep(_PAUSE)
    return _load(CheckedStorage(folder), folder, previous)


def verify(folder: Path) -> None:
    """Compare all that `folder` holds now with its hashes; raises `IndexUnusable` when something differs."""
    _load(CheckedStorage(folder, hashed=EVERYTHING), folder, None)


def check(files: Sequence[Path]) -> None:
    """Compare `files` with their hashes, but for those that a commit has taken away.

    Raises `IndexUnusable` when one differs.
    """
    for path in files:
        try:
            Manifest(path.parent).check_file(path)
        except (FileNotFoundError, IndexUnusable):
            if path.exists():
                raise


def _load(storage: CheckedStorage, folder: Path, previous: View | None) -> Loaded:
    name = named(folder)
    same_folder = previous is not None and previous.generation.split(".")[0] == name
    known = {segment.name: segment for segment in previous.segments} if previous and same_folder else {}
    generation, stored = segments_in(storage, schema())
    segments = [known.get(each.name) or Segment(each.name, each.open()) for each in stored]
    try:
        sheets = previous.sheets if previous else None
        view = View(f"{name}.{generation}", segments, [each.deleted for each in stored], sheets)
    except AnotherFormat as problem:
        raise IndexUnusable(str(problem)) from problem
    return Loaded(view, storage.unchecked)
