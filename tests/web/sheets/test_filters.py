"""Filters, chips and links: each changes one thing of the question and keeps the rest."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.sheets.models import RevisionStatus
from passerelle.vocabulary import FORMS
from tests.factories import Factories
from tests.web.sheets.reading import Page, put_online, words

PUBLISHED = RevisionStatus.PUBLISHED


@pytest.mark.usefixtures("sheets")
class TestTheFilters:
    """They are one form that works without a script."""

    def test_send_the_words_and_the_order_along(self, client: FlaskClient) -> None:
        page = Page(client.get("/fr/sheets?q=groupe&sort=title&form=intrafamilial&page=1"))

        form = page.one("form", id="filters")
        sent = {
            field.get("name"): field.get("value")
            for field in form.iter("input")
            if field.get("type") == "hidden"
        }
        ticked = [
            (field.get("name"), field.get("value"))
            for field in form.iter("input")
            if "checked" in field.attrib
        ]
        assert form.get("method") == "get"
        assert sent == {"q": "groupe", "sort": "title"}
        assert ticked == [("form", "intrafamilial")]

    def test_keep_a_value_without_sheets_but_disable_it(self, client: FlaskClient) -> None:
        page = Page(client.get("/fr/sheets"))

        honour = page.one("input", id="form-honour")
        assert "disabled" in honour.attrib
        assert "disabled" not in page.one("input", id="form-partner").attrib

    def test_set_a_province_below_its_region_under_its_own_name(self, client: FlaskClient) -> None:
        page = Page(client.get("/fr/sheets"))

        names = [field.get("name") for field in page.one("form", id="filters").iter("input")]
        place = [
            field.get("value") for field in page.all("input") if field.get("name") in ("region", "province")
        ]
        assert {"form", "group", "region", "province", "commune", "written", "status", "evaluated"} <= set(
            names
        )
        assert place.index("wallonia") < place.index("hainaut")
        assert place.count("brussels") == 1

    def test_show_every_value_once_however_many_are_folded_away(self, client: FlaskClient) -> None:
        page = Page(client.get("/fr/sheets?group=seniors&group=lgbt_people"))

        groups = [field.get("value") for field in page.all("input", name="group", type="checkbox")]
        assert len(groups) == len(set(groups)) == 18

    def test_label_every_box(self, client: FlaskClient) -> None:
        page = Page(client.get("/fr/sheets"))

        labelled = {label.get("for") for label in page.all("label")}
        boxes = [field.get("id") for field in page.all("input", type="checkbox")]
        assert len(boxes) == len(set(boxes))
        assert set(boxes) <= labelled


def parameters(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


@pytest.mark.usefixtures("sheets")
class TestTheLinks:
    """Each changes one thing of the question and keeps the rest."""

    ADDRESS = "/en/sheets?q=groupe&form=intrafamilial&form=partner&written=fr&sort=title"

    def test_a_chip_takes_back_one_choice(self, client: FlaskClient) -> None:
        page = Page(client.get(self.ADDRESS))

        chip = page.links[f"Remove filter {FORMS.label('partner', 'en')}"]
        assert parameters(chip) == {
            "q": ["groupe"],
            "form": ["intrafamilial"],
            "written": ["fr"],
            "sort": ["title"],
        }

    def test_an_order_keeps_words_and_filters(self, client: FlaskClient) -> None:
        page = Page(client.get(self.ADDRESS))

        newest = parameters(page.links["Newest"])
        assert newest == {
            "q": ["groupe"],
            "form": ["intrafamilial", "partner"],
            "written": ["fr"],
            "sort": ["newest"],
        }

    def test_a_new_question_keeps_the_filters(self, client: FlaskClient) -> None:
        page = Page(client.get(self.ADDRESS))

        kept = [
            (field.get("name"), field.get("value"))
            for field in page.one("form", role="search").iter("input")
            if field.get("type") == "hidden"
        ]
        assert kept == [("form", "intrafamilial"), ("form", "partner"), ("written", "fr"), ("sort", "title")]

    def test_another_language_shows_the_same_search(self, client: FlaskClient) -> None:
        page = Page(client.get(self.ADDRESS))

        links = [link for link in page.all("a", hreflang="nl") if words(link) == "NL"]
        assert parameters(links[0].get("href", "")) == parameters(self.ADDRESS)

    def test_the_pages_keep_the_question(
        self, client: FlaskClient, make: Factories, app: Flask, session: Session
    ) -> None:
        for number in range(21):
            make.sheet(of=make.commune("53065"), status=PUBLISHED, title=f"Projet {number}")
        put_online(app, session)

        page = Page(client.get("/en/sheets?q=projet&form=intrafamilial"))
        beyond = Page(client.get("/en/sheets?q=projet&page=900"))

        assert page.heading == "21 sheets for “projet”"
        assert "Sheets 1 to 20 of 21" in page.text
        assert parameters(page.links["Next"]) == {"q": ["projet"], "form": ["intrafamilial"], "page": ["2"]}
        assert beyond.heading == "21 sheets for “projet”"
