"""The checks see every way in which database and index can disagree."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune
from passerelle.core.jobs import ask_for_mail
from passerelle.core.settings import Settings
from passerelle.search.checking import Finding, run_checks
from passerelle.search.service import SearchService
from passerelle.sheets.models import RevisionStatus, Sheet
from tests.factories import NOON, Factories
from tests.search.standing import damage, service_in

PUBLISHED = RevisionStatus.PUBLISHED
Sessions = sessionmaker[Session]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def sheet(make: Factories, quaregnon: Commune) -> Sheet:
    """One of three sheets: published, submitted and a draft."""
    make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)
    make.sheet(of=quaregnon)
    published = make.sheet(of=quaregnon, status=PUBLISHED)
    make.session.commit()
    return published


@pytest.fixture
def service(folder: Path, sessions: Sessions, sheet: Sheet) -> SearchService:
    service = service_in(folder, sessions)
    assert service.rebuild() == len([sheet])
    return service


def without_triggers(session: Session, statement: str, **values: object) -> None:
    """Do to the database what only an accident or an intruder can do."""
    for name in ("decisions_never_change", "decisions_never_go", "published_text_stays"):
        session.execute(text(f"DROP TRIGGER {name}"))
    session.execute(text(statement), values)
    session.commit()


def test_a_platform_in_order_has_no_findings(service: SearchService) -> None:
    assert service.check(deep=True) == []


def test_a_sheet_that_is_missing_from_the_index_is_named(service: SearchService, sheet: Sheet) -> None:
    service.engine.remove([sheet.id], service.engine.position())

    assert service.check() == [Finding("index", "is published, but is not found", sheet.id)]


def test_a_sheet_that_is_found_without_being_public_is_named(
    service: SearchService, session: Session, sheet: Sheet
) -> None:
    sheet.status = "archived"  # and nobody asked the index to follow
    session.commit()

    assert service.check() == [Finding("index", "is found, but is not published", sheet.id)]


def test_a_sheet_that_is_found_with_another_text_is_named(
    service: SearchService, make: Factories, sheet: Sheet
) -> None:
    position = service.engine.position()
    make.revision(sheet, status=PUBLISHED, title="La suite")
    make.session.execute(text("DELETE FROM jobs WHERE id > :position"), {"position": position})
    make.session.commit()

    findings = [each for each in service.check() if each.check == "index"]

    assert findings == [Finding("index", "is found with another text", sheet.id)]


def test_an_index_of_the_future_is_named(service: SearchService) -> None:
    service.engine.put([], 999)

    assert [each.check for each in service.check()] == ["index"]


@pytest.mark.parametrize("deep", [True, False])
def test_a_damaged_or_missing_index_is_a_finding_and_no_failure(
    folder: Path, sessions: Sessions, service: SearchService, deep: bool
) -> None:
    assert service.check() == []
    damage(folder)
    another = service_in(folder, sessions)

    findings = another.check(deep=deep)

    assert {each.check for each in findings} == ({"index", "files"} if deep else {"index"})
    assert str(folder) not in repr(findings)


def test_a_revision_that_moved_without_a_decision_is_named(
    service: SearchService, session: Session, sheet: Sheet
) -> None:
    without_triggers(
        session, "DELETE FROM decisions WHERE to_status = 'submitted' AND sheet_id = :id", id=sheet.id
    )

    (finding,) = service.check()

    assert (finding.check, finding.sheet) == ("moves", sheet.id)
    assert "went from submitted, but stood at draft" in finding.message


def test_a_revision_that_stands_elsewhere_than_its_decisions_lead_is_named(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune
) -> None:
    draft = make.sheet(of=quaregnon)
    draft.revisions[0].status = RevisionStatus.SUBMITTED
    session.commit()

    (finding,) = service.check()

    assert (finding.check, finding.sheet) == ("moves", draft.id)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE revisions SET content = json_set(content, '$.title', 'Autre') WHERE status = 'published'",
        "UPDATE revisions SET content = '{\"partnerships\": 7}' WHERE status = 'published'",
        "UPDATE decisions SET content_hash = 'other' WHERE to_status = 'published'",
    ],
)
def test_a_published_text_that_nobody_approved_is_named(
    service: SearchService, session: Session, sheet: Sheet, change: str
) -> None:
    without_triggers(session, change)

    assert Finding("texts", "is published with a text that nobody approved", sheet.id) in service.check()


def test_a_sheet_published_by_its_author_is_named(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune
) -> None:
    author = make.user(of=quaregnon)
    own = make.sheet(of=quaregnon, status=PUBLISHED, by=author)
    session.commit()
    service.catch_up()
    change = "UPDATE decisions SET by_user_id = :by WHERE sheet_id = :id AND to_status = 'published'"
    without_triggers(session, change, by=author.id, id=own.id)

    assert service.check() == [Finding("states", "was published by somebody who wrote it", own.id)]


@pytest.mark.parametrize("wait", [59, 61])
def test_a_job_that_waits_for_longer_than_a_minute_is_named(
    service: SearchService, sessions: Sessions, make: Factories, quaregnon: Commune, wait: int
) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED)
    ask_for_mail(make.session, "published", make.user().id, NOON, {})
    make.session.commit()

    findings = run_checks(sessions, service.engine, NOON + timedelta(seconds=wait))

    assert [each.check for each in findings] == ([] if wait < 60 else ["jobs", "jobs"])


def test_a_row_without_its_parent_is_named(service: SearchService, settings: Settings) -> None:
    with closing(sqlite3.connect(settings.instance / "passerelle.db")) as careless, careless:
        careless.execute("UPDATE revisions SET created_by = 4711 WHERE status = 'draft'")

    assert [each.check for each in service.check()] == ["database"]
