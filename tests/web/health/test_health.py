"""A supervisor learns in one word whether the platform works."""

import shutil
from datetime import timedelta
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.core.jobs import ask_for_mail
from passerelle.sheets.models import RevisionStatus
from passerelle.web.services import Services
from tests.conftest import SettableClock
from tests.factories import NOON, Factories


class Usage(NamedTuple):
    total: int
    free: int


@pytest.fixture(autouse=True)
def disk(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The percentage of every disk that is free."""
    free = [50]
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(100, free[0]))
    return free


@pytest.fixture
def running(app: Flask) -> Services:
    """An application with a good index."""
    services: Services = app.extensions["passerelle"]
    services.search.rebuild()
    return services


def ask(client: FlaskClient, address: str = "/readyz") -> tuple[int, str]:
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    return answer.status_code, answer.text.strip()


@pytest.mark.usefixtures("running")
def test_all_is_well(client: FlaskClient) -> None:
    assert ask(client) == (200, "ok")
    assert ask(client, "/healthz") == (200, "ok")


def test_without_an_index_it_works_but_somebody_should_look(client: FlaskClient, running: Services) -> None:
    shutil.rmtree(running.settings.search_index)

    assert ask(client) == (200, "degraded")


@pytest.mark.parametrize("wait", [59, 61])
@pytest.mark.parametrize("kind", ["index", "mail"])
def test_a_job_that_waits_for_longer_than_a_minute_is_noticed(  # noqa: PLR0917 (each is a fixture)
    client: FlaskClient,
    running: Services,
    make: Factories,
    quaregnon: Commune,
    clock: SettableClock,
    wait: int,
    kind: str,
) -> None:
    if kind == "index":
        make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    else:
        ask_for_mail(make.session, "published", make.user().id, NOON, {})
    make.session.commit()
    clock.time = NOON + timedelta(seconds=wait)

    assert ask(client) == (200, "ok" if wait < 60 else "degraded")
    assert running.search.is_usable()


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(("free", "word"), [(11, "ok"), (9, "degraded")])
def test_a_disk_that_is_nearly_full_is_noticed(
    client: FlaskClient, disk: list[int], free: int, word: str
) -> None:
    disk[0] = free

    assert ask(client) == (200, word)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    "change", ["UPDATE alembic_version SET version_num = '0001'", "DROP TABLE alembic_version"]
)
def test_another_schema_fails_while_the_process_lives(
    client: FlaskClient, session: Session, change: str
) -> None:
    session.execute(text(change))
    session.commit()

    assert ask(client) == (503, "fail")
    assert ask(client, "/healthz") == (200, "ok")


def test_a_database_that_is_away_fails_while_the_process_lives(
    client: FlaskClient, running: Services
) -> None:
    running.engine.dispose()
    (running.settings.instance / "passerelle.db").write_bytes(b"not a database at all" * 99)

    assert ask(client) == (503, "fail")
    assert ask(client, "/healthz") == (200, "ok")
