"""Open the platform for a command: settings, database and search, or one clear line that says why not."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from flask import Flask
from sqlalchemy.exc import OperationalError

from passerelle.core.database import READ_ONLY
from passerelle.core.migrations import SchemaTooNew, current_revision, newest_revision
from passerelle.core.settings import Settings, SettingsError, read_settings
from passerelle.search.engine import SearchError
from passerelle.web.app import create_app
from passerelle.web.services import Services, services

UNUSABLE = 2  # exit status: nothing was tried


def fail(*lines: str) -> NoReturn:
    """Print `lines` to the error output and leave with status 2."""
    for line in lines:
        click.echo(f"passerelle: {line}", err=True)
    sys.exit(UNUSABLE)


def read_settings_or_fail() -> Settings:
    """The settings of this process; leaves with one line for each that cannot be used."""
    try:
        return read_settings()
    except SettingsError as error:
        fail(*error.problems)


def open_app() -> Flask:
    """The application, whatever the state of its database; leaves when a setting cannot be used."""
    settings = read_settings_or_fail()
    try:
        return create_app(settings)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("psycopg"):
            fail("DATABASE_URL needs a driver that is not installed: pip install 'passerelle[postgresql]'")
        raise


@contextmanager
def opened(*, prepared: bool = True) -> Iterator[Services]:
    """The services of the platform inside an application context.

    With `prepared` it leaves, with the way out, when the database has not been migrated to this version.
    """
    with readable():
        app = open_app()
        with app.app_context():
            found = services()
            if prepared:
                demand_schema(found)
            try:
                yield found
            finally:
                let_go(found)


@contextmanager
def readable() -> Iterator[None]:
    """Say in one line what stands in the way of everything: a database, index or folder out of reach."""
    try:
        yield
    except OperationalError as error:
        fail(f"the database cannot be used: {error.orig}")
    except (SchemaTooNew, SearchError) as error:
        fail(str(error))
    except PermissionError as error:
        fail(f"{error.filename}: {error.strerror}")


def let_go(found: Services) -> None:
    """Close every connection and every file of the index: nobody may inherit them."""
    found.search.engine.close()
    found.engine.dispose()


def demand_schema(found: Services) -> None:
    """Leave, with the way out, when the database has not been migrated to this version."""
    with found.engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        behind = current_revision(connection) != newest_revision()
    if behind:
        fail("the database is not at this version: run `passerelle init` first")


def make_vectors(platform: Services) -> None:
    """Have every sheet of the index found by its meaning, too, where this installation reads meanings."""
    if platform.vectors:
        with progress("sheets read for their meaning") as show:
            made = platform.vectors.work(lambda: False, show)
        if made:
            click.echo(f"Meaning: {made} sheets read.")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """A counter of `what` on the error output, for a person who waits: silent where none is looking."""
    is_watched, shown = sys.stderr.isatty(), False

    def show(done: int) -> None:
        nonlocal shown
        if is_watched:
            click.echo(f"\r{done} {what}", nl=False, err=True)
            shown = True

    yield show
    if shown:
        click.echo("", err=True)
