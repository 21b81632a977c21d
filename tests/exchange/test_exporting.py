"""What is online goes out as lines, and comes in elsewhere as the same sheets."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.core.database import open_database
from passerelle.exchange.exporting import export_lines
from passerelle.exchange.importing import Taken, import_lines
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from tests.factories import NOON, Factories

IN_FOUR_LANGUAGES = (("53065", "fr"), ("44021", "nl"), ("63023", "de"), ("21004", "en"))


@pytest.fixture
def elsewhere(tmp_path: Path, empty_platform: Path) -> Iterator[Session]:
    """A session on another platform, with communes and nothing else."""
    file = tmp_path / "elsewhere.db"
    shutil.copy(empty_platform, file)
    engine = open_database(f"sqlite:///{file}")
    with Session(engine) as session:
        yield session
    engine.dispose()


def online(session: Session) -> list[Revision]:
    """What is online, in the order of the sheets."""
    query = select(Revision).where(Revision.status == RevisionStatus.PUBLISHED).order_by(Revision.sheet_id)
    return list(session.scalars(query))


def test_an_export_imported_into_an_empty_platform_gives_the_same_sheets(
    session: Session, elsewhere: Session, make: Factories
) -> None:
    for nis, language in IN_FOUR_LANGUAGES:
        sheet = make.sheet(
            of=make.commune(nis),
            status=RevisionStatus.PUBLISHED,
            language=language,
            title=f"Praxis « {language} » – l’été !",
            activities='Ligne 1\n\n"Ligne" 2\\',
        )
        sheet.ref = None if language == "de" else f"our-{language}"
    exported = list(export_lines(session))

    outcomes = list(import_lines(elsewhere, exported, NOON, publish=True))

    assert [each.taken for each in outcomes] == [Taken.CREATED] * 4
    before, after = online(session), online(elsewhere)
    assert [each.content for each in after] == [each.content for each in before]
    assert [each.content_hash for each in after] == [each.content_hash for each in before]
    assert [(each.sheet.commune_nis, each.sheet.ref) for each in after] == [
        (each.sheet.commune_nis, each.sheet.ref) for each in before
    ]
    assert list(export_lines(elsewhere)) == exported


def test_only_what_is_online_goes_out(session: Session, make: Factories) -> None:
    quaregnon = make.commune("53065")
    for status in RevisionStatus:
        make.sheet(of=quaregnon, status=status, title=status)
    for gone in (SheetStatus.ARCHIVED, SheetStatus.REMOVED):
        make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, sheet_status=gone, title=gone)

    exported = [json.loads(each) for each in export_lines(session)]

    assert [each["title"] for each in exported] == ["published"]


def test_the_published_text_goes_out_and_not_the_next_one(session: Session, make: Factories) -> None:
    sheet = make.sheet(of=make.commune("53065"), status=RevisionStatus.PUBLISHED, title="Online")
    make.revision(sheet, title="Next")

    (exported,) = export_lines(session)

    assert json.loads(exported)["title"] == "Online"


def test_of_a_contact_only_the_function_goes_out(session: Session, make: Factories) -> None:
    make.sheet(of=make.commune("53065"), status=RevisionStatus.PUBLISHED)

    (exported,) = export_lines(session)

    assert json.loads(exported)["contact"] == {"job_title": "Assistante sociale"}
    assert not any(text in exported for text in ("Prénom Nom", "065000000", "prevention@commune.example"))


def test_an_export_changes_nothing_where_it_came_from(session: Session, make: Factories) -> None:
    make.sheet(of=make.commune("53065"), status=RevisionStatus.PUBLISHED).ref = "cafe"
    exported = list(export_lines(session))

    outcomes = list(import_lines(session, exported, NOON, publish=True))

    assert [each.taken for each in outcomes] == [Taken.UNCHANGED]
    assert len(session.scalars(select(Sheet)).all()) == 1
