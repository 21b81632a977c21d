"""Open the database so that nothing acknowledged is lost and no reader can write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

READ_ONLY = "passerelle_read_only"
BUSY_TIMEOUT_MS = 10_000


def engine_options(url: str) -> dict[str, object]:
    """The options of an engine for `url`: connections are checked before use where a server can restart.

    What is stored is left out of the messages of errors: they go to the log, which names nobody.
    """
    if make_url(url).get_backend_name() == "sqlite":
        patience = {"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000}
        return {"hide_parameters": True, "connect_args": patience}
    return {"hide_parameters": True, "pool_pre_ping": True, "pool_recycle": 1800}


def open_database(url: str) -> Engine:
    """An engine on `url` with the house's rules set (see `keep_rules`); makes SQLite's folder if needed."""
    make_folder(url)
    engine = create_engine(url, **engine_options(url))
    keep_rules(engine)
    return engine


def make_folder(url: str) -> None:
    """Make the folder of SQLite's file, for its owner alone, if `url` names one that is missing."""
    database = make_url(url).database
    if url.startswith("sqlite") and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def keep_rules(engine: Engine) -> None:
    """Make every connection of `engine` durable and honest about reading or writing.

    SQLite: WAL, synchronous FULL, foreign keys on, `BEGIN IMMEDIATE` for whatever may write (a deferred
    transaction loses most simultaneous writers), `BEGIN` plus `query_only` for what only reads.
    PostgreSQL: a read-only transaction for what only reads.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_server)


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reads = bool(connection.get_execution_options().get(READ_ONLY))
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _begin_server(connection: Connection) -> None:
    if connection.get_execution_options().get(READ_ONLY):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def read_only(session: Session) -> None:
    """From now to its end, the transaction of `session` can only read; a write in it raises."""
    session.connection(execution_options={READ_ONLY: True})


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that can only read, on one snapshot, closed at the end."""
    with sessions() as session:
        read_only(session)
        yield session


@contextmanager
def writing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session in one writing transaction: committed at the end, rolled back on any exception."""
    with sessions.begin() as session:
        yield session
