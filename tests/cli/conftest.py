"""What the tests of the command line share: an installation of its own, and a way to call it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from passerelle.cli import main
from passerelle.core.database import open_database
from passerelle.core.settings import Settings

Call = Callable[..., Result]
Environment = dict[str, str]


@pytest.fixture(autouse=True)
def _own_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def nothing_yet(tmp_path: Path) -> Environment:
    """The settings of an installation that nobody has prepared."""
    return {
        "PASSERELLE_ENV": "test",
        "PASSERELLE_INSTANCE": str(tmp_path / "new" / "instance"),
        "PASSERELLE_SEARCH_INDEX": str(tmp_path / "new" / "index"),
        "PASSERELLE_BASE_URL": "http://localhost",
        "MAIL_URL": f"file:{tmp_path / 'new' / 'mails'}",
        "PASSERELLE_MEANING": "off",
        "SECRET_KEY": "a key that only the tests of this checkout use",
    }


@pytest.fixture
def prepared(settings: Settings) -> Environment:
    """The settings of an installation with schema and communes, and no sheet."""
    return {
        "PASSERELLE_ENV": "test",
        "PASSERELLE_INSTANCE": str(settings.instance),
        "PASSERELLE_SEARCH_INDEX": str(settings.search_index),
        "PASSERELLE_BASE_URL": settings.base_url,
        "MAIL_URL": settings.mail_url,
        "PASSERELLE_MEANING": "off",
        "SECRET_KEY": settings.secret_key,
    }


@pytest.fixture
def call() -> Call:
    """Calls `passerelle` with these words in an environment; what no command expected is raised."""

    def invoke(environment: Environment, *words: str) -> Result:
        result = CliRunner().invoke(main, words, env=environment)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def new_session(nothing_yet: Environment) -> Iterator[Callable[[], Session]]:
    """Opens sessions on the database of `nothing_yet`, once it is there."""
    engines: list[Engine] = []

    def opened() -> Session:
        engines.append(open_database(f"sqlite:///{nothing_yet['PASSERELLE_INSTANCE']}/passerelle.db"))
        return Session(engines[-1])

    yield opened
    for engine in engines:
        engine.dispose()
