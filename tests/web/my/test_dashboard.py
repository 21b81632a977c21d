"""The dashboard says what waits for a person, how their sheets stand, and whose they are."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, Role, User
from passerelle.moderation import actions as moderation
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from passerelle.vocabulary import LANGUAGES
from tests.factories import NOON, Factories
from tests.web.my.conftest import Desk
from tests.web.my.officer import Officer


def test_a_visitor_is_led_to_sign_in(desk: Desk, claire: User) -> None:
    browser = desk(claire)
    with browser.client.session_transaction() as cookie:
        cookie.clear()

    assert browser.open("/en/my").location.startswith("/en/sign-in?next=")


def test_the_first_sheet_takes_twenty_minutes(officer: Officer) -> None:
    words = officer.open("/en/my").words()

    assert "Hello, Claire" in words
    assert "Nothing waits for you." in words
    assert "Your first sheet takes twenty minutes." in words
    assert "New sheet" in words


def test_what_waits_comes_first_questions_before_drafts(
    session: Session, make: Factories, quaregnon: Commune, claire: User, officer: Officer
) -> None:
    make.sheet(of=quaregnon, by=claire, title="Brouillon", summary="")
    asked = make.sheet(of=quaregnon, by=claire, title="Question", status=RevisionStatus.SUBMITTED).open
    coordinator = make.coordinator(name="Karim")
    assert asked is not None
    said = {"evaluation": "Quels chiffres ? " + "x" * 200}
    moderation.ask_for_changes(session, asked, coordinator, NOON, asked.version, said)
    session.commit()

    page = officer.open("/en/my")

    things = [page.words(each) for each in page.all("ul", class_="todo")[0].iter("li")]
    assert "2 things wait for you." in page.words()
    assert things[0].startswith(
        "Question The coordinators ask for changes. Karim, section 11: “Quels chiffres ?"
    )
    assert "…”" in things[0]
    assert things[1].startswith("Brouillon This draft has 11 of 12 sections complete.")
    assert "Make the changes" in things[0]


def test_the_sheets_stand_by_state_with_what_comes_next(
    session: Session, make: Factories, quaregnon: Commune, officer: Officer
) -> None:
    for status in (RevisionStatus.PUBLISHED, RevisionStatus.SUBMITTED, RevisionStatus.DECLINED):
        make.sheet(of=quaregnon, title=f"Fiche {status}", status=status)
    make.sheet(of=quaregnon, title="Jetée", status=RevisionStatus.DISCARDED)
    make.sheet(
        of=quaregnon, title="Archivée", status=RevisionStatus.PUBLISHED, sheet_status=SheetStatus.ARCHIVED
    )
    make.sheet(
        of=quaregnon, title="Retirée", status=RevisionStatus.PUBLISHED, sheet_status=SheetStatus.REMOVED
    )
    session.commit()

    page = officer.open("/en/my")

    lines = [page.words(each) for each in page.all("tbody")[0].iter("tr")]
    assert [line.split(" ")[0] for line in lines] == ["Fiche", "Fiche", "Fiche", "Archivée", "Retirée"]
    assert "Sent on" in lines[0]
    assert "Revision 1, published on" in lines[1]
    assert "Declined" in lines[2]
    assert "View" not in lines[4]
    assert "Jetée" not in page.words()


def test_a_published_sheet_with_a_draft_says_that_it_stays_online(
    session: Session, make: Factories, quaregnon: Commune, officer: Officer
) -> None:
    make.revision(make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED))
    session.commit()

    assert "Revision 1 stays online meanwhile" in officer.open("/en/my").words()


def test_sheets_of_other_communes_are_not_there(session: Session, make: Factories, officer: Officer) -> None:
    make.sheet(of=make.commune("63079"), title="Ailleurs")
    session.commit()

    assert "Ailleurs" not in officer.open("/en/my").words()


def test_a_manager_finds_the_communes_they_manage(
    session: Session, make: Factories, claire: User, desk: Desk
) -> None:
    other = make.user(of=make.commune("53053"), role=Role.MANAGER)
    claire.memberships.append(other.memberships[0])
    make.sheet(of=make.commune("53053"), title="Fiche de Mons")
    session.commit()

    page = desk(claire).open("/fr/my")

    assert "Quaregnon · Mons" in page.words()
    assert "Fiche de Mons" in page.words()
    assert [each.get("href") for each in page.all("a") if "members" in str(each.get("href"))] == [
        "/fr/communes/53053/members"
    ]


def test_a_reader_and_a_coordinator_find_what_is_theirs(
    make: Factories, quaregnon: Commune, desk: Desk
) -> None:
    make.sheet(of=quaregnon, title="Brouillon")
    reader = make.user(of=quaregnon, role=Role.READER)

    browser = desk(reader)
    read = browser.open("/en/my")
    coordinated = desk(make.coordinator()).open("/en/my")
    administered = desk(make.administrator()).open("/en/my")

    assert "ask one of its managers" in read.words()
    assert "Brouillon" not in read.words()
    assert "Go to the review queue" in coordinated.words()
    assert administered.status == 200
    assert "Your account cannot write sheets yet" in browser.open("/en/my/sheets/new").words()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dashboard_is_there_in_four_languages(
    session: Session, make: Factories, quaregnon: Commune, officer: Officer, language: str
) -> None:
    for status in RevisionStatus:
        make.sheet(of=quaregnon, status=status)
    session.commit()

    page = officer.open(f"/{language}/my")

    assert page.status == 200
    assert page.tree.get("lang") == language
    assert len(session.scalars(select(Sheet)).all()) == len(RevisionStatus)
