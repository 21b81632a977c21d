"""When no job is left, the vectors that are missing are made, and a job that comes is done first."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.core.jobs import ask_for_index
from passerelle.search.meaning import making
from passerelle.search.meaning.making import VectorMaker
from passerelle.search.meaning.vectors import Vectors
from passerelle.sheets.models import RevisionStatus
from passerelle.web import keeper
from passerelle.web.services import Services
from tests.factories import NOON, Factories
from tests.search.meanings import encoder

ENOUGH = 20.0  # seconds, for a thread to do its work on a busy machine


@pytest.fixture
def running(app: Flask, tmp_path: Path) -> Services:
    """The services of an application that makes vectors."""
    found = keeper.services_of(app)
    vectors = Vectors(tmp_path / "meaning", encoder())
    return replace(found, meaning=vectors, vectors=VectorMaker(found.sessions, found.search.engine, vectors))


@pytest.fixture
def sheets(make: Factories, quaregnon: Commune) -> list[int]:
    """The numbers of three published sheets."""
    found = [make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED).id for _ in range(3)]
    make.session.commit()
    return found


@pytest.fixture
def work(app: Flask, running: Services) -> Iterator[Callable[[], Thread]]:
    """Starts the worker; at the end it is stopped."""
    stop, threads = Event(), []

    def run() -> None:
        with app.app_context():
            keeper.work_forever(running, stop)

    def start() -> Thread:
        threads.append(Thread(target=run))
        threads[-1].start()
        return threads[-1]

    yield start
    stop.set()
    for thread in threads:
        thread.join(ENOUGH)


def test_the_worker_indexes_the_sheets_and_then_makes_their_vectors(
    running: Services, sheets: list[int], work: Callable[[], Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Event()
    before = Vectors.read

    def read(vectors: Vectors, documents: list[object]) -> object:
        assert running.search.engine.position() > 0
        made.set()
        return before(vectors, documents)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(Vectors, "read", read)

    work()

    assert made.wait(ENOUGH)
    assert len(sheets) == 3


def test_a_job_that_comes_stops_the_making_and_is_done_first(
    running: Services, sheets: list[int], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BATCH", 1)
    running.search.catch_up()
    assert running.vectors
    newest = keeper._newest_job(running)
    seen: list[bool] = []

    def stop() -> bool:
        if len(seen) == 1:
            ask_for_index(session, sheets[0], NOON)
            session.commit()
        seen.append(keeper._newest_job(running) != newest)
        return seen[-1]

    assert running.vectors.work(stop) == 1
    assert seen == [False, True]


def test_vectors_that_cannot_be_made_end_nothing(
    work: Callable[[], Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = Event()

    def fail(*_given: object) -> int:
        tried.set()
        raise OSError("no room left")

    monkeypatch.setattr(VectorMaker, "work", fail)

    thread = work()

    assert tried.wait(ENOUGH)
    assert thread.is_alive()


def test_an_encoder_that_cannot_be_loaded_keeps_no_process_from_its_jobs(
    app: Flask, running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, own = Event(), keeper.Keeper(app)
    monkeypatch.setattr(VectorMaker, "prepare", _fails)
    monkeypatch.setattr(keeper, "services", lambda: running)
    monkeypatch.setattr(keeper, "work_forever", lambda *_given: began.set())

    own.start()

    assert began.wait(ENOUGH)
    own.stop()


def _fails(_maker: VectorMaker) -> None:
    raise RuntimeError("no such weights")
