"""Every page, for everybody who may read it, in four languages: correct, labelled, and all our own."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from passerelle.web.headers import CONTENT_SECURITY_POLICY, HEADERS
from tests.factories import COMPLETE
from tests.repository.addresses import LANGUAGES
from tests.repository.conftest import Country, Visit
from tests.repository.pages import Page

HOST = "localhost"
HEAVIEST_PAGE = 12_000  # bytes, packed: one second on a slow telephone
# Addresses that only ever lead on to another one.
LEADS_ON = {"public.root", "public.favicon", "accounts.password", "accounts.role_of", "thesaurus.take_away"}
# A form that is sent needs a token, and the token a session.
NEED_A_TOKEN = {"accounts.sign_in", "accounts.forgotten", "accounts.invitation", "accounts.reset"}
# What the sheets of the village say, in French whatever the language of the page.
IN_FRENCH = (COMPLETE.activities, COMPLETE.innovation, COMPLETE.outreach, *COMPLETE.objectives)


def test_every_page_is_correct_for_everybody_in_four_languages(visits: list[Visit]) -> None:
    faults: dict[str, list[str]] = defaultdict(list)
    refusals = set()
    for visit in visits:
        kind = (visit.who, visit.answer.status_code)
        if visit.is_page and kind not in refusals and visit.address.endpoint != "public.kit":
            refusals |= {kind} - {(visit.who, 200)}  # one of each: it is the same page everywhere
            for fault in faults_of(visit.answer.text, visit.address.language or "fr"):
                faults[fault].append(str(visit))

    assert {fault: places[:3] for fault, places in faults.items()} == {}


def headers_lacking(answer: TestResponse) -> set[str]:
    """The headers that are missing, double or different; other sites may read the API, which is public."""
    shared = {"Cross-Origin-Resource-Policy"} if answer.request.path.startswith("/api/") else set()
    return {name for name in HEADERS.keys() - shared if answer.headers.getlist(name) != [HEADERS[name]]}


def faults_of(markup: str, language: str) -> list[str]:
    try:
        page = Page(markup)
    except Exception as problem:  # html5lib raises its own, and plain ValueErrors
        return [f"not HTML5: {problem}"]
    return [*page.faults(language, HOST), *_foreign_words(page), *_links_out(page)]


def _foreign_words(page: Page) -> Iterator[str]:
    """Words of a French sheet that a screen reader would read in the language of the page."""
    for element in page.elements:
        own = " ".join(" ".join(element.own_text).split())
        if any(words in own for words in IN_FRENCH) and element.language != "fr":
            yield f"<{element.tag}> says {own[:40]!r} as {element.language!r}"


def _links_out(page: Page) -> Iterator[str]:
    for link in page.links_elsewhere(HOST):
        if link.attributes["href"] != COMPLETE.web_page and "about" not in page.tagged("title")[0].text:
            yield f"a link leaves for {link.attributes['href']}"
        if "target" in link.attributes:
            yield "a link opens a window"


def test_a_page_is_light(visits: list[Visit]) -> None:
    weights = {
        visit.address.endpoint: len(gzip.compress(visit.answer.data))
        for visit in visits
        if visit.is_page and visit.who in ("visitor", "contributor", "coordinator")
    }

    assert {page: weight for page, weight in weights.items() if weight > HEAVIEST_PAGE} == {}


def test_every_address_answers_somebody_and_none_fails(visits: list[Visit]) -> None:
    statuses: dict[str, set[int]] = defaultdict(set)
    for visit in visits:
        statuses[visit.address.endpoint].add(visit.answer.status_code)

    assert {name for name, found in statuses.items() if max(found) >= 500} == set()
    assert {name for name, found in statuses.items() if 200 not in found} <= LEADS_ON


def test_every_answer_carries_the_headers_that_keep_it_to_itself(visits: list[Visit]) -> None:
    bare = {
        (visit.address.endpoint, visit.answer.status_code, name)
        for visit in visits
        for name in headers_lacking(visit.answer)
    }

    assert bare == set()


def test_no_link_of_a_page_leads_nowhere(country: Country, visits: list[Visit]) -> None:
    router = country.app.url_map.bind(HOST)
    dead: dict[str, str] = {}
    for visit in visits:
        if visit.is_page and visit.answer.status_code == 200:
            for path in Page(visit.answer.text).own_paths(HOST):
                try:
                    router.match(path)
                except HTTPException as problem:
                    dead[path] = f"{visit}: {problem.code}"

    assert dead == {}


@pytest.mark.parametrize(
    ("who", "sheet", "moves"),
    [
        ("visitor", "live", set()),
        ("reader", "live", set()),
        ("manager", "live", {"archive"}),
        ("coordinator", "live", {"archive", "remove"}),
        ("coordinator", "archived", {"restore", "remove"}),
        ("administrator", "live", {"remove"}),
    ],
)
def test_the_page_of_a_sheet_offers_the_moves_its_reader_may_make(
    country: Country, who: str, sheet: str, moves: set[str]
) -> None:
    number = country.village.numbers[sheet]
    browser = country.browser_of(country.village.people[who])

    links = Page(browser.get(f"/en/sheets/{number}").text).own_paths(HOST)

    assert {path.rpartition("/")[2] for path in links if path.startswith("/en/review/")} == moves


def test_what_a_signed_in_person_reads_is_stored_nowhere(visits: list[Visit]) -> None:
    stored = {
        visit.address.endpoint
        for visit in visits
        if visit.who != "visitor" and visit.is_page
        if "no-store" not in visit.answer.headers.get("Cache-Control", "")
    }

    assert stored == set()


def test_reading_starts_no_session_for_a_visitor(visits: list[Visit]) -> None:
    begun = {
        visit.address.endpoint
        for visit in visits
        if visit.who == "visitor" and visit.answer.status_code == 200 and "Set-Cookie" in visit.answer.headers
    }

    assert begun <= NEED_A_TOKEN


def test_what_machines_read_is_well_formed(visits: list[Visit]) -> None:
    kinds = set()
    for visit in visits:
        kind = visit.answer.mimetype or ""
        kinds.add(kind)
        if kind.endswith("xml"):
            ElementTree.fromstring(visit.answer.data)  # noqa: S314 (our own answer)
        elif kind.endswith("json"):
            json.loads(visit.answer.data)

    known = {"application/atom+xml", "application/json", "application/xml", "text/html", "text/plain"}
    assert kinds <= known


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/fr/nowhere", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/fr/sheets/999999999", 404),
        ("GET", "/fr/sheets/0", 404),
        ("POST", "/nl/sheets", 405),
        ("POST", "/en/sign-in", 400),
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/api/v1/sheets/999999999", 404),
        ("GET", "/assets/000000000000/nothing.css", 404),
        ("GET", "/", 302),
        ("GET", "/de", 308),
        ("OPTIONS", "/en/", 200),
    ],
)
def test_errors_and_detours_carry_the_headers_too(app: Flask, method: str, path: str, status: int) -> None:
    answer = app.test_client().open(path, method=method)

    assert answer.status_code == status
    assert headers_lacking(answer) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_a_correct_page_in_the_language_of_its_address(app: Flask, language: str) -> None:
    answer = app.test_client().get(f"/{language}/nowhere")

    assert faults_of(answer.text, language) == []


def test_a_body_that_is_too_large_is_refused_calmly(app: Flask) -> None:
    answer = app.test_client().post("/en/sign-in", data={"email": "x" * (5 * 1024 * 1024)})

    assert answer.status_code == 413
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert faults_of(answer.text, "en") == []


def test_files_of_the_look_carry_the_headers_and_the_right_type(app: Flask) -> None:
    browser = app.test_client()
    page = Page(browser.get("/en/about").text)
    files = [each.attributes["href"] for each in page.tagged("link") if "assets" in each.attributes["href"]]
    files += [each.attributes["src"] for each in page.tagged("script")]

    for address in files:
        answer = browser.get(address)
        assert answer.status_code == 200
        assert headers_lacking(answer) == set()
        assert "immutable" in answer.headers["Cache-Control"]
    assert len(files) >= 4


def test_a_page_is_judged_by_its_faults() -> None:
    bad = (
        '<!DOCTYPE html><html lang="fr"><head><title>x</title></head><body><h1>a</h1><h3 id="a">b</h3>'
        '<p id="a" style="color:red">c</p><input name="q"><a href="#gone">d</a><script>e</script>'
        '<img alt="" src="https://elsewhere.example/f.png"><button></button></body></html>'
    )

    found = " · ".join(Page(bad).faults("fr", HOST))

    for part in ("headings jump", "2 times", "style", "no label", "'gone'", "script", "host", "no words"):
        assert part in found
    assert Page(bad).faults("nl", HOST)[0] == "lang is 'fr'"
