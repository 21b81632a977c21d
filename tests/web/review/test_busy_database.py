"""While somebody else holds the database, what a coordinator typed comes back and can be sent again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, User
from passerelle.core import database
from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.web.review.desk import Desk, value_of

WORDS = "Qui anime les rencontres ? 100 % sûr <b>"


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the database in these tests."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 1)


@pytest.fixture
def waiting(make: Factories, session: Session, quaregnon: Commune, author: User) -> int:
    """The number of a new sheet that waits for review."""
    number = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author).id
    session.commit()
    return number


@contextmanager
def held(app: Flask) -> Iterator[None]:
    """The database while another program writes in it."""
    file = app.extensions["passerelle"].engine.url.database
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.parametrize(("move", "box"), [("changes", "note"), ("decline", "reason")])
def test_a_decision_that_cannot_be_stored_is_kept_word_by_word(
    app: Flask, desk: Desk, waiting: int, move: str, box: str
) -> None:
    path = f"/en/review/{waiting}/{move}"
    page = desk.get(f"/en/review/{waiting}").text

    with held(app):
        answer = desk.post(path, page, {box: WORDS})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.headers["Cache-Control"] == "no-store"
    kept = {name: value_of(answer.text, name) for name in (box, "seen", "csrf_token")}
    assert kept[box] == WORDS
    assert desk.client.post(path, data=kept).status_code == 302


def test_a_page_that_only_reads_is_answered_all_the_while(app: Flask, desk: Desk) -> None:
    desk.session.commit()

    with held(app):
        answer = desk.client.get("/en/review")

    assert answer.status_code == 200
