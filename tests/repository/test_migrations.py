"""Migrations are numbered, have one head, go up and down, and make what the models say."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune
from passerelle.core.migrations import migrate, migrate_down
from passerelle.core.models import Base
from passerelle.core.paths import shipped
from passerelle.moderation.thesaurus import Word, add_term
from passerelle.sheets.models import RevisionStatus
from tests.factories import NOON, Factories

STEPS = sorted(file.stem for file in (shipped("migrations") / "versions").glob("*.py"))


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = [int(Path(step).name.split("_")[0]) for step in STEPS]

    assert numbers == list(range(1, len(STEPS) + 1))


def test_the_migrated_schema_is_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert differences == []


def test_each_step_goes_down_and_up_with_rows_in_the_tables(
    engine: Engine, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        quaregnon = session.get_one(Commune, "53065")
        make = Factories(session)
        make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
        add_term(session, Word("group", "nl", "kwetterkring"), make.coordinator(), NOON)

    for step in reversed(STEPS[:-1]):
        migrate_down(engine, step.split("_")[0])
    for step in STEPS[1:]:
        migrate(engine, step.split("_")[0])

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_everything_can_be_taken_back(engine: Engine) -> None:
    migrate_down(engine, "base")

    assert inspect(engine).get_table_names() == ["alembic_version"]
