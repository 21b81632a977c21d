"""What the search understood is said, and can be taken back; members find communes like theirs."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.search.page import AlsoSearched, SearchPage
from passerelle.search.request import Mine, SearchRequest, Sort
from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.web.sheets.reading import Page, put_online, sign_in, words

FOUND = SearchPage(0, 1, 20, (), {})
GROUP = AlsoSearched(
    ("groupe",), "group", {"nl": "praatgroep", "de": "Gesprächsrunde", "fr": "groupe de parole"}
)


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[SearchRequest]:
    """What is searched for; everything is answered with a concept beside the words."""
    found: list[SearchRequest] = []

    def search(request: SearchRequest) -> SearchPage:
        found.append(request)
        return replace(FOUND, also=() if request.literal else (GROUP,))

    monkeypatch.setattr(app.extensions["passerelle"].search, "search", search)
    return found


def parameters(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


@pytest.mark.usefixtures("asked")
class TestWhatElseWasSearched:
    """One line names it, in its own languages, and leads to the same search without it."""

    ADDRESS = "/nl/sheets?q=groupe&form=partner&sort=title&page=2"

    def test_is_named_with_the_language_of_each_term(self, client: FlaskClient) -> None:
        page = Page(client.get("/en/sheets?q=groupe"))

        assert "Also searched: praatgroep, Gesprächsrunde, groupe de parole" in page.text
        assert page.language_of("Gesprächsrunde") == "de"
        assert page.language_of("praatgroep") == "nl"

    def test_can_be_left_out(self, client: FlaskClient) -> None:
        page = Page(client.get(self.ADDRESS.replace("/nl/", "/en/")))

        assert parameters(page.links["Only your words"]) == {
            "q": ["groupe"],
            "form": ["partner"],
            "literal": ["1"],
            "sort": ["title"],
        }
        assert parameters(page.links["Only in English"])["written"] == ["en"]

    def test_is_not_offered_in_one_language_when_a_language_is_chosen(self, client: FlaskClient) -> None:
        page = Page(client.get("/en/sheets?q=groupe&written=nl"))

        assert "Only in English" not in page.links

    def test_can_be_had_back(self, client: FlaskClient, asked: list[SearchRequest]) -> None:
        page = Page(client.get("/en/sheets?q=groupe&form=partner&literal=1"))

        assert asked[0].literal
        assert "Searched for your words alone." in page.text
        back = page.links["Search for what they mean, too"]
        assert parameters(back) == {"q": ["groupe"], "form": ["partner"]}

    def test_stays_left_out_when_filters_change_and_when_a_new_question_is_asked(
        self, client: FlaskClient
    ) -> None:
        page = Page(client.get("/en/sheets?q=groupe&literal=1"))

        for form in (page.one("form", id="filters"), page.one("form", role="search")):
            sent = {field.get("name"): field.get("value") for field in form.iter("input")}
            assert sent["literal"] == "1"

    def test_names_no_more_than_six_terms(
        self, client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        many = tuple(AlsoSearched((f"w{n}",), f"c{n}", {"nl": f"term {n}"}) for n in range(9))
        answer = replace(FOUND, also=many)
        monkeypatch.setattr(app.extensions["passerelle"].search, "search", lambda _request: answer)

        text = Page(client.get("/en/sheets?q=x")).text

        assert "term 5… Only your words" in text
        assert "term 6" not in text


def test_a_search_for_nothing_but_words_says_nothing_of_others(client: FlaskClient) -> None:
    assert "Also searched" not in Page(client.get("/en/sheets")).text


class TestNearbySheets:
    """A sheet found by its meaning alone says so on its card."""

    @pytest.mark.usefixtures("sheets")
    def test_carry_a_remark(self, client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        search = app.extensions["passerelle"].search
        first, second, *_others = search.search(SearchRequest(language="en")).hits
        answer = SearchPage(2, 1, 20, (first, second._replace(nearby=True)), {})
        monkeypatch.setattr(search, "search", lambda _request: answer)

        cards = Page(client.get("/en/sheets?q=x")).all("article")

        assert ["Close in meaning" in words(card) for card in cards] == [False, True]


class TestCommunesLikeMine:
    """An order for members, made of what the sheets of their commune say."""

    ADDRESS = "/en/sheets?sort=alike"

    @pytest.mark.usefixtures("sheets")
    def test_is_offered_to_members_only(
        self, client: FlaskClient, app: Flask, make: Factories, session: Session
    ) -> None:
        member = app.test_client()
        sign_in(member, session, make.user(of=make.commune("53065")))

        assert Page(member.get("/en/sheets")).links["Municipalities like mine"] == self.ADDRESS
        assert "Municipalities like mine" not in Page(client.get("/en/sheets")).links

    def test_asks_for_communes_of_the_size_province_and_language(
        self, client: FlaskClient, make: Factories, session: Session, app: Flask, asked: list[SearchRequest]
    ) -> None:
        quaregnon = make.commune("53065")
        make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, inhabitants=9_000)
        make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, inhabitants=19_000)
        make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, inhabitants=None)
        make.sheet(of=make.commune("71016"), status=RevisionStatus.PUBLISHED, inhabitants=66_000)
        put_online(app, session)
        sign_in(client, session, make.user(of=quaregnon))

        client.get(self.ADDRESS)

        assert asked[0].sort is Sort.ALIKE
        assert asked[0].mine == Mine(size="s2", province="hainaut", language="fr")

    def test_works_for_a_commune_that_declared_no_number(
        self, client: FlaskClient, make: Factories, session: Session, asked: list[SearchRequest]
    ) -> None:
        sign_in(client, session, make.user(of=make.commune("21009")))

        client.get(self.ADDRESS)

        assert asked[0].mine == Mine(size=None, province="brussels", language="fr")

    def test_is_by_relevance_for_a_visitor(self, client: FlaskClient, asked: list[SearchRequest]) -> None:
        client.get(self.ADDRESS)
        client.get("/api/v1/sheets?sort=alike")

        assert {each.sort for each in asked} == {Sort.RELEVANCE}


@pytest.mark.usefixtures("sheets")
def test_the_size_of_the_commune_is_a_filter_for_everybody(client: FlaskClient) -> None:
    page = Page(client.get("/en/sheets"))

    labels = [words(label) for label in page.all("label") if (label.get("for") or "").startswith("size-")]
    assert len(labels) == 5
    assert labels[0].startswith("Fewer than 10,000 inhabitants")


class TestWithoutResults:
    """What to drop, and what that gives."""

    @pytest.mark.usefixtures("sheets")
    def test_each_offer_gives_as_many_sheets_as_it_says(self, client: FlaskClient) -> None:
        page = Page(client.get("/en/sheets?q=sereine&form=sexual&written=nl&written=de"))

        (ways,) = page.all("ul", class_="ways")
        offers = [words(item) for item in ways.iter("li")]
        addresses = [link.get("href", "") for link in ways.iter("a")]
        assert offers[0] == "Without the filter “Dutch, German” 1 sheet"
        for offer, address in zip(offers, addresses, strict=True):
            number = offer.rsplit(" ", 2)[1]
            assert Page(client.get(address)).heading.startswith(f"{number} sheet")

    def test_a_search_for_words_alone_is_first_offered_with_what_they_mean(
        self, client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def search(request: SearchRequest) -> SearchPage:
            return FOUND if request.literal else replace(FOUND, total=4)

        answer: Callable[[SearchRequest], SearchPage] = search
        monkeypatch.setattr(app.extensions["passerelle"].search, "search", answer)

        page = Page(client.get("/en/sheets?q=x&form=elder&literal=1"))

        assert parameters(page.links["With what your words mean"]) == {"q": ["x"], "form": ["elder"]}
