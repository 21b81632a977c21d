"""What a commune does with its own sheets, and who may."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from passerelle.accounts.models import Commune, Role, User
from passerelle.moderation import actions as moderation
from passerelle.moderation.models import Decision
from passerelle.sheets.models import RevisionStatus, Sheet
from passerelle.vocabulary import LANGUAGES
from tests.factories import NOON, Factories
from tests.web.my.conftest import Desk
from tests.web.my.officer import Officer, Page


@pytest.fixture
def manager(make: Factories, quaregnon: Commune) -> User:
    """Who manages the commune."""
    return make.user(of=quaregnon, role=Role.MANAGER, name="Martin")


def a_sheet(session: Session, make: Factories, by: User, status: RevisionStatus, **content: Any) -> int:
    """The number of a sheet of Quaregnon; `content` is Any as each field has its own type."""
    number = make.sheet(of=make.commune("53065"), by=by, status=status, **content).id
    session.commit()
    return number


def stored(session: Session, number: int) -> Sheet:
    """The sheet as it is stored now."""
    query = select(Sheet).where(Sheet.id == number).options(selectinload(Sheet.revisions))
    found = session.scalars(query).one()
    session.expunge_all()
    session.rollback()
    return found


def of(number: int, action: str = "") -> str:
    return f"/en/my/sheets/{number}{action}"


def button(page: Page, action: str) -> bool:
    """Whether the page has a form that leads to `action`."""
    return any(str(each.get("action")).endswith(action) for each in page.all("form"))


def test_a_submitted_sheet_is_withdrawn(
    session: Session, make: Factories, claire: User, officer: Officer
) -> None:
    number = a_sheet(session, make, claire, RevisionStatus.SUBMITTED)

    page = officer.follow(officer.press(officer.open(of(number)), "", action="/withdraw"))

    assert "It is a draft again" in page.words()
    assert stored(session, number).revisions[0].status == RevisionStatus.DRAFT


def test_a_preview_is_sent(session: Session, make: Factories, claire: User, officer: Officer) -> None:
    number = a_sheet(session, make, claire, RevisionStatus.DRAFT)

    officer.press(officer.open(of(number, "/preview")), "", action="/submit")

    assert stored(session, number).revisions[0].status == RevisionStatus.SUBMITTED


def test_an_incomplete_sheet_sent_from_elsewhere_leads_to_its_form(
    session: Session, make: Factories, claire: User, officer: Officer
) -> None:
    number = a_sheet(session, make, claire, RevisionStatus.DRAFT, summary="", starts=None)
    form = officer.open(of(number, "/edit")).fields()

    answer = officer.send(of(number, "/submit"), {"csrf_token": form["csrf_token"], "version": "1"})

    assert answer.status == 422
    assert list(answer.summary) == ["summary", "starts"]
    assert answer.by_id("sheet-form").get("action") == of(number, "/edit")


def test_a_draft_is_thrown_away_after_a_question(
    session: Session, make: Factories, claire: User, officer: Officer
) -> None:
    number = a_sheet(session, make, claire, RevisionStatus.DRAFT)
    question = officer.open(of(number, "/discard"))

    answer = officer.press(question, "", action="/discard")

    assert "Throw this draft away?" in question.words()
    assert answer.location == "/en/my"
    assert stored(session, number).revisions[0].status == RevisionStatus.DISCARDED
    assert "Café des parents" not in officer.follow(answer).words()


def test_a_colleague_does_not_throw_the_draft_of_another_away(
    session: Session, make: Factories, claire: User, quaregnon: Commune, desk: Desk
) -> None:
    colleague = make.user(of=quaregnon)
    number = a_sheet(session, make, claire, RevisionStatus.DRAFT)
    browser = desk(colleague)

    assert "Throw the draft away" not in browser.open(of(number)).words()
    assert browser.open(of(number, "/discard")).status == 403


def test_the_next_version_is_begun_and_the_published_one_stays(
    session: Session, make: Factories, claire: User, officer: Officer
) -> None:
    number = a_sheet(session, make, claire, RevisionStatus.PUBLISHED)

    form = officer.follow(officer.press(officer.open(of(number)), "", action="/start-revision"))

    sheet = stored(session, number)
    assert form.by_id("title").get("value") == "Café des parents"
    assert [each.status for each in sheet.revisions] == ["published", "draft"]
    assert "Revision 1 is online meanwhile" in officer.open(of(number)).words()


def test_a_version_begun_twice_is_one_version(
    session: Session, make: Factories, claire: User, officer: Officer
) -> None:
    number = a_sheet(session, make, claire, RevisionStatus.PUBLISHED)
    page = officer.open(of(number))
    officer.press(page, "", action="/start-revision")

    again = officer.press(page, "", action="/start-revision")

    assert again.status == 409
    assert "stands otherwise by now" in again.words()
    assert len(stored(session, number).revisions) == 2


@pytest.mark.parametrize("action", ["/withdraw", "/submit", "/discard"])
def test_a_button_of_an_old_page_does_nothing(
    session: Session, make: Factories, claire: User, officer: Officer, action: str
) -> None:
    status = RevisionStatus.SUBMITTED if action == "/withdraw" else RevisionStatus.DRAFT
    number = a_sheet(session, make, claire, status)
    token = officer.open("/en/my").all("input", name="csrf_token")[0].get("value", "")

    answers = [
        officer.send(of(number, action), {"csrf_token": token, "version": version})
        for version in ("9", "", "x")
    ]

    assert {each.status for each in answers} == {409}
    assert stored(session, number).revisions[0].status == status


def test_the_page_of_a_sheet_tells_its_story_with_reasons_and_comments(
    session: Session, make: Factories, claire: User, officer: Officer
) -> None:
    number = a_sheet(session, make, claire, RevisionStatus.SUBMITTED)
    revision = session.scalars(select(Sheet)).one().revisions[0]
    said = {"costs": "Combien cela coûte-t-il ?", "title": "Un titre plus court ?"}
    coordinator = make.coordinator(name="Karim")
    moderation.ask_for_changes(
        session, revision, coordinator, NOON, revision.version, said, "Merci pour la fiche"
    )
    session.commit()

    words = officer.open(of(number)).words()

    assert "Changes requested" in words
    assert "Merci pour la fiche" in words
    assert words.index("Un titre plus court ?") < words.index("Combien cela coûte-t-il ?")
    assert "12 Annual cost" in words
    assert session.scalars(select(Decision)).all() != []


def test_a_declined_sheet_says_why_and_can_be_written_again(
    session: Session, make: Factories, claire: User, officer: Officer
) -> None:
    number = a_sheet(session, make, claire, RevisionStatus.DECLINED)

    form = officer.follow(officer.press(officer.open(of(number)), "", action="/start-revision"))

    assert form.by_id("title").get("value") == "Café des parents"


@pytest.mark.parametrize("path", ["", "/edit", "/preview", "/discard"])
def test_the_draft_of_another_commune_does_not_exist(
    session: Session, make: Factories, claire: User, desk: Desk, path: str
) -> None:
    stranger = make.user(of=make.commune("63079"), role=Role.MANAGER)
    coordinator = make.coordinator()
    number = a_sheet(session, make, claire, RevisionStatus.DRAFT)

    for person in (stranger, coordinator):
        browser = desk(person)
        assert browser.open(of(number, path)).status == 404
        assert browser.open(of(999_999, path)).status == 404


def test_nobody_begins_a_sheet_for_another_commune(make: Factories, desk: Desk) -> None:
    reader = make.user(of=make.commune("53065"), role=Role.READER)
    stranger = make.user(of=make.commune("63079"))

    for person in (reader, stranger):
        assert desk(person).open("/en/my/communes/53065/sheets/new").status == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [each for each in RevisionStatus if each is not RevisionStatus.SUPERSEDED])
def test_every_state_has_its_page_in_four_languages(
    session: Session, make: Factories, claire: User, officer: Officer, language: str, status: RevisionStatus
) -> None:
    number = a_sheet(session, make, claire, status)

    page = officer.open(f"/{language}/my/sheets/{number}")

    assert page.status == 200
    assert page.tree.get("lang") == language
    assert len(page.all("h1")) == 1
