"""Bring the schema of the database up to what this version of the code needs."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from passerelle.core.paths import shipped


class SchemaTooNew(RuntimeError):
    """A newer version of Passerelle has migrated this database: this version must not touch it."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    config.attributes["connection"] = connection
    return config


def newest_revision() -> str | None:
    """The name of the last migration this version ships."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current_revision(connection: Connection) -> str | None:
    """The name of the last migration the database has seen; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the schema to migration `to`, wholly or, when it is killed or fails, not at all.

    All steps run in one writing transaction. Raises `SchemaTooNew` when the database is ahead.
    """
    with engine.begin() as connection:
        current = current_revision(connection)
        known = {step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()}
        if current is not None and current not in known:
            raise SchemaTooNew(f"the database is at {current}, which this version does not know")
        command.upgrade(_config(connection), to)


def migrate_down(engine: Engine, to: str) -> None:
    """Take the schema back to migration `to` ("base" for nothing at all), wholly or not at all."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), to)
