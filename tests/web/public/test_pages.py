"""Texts about the platform, the display choice, and what machines ask for."""

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.sheets.models import RevisionStatus, SheetStatus
from tests.factories import Factories
from tests.web.sheets.reading import Page

SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("name", ["about", "accessibility", "privacy", "contact"])
def test_a_page_of_words_stands_in_every_language(client: FlaskClient, name: str, language: str) -> None:
    page = Page(client.get(f"/{language}/{name}"))

    assert page.heading
    assert page.one("html").get("lang") == language


class TestTheDisplay:
    """It is one cookie and needs neither a session nor a token."""

    def test_is_kept_and_leads_back(self, client: FlaskClient) -> None:
        answer = client.post("/fr/theme", data={"theme": "dark", "next": "/fr/sheets?q=a"})

        assert (answer.status_code, answer.location) == (303, "/fr/sheets?q=a")
        assert Page(client.get("/fr/about")).one("html").get("data-bs-theme") == "dark"
        assert not client.get_cookie("session")

    def test_can_be_that_of_the_device_again(self, client: FlaskClient) -> None:
        client.post("/fr/theme", data={"theme": "dark"})
        client.post("/fr/theme", data={"theme": "auto"})

        assert Page(client.get("/fr/about")).one("html").get("data-bs-theme") is None

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:1",
            "",
            "/\n/evil",
            "\\\\x",
            "//[",
        ],
    )
    def test_never_leads_to_another_site(self, client: FlaskClient, elsewhere: str) -> None:
        answer = client.post("/fr/theme", data={"theme": "light", "next": elsewhere})

        assert answer.location == "/fr/"


def test_the_sitemap_names_published_sheets_only(
    make: Factories, quaregnon: Commune, session: Session, client: FlaskClient
) -> None:
    online = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    make.sheet(of=quaregnon)
    make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, sheet_status=SheetStatus.ARCHIVED)
    session.commit()

    index = ElementTree.fromstring(client.get("/sitemap.xml").data)  # noqa: S314 (our own answer)
    sheets = ElementTree.fromstring(client.get("/nl/sitemap.xml").data)  # noqa: S314 (our own answer)

    assert len(list(index.iter(f"{SITEMAPS}loc"))) == 4
    assert [each.text for each in sheets.iter(f"{SITEMAPS}loc")] == [
        f"http://localhost/nl/sheets/{online.id}"
    ]


def test_crawlers_are_told_where_the_sitemap_is(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")

    assert answer.content_type == "text/plain; charset=utf-8"
    assert "Sitemap: http://localhost/sitemap.xml" in answer.text


def test_the_style_guide_is_for_those_who_develop(client: FlaskClient) -> None:
    assert client.get("/en/kit").status_code == 200
    assert client.get("/favicon.ico").status_code == 302
