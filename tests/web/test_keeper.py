"""What a request leaves to be done is done: at its end, by a thread, or by the worker."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue

from passerelle.accounts.models import Commune, User
from passerelle.core.jobs import ask_for_index
from passerelle.core.settings import Settings
from passerelle.moderation import actions
from passerelle.search.engine import IndexBusy
from passerelle.search.request import SearchRequest
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from passerelle.web import keeper
from passerelle.web.app import create_app, csrf
from passerelle.web.database import db
from passerelle.web.services import Services
from tests.factories import NOON, Factories

ENOUGH = 20.0  # seconds, for a thread to do its work on a busy machine


@pytest.fixture
def sheet(make: Factories, quaregnon: Commune) -> int:
    """The number of a published sheet."""
    number = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED).id
    make.session.commit()
    return number


@pytest.fixture
def running(app: Flask) -> Services:
    """The services of the application under test."""
    return keeper.services_of(app)


def with_an_archiving_page(app: Flask) -> None:
    """Add an address that archives a sheet, or fails after it did."""

    def archive(number: int) -> ResponseReturnValue:
        sheet = db.session.get_one(Sheet, number)
        sheet.status = SheetStatus.ARCHIVED
        ask_for_index(db.session(), sheet.id, NOON, forget=True)
        db.session.commit()
        title = sheet.commune.name_fr  # read again: the transaction this opens may write
        return title

    csrf.exempt(archive)
    app.add_url_rule("/archive/<int:number>", view_func=archive, methods=["POST"])


def total(services: Services) -> int:
    return services.search.search(SearchRequest(language="fr")).total


def test_an_archived_sheet_is_gone_when_the_answer_arrives(
    app: Flask, client: FlaskClient, running: Services, sheet: int
) -> None:
    with_an_archiving_page(app)
    running.search.catch_up()
    assert total(running) == 1

    answer = client.post(f"/archive/{sheet}")

    assert answer.status_code == 200
    assert total(running) == 0
    assert running.search.check() == []


def test_reading_does_no_jobs(client: FlaskClient, running: Services, sheet: int) -> None:
    client.get(f"/api/v1/sheets/{sheet}")

    assert not running.search.is_usable(), "nothing has built the index yet"


def test_a_publication_is_found_and_told_when_the_answer_arrives(
    app: Flask,
    client: FlaskClient,
    running: Services,
    settings: Settings,
    make: Factories,
    quaregnon: Commune,
) -> None:
    author, chief = make.user(of=quaregnon, email="author@commune.example"), make.coordinator()
    submitted = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author)
    number, by = submitted.id, chief.id
    make.session.commit()

    def publish() -> ResponseReturnValue:
        revision = db.session.get_one(Sheet, number).open
        assert revision is not None
        actions.publish(db.session(), revision, db.session.get_one(User, by), NOON, revision.version)
        db.session.commit()
        return ""

    csrf.exempt(publish)
    app.add_url_rule("/publish", view_func=publish, methods=["POST"])

    answer = client.post("/publish")

    assert answer.status_code == 200
    assert total(running) == 1
    (mail,) = Path(settings.mail_url.removeprefix("file:")).iterdir()
    assert b"author@commune.example" in mail.read_bytes()


def test_jobs_are_done_in_the_order_of_the_tasks(
    running: Services, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    left = {"index": 2, "mails": 1}

    def task(name: str) -> keeper.Task:
        def do(_services: Services) -> int:
            order.append(name)
            left[name] -= 1
            return int(left[name] >= 0)

        return do

    monkeypatch.setattr(keeper, "TASKS", (task("index"), task("mails")))

    with app.app_context():
        done = keeper.work_once(running)

    assert done == 3
    assert order[:2] == ["index", "mails"]


def test_a_failing_task_is_logged_and_keeps_nobody_from_working(
    running: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_services: Services) -> int:
        raise ZeroDivisionError("for the log")

    def works(_services: Services) -> int:
        done.append("mails")
        return 0

    done: list[str] = []
    monkeypatch.setattr(keeper, "TASKS", (fails, works))

    with caplog.at_level(logging.ERROR, logger="passerelle.jobs"):
        assert keeper.work_once(running) == 0

    assert done == ["mails"]
    assert "for the log" in caplog.text


def test_the_worker_stops_when_told_and_not_before(
    running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    rounds: list[int] = []

    def work(_services: Services) -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise IndexBusy("somebody else")
        if len(rounds) == 3:
            stop.set()
        return 0

    monkeypatch.setattr(keeper, "TASKS", (work,))
    monkeypatch.setattr(keeper, "SECONDS_BETWEEN_LOOKS", 0.01)

    keeper.work_forever(running, stop)

    assert len(rounds) == 3


@pytest.fixture
def embedded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application whose jobs are done by a thread, which looks only when it is woken."""
    monkeypatch.setattr(keeper, "SECONDS_BETWEEN_LOOKS", 600.0)
    app = create_app(replace(settings, environment="development"), lambda: NOON)
    yield app
    app.extensions["keeper"].stop()
    keeper.services_of(app).engine.dispose()


def keepers() -> int:
    return [thread.name for thread in threading.enumerate()].count("keeper")


def test_the_embedded_thread_starts_with_the_first_request_and_wakes_for_a_change(
    embedded: Flask, sheet: int
) -> None:
    with_an_archiving_page(embedded)
    running = keeper.services_of(embedded)
    before = keepers()

    embedded.test_client().get("/healthz")
    embedded.test_client().get("/healthz")
    until(running.search.is_usable)
    started, at_first = keepers() - before, total(running)
    embedded.test_client().post(f"/archive/{sheet}")
    until(lambda: total(running) == 0)

    assert (started, at_first) == (1, 1)
    assert running.search.check() == []


def test_a_forked_process_has_a_thread_of_its_own(embedded: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded.test_client().get("/healthz")
    before = keepers()
    parent = embedded.extensions["keeper"]
    the_thread_of_the_parent = parent._stop, parent._wake

    monkeypatch.setattr(os, "getpid", lambda: -1)
    embedded.test_client().get("/healthz")

    assert keepers() == before + 1
    for event in the_thread_of_the_parent:
        event.set()


@pytest.mark.usefixtures("sheet")
def test_with_a_worker_the_web_process_does_no_jobs(settings: Settings) -> None:
    app = create_app(replace(settings, environment="development", jobs="worker"), lambda: NOON)
    running = keeper.services_of(app)

    app.test_client().get("/healthz")

    assert "keeper" not in app.extensions
    assert not running.search.is_usable()
    with app.app_context():
        assert keeper.work_once(running) == 1
    assert total(running) == 1
    running.engine.dispose()


def until(condition: Callable[[], bool]) -> None:
    """Wait for another thread, but not for ever."""
    deadline = monotonic() + ENOUGH
    while not condition():
        assert monotonic() < deadline, "it never happened"
        sleep(0.01)
