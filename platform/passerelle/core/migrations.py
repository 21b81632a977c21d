"""Bring the schema of the database up to what this version of the code needs.

Alembic takes a fifth of a second to import, so it is asked only when there is something to migrate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from passerelle.core.paths import shipped

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "head"


class SchemaTooNew(RuntimeError):
    """A newer version of Passerelle has migrated this database: this version must not touch it."""


def revisions() -> list[str]:
    """The names of the migrations this version ships, in order: the numbers their files begin with."""
    files = (shipped("migrations") / "versions").glob("[0-9]*.py")
    return sorted(file.name.partition("_")[0] for file in files)


def newest_revision() -> str | None:
    """The name of the last migration this version ships."""
    return revisions()[-1]


def current_revision(connection: Connection) -> str | None:
    """The name of the last migration the database has seen; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def migrate(engine: Engine, to: str = HEAD) -> None:
    """Bring the schema to migration `to`, wholly or, when it is killed or fails, not at all.

    All steps run in one writing transaction. Raises `SchemaTooNew` when the database is ahead.
    """
    with engine.begin() as connection:
        current = current_revision(connection)
        if current is not None and current not in revisions():
            raise SchemaTooNew(f"the database is at {current}, which this version does not know")
        if to == HEAD and current == newest_revision():
            return
        from alembic import command  # noqa: PLC0415 (see the head of this file)

        command.upgrade(_config(connection), to)


def migrate_down(engine: Engine, to: str) -> None:
    """Take the schema back to migration `to` ("base" for nothing at all), wholly or not at all."""
    from alembic import command  # noqa: PLC0415 (see the head of this file)

    with engine.begin() as connection:
        command.downgrade(_config(connection), to)


def _config(connection: Connection) -> Config:
    from alembic.config import Config  # noqa: PLC0415 (see the head of this file)

    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    config.attributes["connection"] = connection
    return config
