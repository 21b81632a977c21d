"""Readers cannot write, writers wait their turn, and a migration happens or does not."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Attempt, Commune, User
from passerelle.core.database import open_database, reading, writing
from passerelle.core.migrations import SchemaTooNew, current_revision, migrate, newest_revision
from tests.factories import NOON


def test_a_reading_session_cannot_write(sessions: sessionmaker[Session]) -> None:
    with reading(sessions) as session, pytest.raises(OperationalError, match="readonly"):
        session.execute(text("DELETE FROM communes"))


def test_a_reader_does_not_wait_for_a_writer(sessions: sessionmaker[Session]) -> None:
    with writing(sessions) as writer:
        writer.add(Attempt(key="sign-in:test", at=NOON))
        writer.flush()
        with reading(sessions) as reader:
            assert reader.scalars(select(Attempt)).all() == []


def test_writers_at_the_same_instant_all_succeed(sessions: sessionmaker[Session]) -> None:
    together = threading.Barrier(12)

    def write(number: int) -> None:
        together.wait()
        with writing(sessions) as session:
            session.scalar(select(Commune.nis).limit(1))
            session.add(Attempt(key=f"sign-in:{number}", at=NOON))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with reading(sessions) as session:
        assert len(session.scalars(select(Attempt)).all()) == 12


def test_foreign_keys_hold(session: Session) -> None:
    with pytest.raises(IntegrityError):
        session.execute(text("INSERT INTO sheets VALUES (1, '99999', NULL, 'active', '', '2026-01-01')"))


def test_an_error_does_not_repeat_what_was_to_be_stored(session: Session) -> None:
    session.add(User(email="claire@commune.example", language="unknown", created_at=NOON))

    with pytest.raises(IntegrityError) as refused:
        session.flush()

    assert "language" in str(refused.value)
    assert "claire" not in str(refused.value)


def test_a_moment_comes_back_with_its_zone(session: Session) -> None:
    session.add(Attempt(key="sign-in:test", at=NOON))
    session.flush()
    session.expire_all()

    assert session.scalars(select(Attempt)).one().at == NOON


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    monkeypatch.setattr("alembic.op.create_index", _break)

    with pytest.raises(RuntimeError, match="broken"):
        migrate(engine)

    assert inspect(engine).get_table_names() == []
    engine.dispose()


def _break(*_given: object, **_named: object) -> None:
    raise RuntimeError("broken")


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    migrate(engine)

    with engine.connect() as connection:
        assert current_revision(connection) == newest_revision()


def test_a_database_of_a_newer_version_is_not_touched(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaTooNew, match="9999"):
        migrate(engine)
