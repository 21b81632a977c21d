"""The permission to write: one has it at a time, everybody who waits gets it."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from passerelle.search.engine import IndexBusy
from passerelle.search.lock import writing
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.engine import WhooshEngine
from tests.search.samples import CAFE, sheet


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def whoosh(root: Path) -> WhooshEngine:
    engine = WhooshEngine(root, patience=0.1)
    engine.rebuild([CAFE], 1)
    return engine


def test_two_writers_take_turns_and_the_one_that_waits_too_long_says_so(
    whoosh: WhooshEngine, root: Path
) -> None:
    with writing(root, 0.1):
        for write in (
            lambda: whoosh.put([CAFE], 2),
            lambda: whoosh.remove([1], 2),
            lambda: whoosh.rebuild([CAFE], 2),
            whoosh.tidy,
        ):
            with pytest.raises(IndexBusy):
                write()
        assert whoosh.search(SearchRequest("mamans", language="fr")).total == 1

    whoosh.put([CAFE], 2)
    assert whoosh.position() == 2


def test_who_holds_the_permission_to_write_does_so_and_nobody_else(whoosh: WhooshEngine, root: Path) -> None:
    other = WhooshEngine(root, patience=0.05)

    with whoosh.alone():
        with whoosh.alone():
            whoosh.put([sheet(2, "Tambour")], 2)
        whoosh.rebuild([CAFE], 3)
        for engine in (other, whoosh):
            assert _fails_elsewhere(lambda engine=engine: engine.put([CAFE], 4))  # type: ignore[misc]

    other.put([CAFE], 4)
    assert whoosh.position() == 4


def _fails_elsewhere(write: Callable[[], None]) -> bool:
    """Whether another thread finds the index busy."""
    failures: list[IndexBusy] = []

    def run() -> None:
        try:
            write()
        except IndexBusy as problem:
            failures.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return bool(failures)


def test_who_writes_again_and_again_lets_others_have_their_turn(whoosh: WhooshEngine, root: Path) -> None:
    done = threading.Event()

    def write_all_the_time() -> None:
        while not done.is_set():
            with writing(root, 10):
                done.wait(0.01)

    greedy = threading.Thread(target=write_all_the_time)
    greedy.start()
    try:
        for position in range(2, 7):
            WhooshEngine(root, patience=2).put([CAFE], position)
    finally:
        done.set()
        greedy.join()

    assert whoosh.position() == 6
