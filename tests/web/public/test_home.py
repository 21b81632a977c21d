"""The home page: what is published is counted, nothing is invented."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.sheets.models import RevisionStatus, SheetStatus
from passerelle.vocabulary import FORMS
from tests.factories import Factories
from tests.web.sheets.reading import SVG, Page, put_online, sign_in, words

PUBLISHED = RevisionStatus.PUBLISHED


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_home_page_counts_what_is_published(
    make: Factories, quaregnon: Commune, app: Flask, session: Session, client: FlaskClient, language: str
) -> None:
    for place in ("53065", "53065", "71016"):
        make.sheet(of=make.commune(place), status=PUBLISHED, violence_forms=("sexual",))
    make.sheet(of=quaregnon, status=PUBLISHED, language="nl")
    make.sheet(of=make.commune("63023"))
    make.sheet(of=make.commune("63023"), status=PUBLISHED, sheet_status=SheetStatus.ARCHIVED)
    put_online(app, session)

    page = Page(client.get(f"/{language}/"))

    forms = {link.get("href"): words(link) for link in page.one("ul", class_="dir-4").iter("a")}
    figures = [words(each) for each in page.one("ul", class_="figures").iter("strong")]
    assert len(forms) == len(FORMS)
    assert forms[f"/{language}/sheets?form=sexual"].startswith(f"{FORMS.label('sexual', language)}3")
    assert figures == ["4", "2", "2"]
    assert len(page.all("article", class_="fiche")) == 3


def test_the_map_is_also_a_list_and_the_most_active_come_first(
    make: Factories, app: Flask, session: Session, client: FlaskClient
) -> None:
    for place in ("71016", "53065", "53065"):
        make.sheet(of=make.commune(place), status=PUBLISHED)
    put_online(app, session)

    page = Page(client.get("/en/"))

    places = [words(item) for item in page.one("ul", class_="places").iter("li")]
    dots = list(page.one("svg", class_="map").iter(f"{SVG}circle"))
    assert places == ["Quaregnon 2 sheets", "Genk 1 sheet"]
    assert [dot.get("r") for dot in dots] == ["4.8", "3.9"]


def test_before_the_first_sheet_nothing_is_pretended(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    put_online(app, session)

    page = Page(client.get("/en/"))

    assert not page.all("svg", class_="map")
    assert not page.all("article", class_="fiche")
    assert page.links["Submit a sheet"] == "/en/my/sheets/new"


@pytest.mark.parametrize(
    ("browser", "home"),
    [("nl-BE,nl;q=0.9,fr;q=0.5", "/nl/"), ("de", "/de/"), ("pt", "/fr/"), ("", "/fr/"), ("en-GB", "/en/")],
)
def test_the_bare_address_leads_to_the_language_of_the_browser(
    client: FlaskClient, browser: str, home: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": browser})

    assert answer.location == home
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_bare_address_leads_a_person_to_their_own_language(
    make: Factories, session: Session, client: FlaskClient
) -> None:
    sign_in(client, session, make.user(language="de"))

    assert client.get("/", headers={"Accept-Language": "nl"}).location == "/de/"
