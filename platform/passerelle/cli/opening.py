"""Open the platform for a command: settings, database and search, or one clear line that says why not."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from flask import Flask
from sqlalchemy import inspect

from passerelle.core.migrations import current_revision, newest_revision
from passerelle.core.settings import Settings, SettingsError, read_settings
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
    return create_app(read_settings_or_fail())


@contextmanager
def opened(*, prepared: bool = True) -> Iterator[Services]:
    """The services of the platform inside an application context.

    With `prepared` it leaves, with the way out, when the database has not been migrated to this version.
    """
    app = open_app()
    with app.app_context():
        found = services()
        if prepared:
            _demand_schema(found)
        yield found


def _demand_schema(found: Services) -> None:
    with found.engine.connect() as connection:
        empty = not inspect(connection).has_table("sheets")
        behind = empty or current_revision(connection) != newest_revision()
    if behind:
        fail("the database is not at this version: run `passerelle init` first")
