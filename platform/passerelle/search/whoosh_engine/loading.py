"""Open what is current, reading again only what is new."""

from pathlib import Path
from time import sleep

from passerelle.search.whoosh_engine.decoding import segments_in
from passerelle.search.whoosh_engine.schema import schema
from passerelle.search.whoosh_engine.segment import Segment
from passerelle.search.whoosh_engine.storage import CheckedStorage
from passerelle.search.whoosh_engine.view import View

_TRIES = 10
_PAUSE = 0.02


def visible(folder: Path) -> str:
    """The name of the generation that a reader of `folder` would see now."""
    commits = [name.split("_")[-1][:-4] for name in map(str, _names(folder)) if name.endswith(".toc")]
    return f"{folder.name}.{max(map(int, commits), default=-1)}"


def load(folder: Path, previous: View | None) -> View:
    """The view of what is in `folder` now; segments that `previous` has are taken from it.

    A commit may take files away while they are being opened: then it is tried again.
    """
    for _ in range(_TRIES - 1):
        try:
            return _load(folder, previous)
        except FileNotFoundError:
            sleep(_PAUSE)
    return _load(folder, previous)


def _load(folder: Path, previous: View | None) -> View:
    same_folder = previous is not None and previous.generation.split(".")[0] == folder.name
    known = {segment.name: segment for segment in previous.segments} if previous and same_folder else {}
    generation, stored = segments_in(CheckedStorage(folder), schema())
    segments = [known.get(each.name) or Segment(each.name, each.open()) for each in stored]
    return View(f"{folder.name}.{generation}", segments, [each.deleted for each in stored])


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
