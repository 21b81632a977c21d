"""A contributor begins a sheet: whose it is, its title, its language."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import User
from passerelle.sheets.content import SheetContent
from passerelle.sheets.models import Revision
from tests.factories import Factories
from tests.web.my.conftest import Desk
from tests.web.my.drafts import NEW, stored
from tests.web.my.officer import Officer


def test_a_draft_needs_only_a_title(officer: Officer, session: Session) -> None:
    begun = officer.press(officer.open(NEW), "", {"title": "Café des Mamans"}, "/sheets/new")
    form = officer.follow(begun)
    saved = officer.press(form, "save")

    assert form.by_id("title").get("value") == "Café des Mamans"
    assert "1 of 12 sections complete" in form.words()
    assert saved.status == 302
    assert stored(session, 1).content == SheetContent(title="Café des Mamans", language="fr")


def test_without_a_title_nothing_begins_and_the_page_says_why(officer: Officer, session: Session) -> None:
    answer = officer.press(officer.open(NEW), "", {"title": " ", "language": "nl"}, "/sheets/new")

    assert answer.status == 422
    assert answer.title.startswith("Error:")
    assert answer.summary == {"title": "Give the project a title: a draft needs no more than that"}
    assert "checked" in answer.by_id("language-nl").attrib
    assert session.scalars(select(Revision)).all() == []


def test_the_button_pressed_twice_begins_one_sheet(officer: Officer, session: Session) -> None:
    page = officer.open(NEW)

    first = officer.press(page, "", {"title": "Café"}, "/sheets/new")
    second = officer.press(page, "", {"title": "Café"}, "/sheets/new")

    assert first.location == second.location
    assert len(session.scalars(select(Revision)).all()) == 1
    assert stored(session, 1).title == "Café"


def test_the_language_of_the_sheet_is_that_of_the_commune(make: Factories, desk: Desk) -> None:
    eupen = make.commune("63023")

    page = desk(make.user(of=eupen)).open("/fr/my/communes/63023/sheets/new")

    assert "checked" in page.by_id("language-de").attrib


def test_with_one_commune_there_is_nothing_to_choose(officer: Officer) -> None:
    assert officer.open("/en/my/sheets/new").location == NEW


def test_with_several_communes_one_is_chosen(
    make: Factories, claire: User, officer: Officer, session: Session
) -> None:
    other = make.user(of=make.commune("53053"))
    claire.memberships.append(other.memberships[0])
    session.commit()

    page = officer.open("/en/my/sheets/new")

    links = [each.get("href") for each in page.all("main")[0].iter("a")]
    assert links == [NEW, "/en/my/communes/53053/sheets/new"]


def test_the_title_of_a_new_sheet_survives_a_lost_token_too(officer: Officer) -> None:
    answer = officer.press(officer.open(NEW), "", {"title": "Café", "csrf_token": ""}, "/sheets/new")

    assert answer.status == 400
    assert answer.by_id("title").get("value") == "Café"
