"""Search always answers, and mends itself."""

import logging
import shutil
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune
from passerelle.search.engine import IndexUnusable
from passerelle.search.page import SearchPage
from passerelle.search.request import SearchRequest
from passerelle.search.service import BETWEEN_ATTEMPTS, SearchService
from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.search.standing import damage, found, page_for, service_in

Sessions = sessionmaker[Session]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def service(folder: Path, sessions: Sessions, make: Factories, quaregnon: Commune) -> SearchService:
    """A search over three sheets, with a good index."""
    for title in ("Farandole des mamans", "Farandole des papas", "Atelier"):
        make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, title=title)
    make.session.commit()
    service = service_in(folder, sessions)
    service.rebuild()
    return service


@pytest.mark.usefixtures("service")
def test_a_damaged_index_is_answered_for_by_the_database_and_then_healed(
    folder: Path, sessions: Sessions
) -> None:
    damage(folder)
    visitor = service_in(folder, sessions)  # a process that has not read the good files before

    meanwhile = page_for(visitor, "farandole")
    assert visitor.wait_until_healed(30)
    healed = page_for(visitor, "farandole")

    assert (meanwhile.degraded, meanwhile.total) == (True, 2)
    assert (healed.degraded, healed.total) == (False, 2)
    assert visitor.check(deep=True) == []


@pytest.mark.parametrize("loss", ["folder", "generation", "link", "file in its place"])
def test_a_deleted_index_comes_back(service: SearchService, folder: Path, loss: str) -> None:
    current = (folder / "current").resolve()
    match loss:
        case "folder":
            shutil.rmtree(folder)
        case "generation":
            shutil.rmtree(current)
        case "link":
            (folder / "current").unlink()
        case _:
            (folder / "current").unlink()
            (folder / "current").write_text("not an index")

    meanwhile = page_for(service, "atelier")
    assert service.wait_until_healed(30)

    assert (meanwhile.degraded, meanwhile.total) == (True, 1)
    assert not page_for(service, "atelier").degraded


def test_whatever_an_engine_raises_the_visitor_gets_an_answer(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    for problem in (MemoryError("622 GB"), RecursionError(), KeyError("x"), IndexUnusable("gone")):
        with monkeypatch.context() as fault:
            fault.setattr(service.engine, "search", _raises(problem))
            page = page_for(service, "farandole")
        assert (page.degraded, page.total) == (True, 2)
    assert service.wait_until_healed(30)


def _raises(problem: BaseException) -> object:
    def fail(*_given: object, **_named: object) -> None:
        raise problem

    return fail


def test_healing_is_tried_once_a_minute_and_by_one_thread(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[int] = []

    def attempt() -> int:
        attempts.append(1)
        return 0

    monkeypatch.setattr(service.engine, "search", _raises(IndexUnusable("gone")))
    monkeypatch.setattr(service, "rebuild", attempt)

    for _ in range(5):
        page_for(service)
    assert service.wait_until_healed(30)
    page_for(service)

    assert service.wait_until_healed(30)
    assert len(attempts) == 1
    assert BETWEEN_ATTEMPTS == 60


def test_an_index_that_somebody_else_healed_is_not_built_again(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = service.engine.generation()
    good, answers = service.engine.search, iter([IndexUnusable("gone")])

    def fails_once(request: SearchRequest) -> SearchPage:
        problem = next(answers, None)
        if problem is not None:
            raise problem
        return good(request)

    monkeypatch.setattr(service.engine, "search", fails_once)

    page = page_for(service)
    assert service.wait_until_healed(30)

    assert page.degraded
    assert service.engine.generation() == generation


def test_a_failure_to_heal_is_written_down_without_a_path(
    service: SearchService, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(folder)
    folder.write_text("a file where the folder was")

    with caplog.at_level(logging.INFO, logger="passerelle.search"):
        page = page_for(service, "farandole")
        assert service.wait_until_healed(30)

    assert (page.degraded, page.total) == (True, 2)
    assert "cannot be built" in caplog.text
    assert str(folder) not in caplog.text
    assert "farandole" not in caplog.text


def test_a_rebuild_tells_how_far_it_is(service: SearchService, make: Factories, quaregnon: Commune) -> None:
    for _ in range(120):
        make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    make.session.commit()
    told: list[int] = []

    count = service.rebuild(told.append)

    assert count == 123
    assert told == [100]
    assert len(found(service)) == 100, "one page"
