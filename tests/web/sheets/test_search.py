"""The search page: every part of the answer is shown, and every link keeps the rest of the question."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from passerelle.search.page import Note, NoteKind, SearchPage
from passerelle.search.request import SearchRequest
from passerelle.sheets.models import RevisionStatus
from passerelle.vocabulary import FORMS
from tests.web.sheets.reading import Page, put_online, words

PUBLISHED = RevisionStatus.PUBLISHED


@pytest.fixture
def answering(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[SearchPage], None]:
    """Let the search give one answer to every question."""

    def answer(page: SearchPage) -> None:
        monkeypatch.setattr(app.extensions["passerelle"].search, "search", lambda _request: page)

    return answer


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.usefixtures("sheets")
def test_every_sheet_is_shown_in_its_own_language(client: FlaskClient, language: str) -> None:
    page = Page(client.get(f"/{language}/sheets"))

    assert len(page.all("article", class_="fiche")) == 4
    assert page.language_of("Nachbarschaft") == "de"
    assert page.language_of("Maandelijkse praatgroep.") == "nl"
    assert page.language_of("Formation des bars.") == "fr"


@pytest.mark.usefixtures("sheets")
def test_the_words_found_are_marked(client: FlaskClient) -> None:
    page = Page(client.get("/en/sheets?q=mamans"))

    assert page.heading == "1 sheet for “mamans”"
    assert "Mamans" in {words(mark) for mark in page.all("mark")}


@pytest.mark.usefixtures("sheets")
def test_a_search_by_words_is_not_for_search_engines(client: FlaskClient) -> None:
    by_words = Page(client.get("/fr/sheets?q=mamans"))
    by_form = Page(client.get("/fr/sheets?form=partner"))

    assert by_words.one("meta", name="robots").get("content") == "noindex"
    assert not by_form.all("meta", name="robots")
    assert by_form.one("link", rel="canonical").get("href") == "http://localhost/fr/sheets?form=partner"


@pytest.mark.usefixtures("sheets")
def test_a_page_of_results_asks_nothing_of_the_database(client: FlaskClient, app: Flask) -> None:
    statements: list[str] = []
    engine = app.extensions["passerelle"].engine

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    for address in (
        "/fr/sheets?q=groupe&form=partner",
        "/fr/sheets?q=absent",
        "/fr/",
        "/fr/communes",
        "/fr/sheets/feed",
    ):
        client.get(address)
    event.remove(engine, "before_cursor_execute", count)

    assert statements == []


@pytest.mark.usefixtures("sheets")
def test_the_broader_form_is_a_group_of_its_own(client: FlaskClient) -> None:
    page = Page(client.get("/en/sheets?form=partner"))

    broader = [section for section in page.all("section") if section.get("aria-labelledby") == "broader"]
    assert page.heading == "2 sheets"
    assert [words(h) for h in broader[0].iter("h2")] == [f"Also about: {FORMS.label('intrafamilial', 'en')}"]
    assert [words(h) for h in broader[0].iter("h3")] == ["Café des Mamans"]


class TestWithoutResults:
    """The page says why, offers what finds something, and never a dead end."""

    @pytest.mark.usefixtures("sheets")
    def test_offers_wider_searches_with_their_counts(self, client: FlaskClient) -> None:
        page = Page(client.get("/en/sheets?q=sereine&form=elder&written=nl"))

        ways = page.one("ul", class_="ways")
        offers = {words(link): link.get("href", "") for link in ways.iter("a")}
        assert page.heading == "No sheet for “sereine”"
        assert 1 <= len(offers) <= 3
        assert "1 sheet" in words(ways)
        for address in offers.values():
            assert not Page(client.get(address)).heading.startswith("No sheet")

    @pytest.mark.usefixtures("sheets")
    def test_leads_to_contributing_and_to_other_sheets(self, client: FlaskClient) -> None:
        page = Page(client.get("/en/sheets?q=xyzzyx"))

        assert page.links["Submit a sheet"] == "/en/my/sheets/new"
        assert page.all("article", class_="fiche")

    def test_works_before_the_first_sheet(self, client: FlaskClient, app: Flask, session: Session) -> None:
        put_online(app, session)

        assert Page(client.get("/en/sheets")).heading == "No sheet published yet"
        assert "No sheet" in Page(client.get("/en/sheets?q=a&form=partner")).heading


class TestWhatTheSearchRemarks:
    """Corrections, notes and a search under repair are said in words."""

    FOUND = SearchPage(total=0, page=1, per_page=20, hits=(), facets={})

    def test_a_correction_is_said_and_followed(
        self, client: FlaskClient, answering: Callable[[SearchPage], None]
    ) -> None:
        answering(SearchPage(1, 1, 20, (), {}, suggestion="groupe de parole", corrected=True))

        page = Page(client.get("/en/sheets?q=groupe+de+parol"))

        assert (
            "No sheet contains “groupe de parol”. These are the results for “groupe de parole”." in page.text
        )
        assert page.one("input", id="q").get("value") == "groupe de parol"
        hidden = [each.get("value") for each in page.one("form", id="filters").iter("input")]
        assert hidden == ["groupe de parole"]

    def test_a_suggestion_is_a_link(
        self, client: FlaskClient, answering: Callable[[SearchPage], None]
    ) -> None:
        answering(SearchPage(3, 1, 20, (), {}, suggestion="parole"))

        page = Page(client.get("/en/sheets?q=parol&written=fr"))

        assert page.links["Did you mean “parole”?"] == "/en/sheets?q=parole&written=fr"

    def test_words_left_out_are_named(
        self, client: FlaskClient, answering: Callable[[SearchPage], None]
    ) -> None:
        notes = (Note(NoteKind.IGNORED, ("de", "la")), Note(NoteKind.CUT, ("zut",)))
        answering(SearchPage(0, 1, 20, (), {}, notes=notes))

        text = Page(client.get("/en/sheets?q=x")).text

        assert "Too common to look for, and left out: de, la." in text
        assert "Not looked for: zut." in text

    def test_a_search_under_repair_says_so(
        self, client: FlaskClient, answering: Callable[[SearchPage], None]
    ) -> None:
        answering(SearchPage(0, 1, 20, (), {}, degraded=True))

        assert "The search is repairing itself." in Page(client.get("/en/sheets")).text


HOSTILE = [
    "q=" + "a" * 5000,
    "q=%00%01%ff%fe",
    "q=%ED%A0%80",
    "q=*%3F%5B%5D%28%29AND+OR+NOT+%22",
    "q=-a+-b+%22+%22",
    "q=%3Cscript%3Ealert(1)%3C/script%3E",
    "page=-1&sort=nonsense&form=nonsense&commune=99999&region=%00",
    "page=99999999999999999999",
    "page=%D9%A1&q=%E2%80%AE",
    "form=" + "&form=".join(["partner"] * 500),
    "_external=1&_anchor=x&_scheme=javascript&_method=POST&endpoint=x&self=1&values=1",
    "lang=xx&lang=nl&number=5&nis=1",
    "q[]=1&=&&&%3D",
    "%ff=%ff",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_parameter_breaks_a_page(client: FlaskClient, query: str) -> None:
    paths = ("sheets", "sheets/feed", "communes", "communes/53065", "", "about")
    answers = {path: client.get(f"/en/{path}?{query}").status_code for path in paths}

    assert answers == dict.fromkeys(paths, 200)


@pytest.mark.usefixtures("sheets")
def test_words_never_become_markup(client: FlaskClient) -> None:
    page = Page(client.get("/en/sheets", query_string={"q": '"><img src=x onerror=alert(1)> mamans'}))

    assert not page.all("img")


def test_the_request_on_the_page_is_the_one_that_is_searched(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[SearchRequest] = []

    def remember(request: SearchRequest) -> SearchPage:
        asked.append(request)
        return SearchPage(1, 2, 20, (), {})

    monkeypatch.setattr(app.extensions["passerelle"].search, "search", remember)

    client.get("/nl/sheets?q=groep&form=partner&page=2")

    assert asked == [SearchRequest(words="groep", facets={"form": ("partner",)}, page=2, language="nl")]
