"""The list of communes and the page of one."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.accounts.models import Role
from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.web.sheets.reading import Page, put_online, sign_in, words

PUBLISHED = RevisionStatus.PUBLISHED


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_every_commune_is_listed_once(client: FlaskClient, language: str) -> None:
    page = Page(client.get(f"/{language}/communes"))

    listed = [link.get("href") for lines in page.all("ul", class_="places") for link in lines.iter("a")]
    assert len(listed) == len(set(listed)) == 565


def test_communes_with_sheets_come_first_in_their_province(
    make: Factories, app: Flask, session: Session, client: FlaskClient
) -> None:
    make.sheet(of=make.commune("53065"), status=PUBLISHED)
    make.sheet(of=make.commune("51004"))
    put_online(app, session)

    page = Page(client.get("/en/communes"))

    (hainaut,) = [each for each in page.all("section") if each.get("aria-labelledby") == "hainaut"]
    first = next(hainaut.iter("li"))
    assert words(first) == "Quaregnon 1 sheet"
    assert "1 of the 565 municipalities of Belgium has published sheets." in page.text


@pytest.mark.parametrize(
    ("typed", "found"), [("gent", "44021"), ("GAND", "44021"), ("sankt vith", "63067"), ("7390", "53065")]
)
def test_a_commune_is_found_by_a_name_in_any_language(client: FlaskClient, typed: str, found: str) -> None:
    page = Page(client.get("/fr/communes", query_string={"name": typed}))

    assert f"/fr/communes/{found}" in page.links.values()
    assert len(page.links) < 30


def test_a_name_that_does_not_exist_is_said_calmly(client: FlaskClient) -> None:
    page = Page(client.get("/en/communes?name=%3Cb%3EAtlantis"))

    assert "No municipality is called “<b>Atlantis”." in page.text


def test_a_commune_shows_its_sheets_and_nothing_else(
    make: Factories, app: Flask, session: Session, client: FlaskClient
) -> None:
    make.sheet(of=make.commune("53065"), status=PUBLISHED, title="Café des Mamans")
    make.sheet(of=make.commune("53065"), title="Brouillon")
    make.sheet(of=make.commune("71016"), status=PUBLISHED, title="Praatcafé")
    put_online(app, session)

    page = Page(client.get("/en/communes/53065"))

    assert page.heading == "Quaregnon"
    assert [words(each) for each in page.all("h3")] == ["Café des Mamans"]
    assert "Hainaut · Wallonia" in page.text


def test_a_commune_in_brussels_bears_both_names(client: FlaskClient) -> None:
    page = Page(client.get("/de/communes/21009"))

    assert page.heading == "Ixelles – Elsene"


def test_a_commune_without_sheets_says_how_to_take_part(client: FlaskClient) -> None:
    page = Page(client.get("/en/communes/63023"))

    assert "Eupen has not published a sheet yet." in page.text
    assert page.links["Ask the coordinators"] == "/en/contact"


def test_an_unknown_commune_is_not_found(client: FlaskClient) -> None:
    assert client.get("/fr/communes/99999").status_code == 404
    assert client.get("/fr/communes/5306").status_code == 404


@pytest.mark.parametrize(
    ("role", "invites", "writes"),
    [(Role.MANAGER, True, True), (Role.CONTRIBUTOR, False, True), (Role.READER, False, False)],
)
def test_members_see_what_they_may_do(
    make: Factories, session: Session, client: FlaskClient, role: Role, invites: bool, writes: bool
) -> None:
    sign_in(client, session, make.user(of=make.commune("53065"), role=role))

    own = Page(client.get("/en/communes/53065")).links
    foreign = Page(client.get("/en/communes/71016")).links

    assert ("/en/communes/53065/members" in own.values()) is invites
    assert ("Submit a sheet" in own) is writes
    assert "/en/communes/71016/members" not in foreign.values()
