"""What a municipality took back, or never sent, no decision of a coordinator brings to light."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, User
from passerelle.moderation import actions
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from tests.factories import NOON, Factories
from tests.web.review.desk import Desk

SECRET = "Brouillon que personne ne lit encore"


@pytest.fixture
def rewritten(make: Factories, session: Session, quaregnon: Commune, author: User) -> Sheet:
    """A published sheet whose next revision is being written, and was never sent."""
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, by=author)
    make.revision(sheet, status=RevisionStatus.DRAFT, by=author, title=SECRET, activities=SECRET)
    session.commit()
    return sheet


@pytest.mark.parametrize(
    ("move", "typed"),
    [
        ("publish", {"note": "Une remarque."}),
        ("publish", {}),
        ("changes", {}),
        ("changes", {"note": "x" * 6_000}),
        ("decline", {}),
        ("decline", {"reason": "Non."}),
    ],
)
def test_a_decision_on_a_draft_shows_nothing_of_it(
    desk: Desk, rewritten: Sheet, move: str, typed: dict[str, str]
) -> None:
    answer = desk.post(f"/en/review/{rewritten.id}/{move}", desk.get("/en/account").text, typed)

    assert answer.status_code == 409
    assert SECRET not in answer.text


@pytest.mark.parametrize("move", ["publish", "changes"])
def test_a_decision_on_a_text_taken_back_shows_nothing_of_it(
    desk: Desk, make: Factories, session: Session, quaregnon: Commune, author: User, move: str
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author, title=SECRET)
    revision = sheet.revisions[-1]
    actions.withdraw(session, revision, author, NOON, revision.version)

    answer = desk.post(f"/en/review/{sheet.id}/{move}", desk.get("/en/account").text)

    assert answer.status_code == 409
    assert SECRET not in answer.text


def test_archiving_twice_shows_no_draft(desk: Desk, rewritten: Sheet) -> None:
    page, path = desk.get("/en/account").text, f"/en/review/{rewritten.id}/archive"
    assert desk.post(path, page, {"reason": "Fini."}).status_code == 302

    answer = desk.post(path, page, {"reason": "Fini."})

    assert answer.status_code == 409
    assert SECRET not in answer.text


def test_an_administrator_is_not_shown_what_was_removed_before_it_was_online(
    app: Flask, make: Factories, session: Session, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, sheet_status=SheetStatus.REMOVED, title=SECRET)

    answer = Desk(app, session, make.administrator()).get(f"/en/review/{sheet.id}/remove")

    assert answer.status_code == 409
    assert SECRET not in answer.text
