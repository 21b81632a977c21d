"""What every test can ask for: a migrated database with the communes, a session on it, an application."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.actions import load_communes
from passerelle.accounts.models import Commune
from passerelle.core.database import open_database
from passerelle.core.migrations import migrate
from passerelle.core.settings import Settings
from passerelle.web.app import create_app
from tests.factories import NOON, Factories
from tests.installation import installed


@pytest.fixture(scope="session")
def empty_platform(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file as `passerelle init` leaves it before the seed: migrated, with the 565 communes."""
    file = tmp_path_factory.mktemp("template") / "passerelle.db"
    engine = open_database(f"sqlite:///{file}")
    migrate(engine)
    with Session(engine) as session:
        load_communes(session)
        session.commit()
    engine.dispose()
    return file


@pytest.fixture
def settings(tmp_path: Path, empty_platform: Path) -> Settings:
    """Settings of a test installation: its own database file, index folder and mail folder."""
    return installed(tmp_path, empty_platform)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """The database of this test, with the house's rules."""
    engine = open_database(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions on the database of this test."""
    return sessionmaker(engine)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """One writing session; commit before a page or a worker must see what was made."""
    with sessions() as session:
        yield session


@pytest.fixture
def make(session: Session) -> Factories:
    """Makes people and sheets in `session`."""
    return Factories(session)


@pytest.fixture
def quaregnon(session: Session) -> Commune:
    """The commune of the first sheet."""
    return session.get_one(Commune, "53065")


class SettableClock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        """The time it was set to."""
        return self.time


@pytest.fixture
def clock() -> SettableClock:
    """The clock of `app`: noon, unless `clock.time` is set."""
    return SettableClock()


@pytest.fixture
def app(settings: Settings, clock: SettableClock) -> Iterator[Flask]:
    """The whole application on the database of this test."""
    app = create_app(settings, clock)
    yield app
    app.extensions["passerelle"].search.wait_until_healed(30)
    app.extensions["passerelle"].engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has not signed in."""
    return app.test_client()
