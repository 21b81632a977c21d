"""The engines that must keep the contract, each empty and ready."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from passerelle.search.engine import SearchEngine
from passerelle.search.whoosh_engine.engine import WhooshEngine

TODAY = date(2026, 11, 22)

ENGINES: dict[str, Callable[[Path], SearchEngine]] = {
    "whoosh": lambda folder: WhooshEngine(folder / "index", patience=0.2, today=lambda: TODAY),
}


@pytest.fixture(params=sorted(ENGINES))
def search_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """An engine with an empty index whose position is 0."""
    made = ENGINES[request.param](tmp_path)
    made.rebuild([], 0)
    yield made
    made.close()


@pytest.fixture(params=sorted(ENGINES))
def open_index(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], SearchEngine]:
    """Opens the same, at first missing, index anew, as another process would."""
    return lambda: ENGINES[request.param](tmp_path)
