"""Kept pages: the same as fresh ones, for everybody alike, and gone as soon as anything changes."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask.wrappers import Response
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from werkzeug.test import create_environ, run_wsgi_app

from passerelle.moderation.actions import archive
from passerelle.sheets.models import RevisionStatus, Sheet
from passerelle.web.app import create_app
from passerelle.web.molds import MOST_MOUNTS
from passerelle.web.page_cache import Page, PageCache, Shelf
from tests.conftest import SettableClock
from tests.factories import NOON, Factories
from tests.web.sheets.reading import put_online, sign_in

ADDRESS = "/fr/sheets?q=groupe"


@pytest.fixture
def kept(app: Flask) -> Shelf[Page]:
    """The pages that the application keeps."""
    cache: PageCache = app.extensions["page_cache"]
    return cache.pages


@pytest.fixture(autouse=True)
def one_sheet(make: Factories, app: Flask, session: Session) -> int:
    """The number of the only sheet online."""
    sheet = make.sheet(
        of=make.commune("53065"),
        status=RevisionStatus.PUBLISHED,
        summary="Groupe de parole.",
        starts="2020",
        ends=NOON.date().isoformat(),
        ongoing=None,
    )
    put_online(app, session)
    return sheet.id


def test_a_page_that_is_asked_for_again_is_the_same(client: FlaskClient, kept: Shelf[Page]) -> None:
    first = client.get(ADDRESS)
    again = client.get(ADDRESS)

    assert len(kept) == 1
    assert again.data == first.data
    assert sorted(again.headers) == sorted(first.headers)
    assert "Content-Security-Policy" in again.headers
    assert "Set-Cookie" not in again.headers
    assert (again.headers["Vary"], again.headers["Cache-Control"]) == ("Cookie", "no-cache")


def test_a_browser_that_has_the_page_is_told_so(client: FlaskClient, kept: Shelf[Page]) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    known = {"If-None-Match": f'"other", {tag}'}

    from_the_shelf = client.get(ADDRESS, headers=known)
    kept.clear()
    made_anew = client.get(ADDRESS, headers=known)

    for answer in (from_the_shelf, made_anew):
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("address", [ADDRESS, "/fr/suggest?q=groupe"])
def test_the_head_of_a_page_is_the_same_without_its_body(
    client: FlaskClient, kept: Shelf[Page], address: str
) -> None:
    made_for_it = client.head(address)
    page = client.get(address)
    from_the_shelf = client.head(address)
    not_changed = client.head(address, headers={"If-None-Match": page.headers["ETag"]})

    assert len(kept) == 1
    assert made_for_it.data == from_the_shelf.data == not_changed.data == b""
    assert sorted(made_for_it.headers) == sorted(from_the_shelf.headers) == sorted(page.headers)
    assert {"ETag", "Vary", "Cache-Control"} <= set(page.headers.keys())
    assert not_changed.status_code == 304


def test_no_link_leads_to_where_another_request_was_mounted(client: FlaskClient) -> None:
    elsewhere = client.get("/fr/sheets?q=groupe", base_url="http://localhost/elsewhere").text
    here = client.get("/fr/sheets?q=groupe&x=0").text

    assert 'href="/elsewhere/fr/sheets/' in elsewhere
    assert "elsewhere" not in here
    assert 'href="/fr/sheets/' in here


def test_what_is_made_once_is_forgotten_before_it_is_too_much(client: FlaskClient, app: Flask) -> None:
    for number in range(3 * MOST_MOUNTS):
        client.get(ADDRESS, base_url=f"http://localhost/{number}")

    assert 0 < len(app.extensions["molds"]) <= MOST_MOUNTS
    assert 'href="/0/fr/sheets/' in client.get(ADDRESS, base_url="http://localhost/0").text


def test_a_cookie_that_is_no_text_does_no_harm(app: Flask, kept: Shelf[Page]) -> None:
    answers = []
    for _time in range(2):
        environ = create_environ(ADDRESS) | {"HTTP_COOKIE": "a=\xff\xfe; theme=dark"}
        body, status, _headers = run_wsgi_app(app.wsgi_app, environ)
        answers.append((status, b"".join(body)))

    assert answers[0] == answers[1]
    assert answers[0][0] == "200 OK"
    assert b'data-bs-theme="dark"' in answers[0][1]
    assert len(kept) == 1


def test_an_answer_that_leaves_a_cookie_is_nobody_elses(
    client: FlaskClient, app: Flask, kept: Shelf[Page]
) -> None:
    @app.after_request
    def leave_a_cookie(response: Response) -> Response:
        response.set_cookie("of", "one")
        return response

    assert "Set-Cookie" in client.get(ADDRESS).headers
    assert len(kept) == 0


def test_a_sheet_that_is_withdrawn_is_gone_at_once(
    client: FlaskClient, app: Flask, make: Factories, session: Session, one_sheet: int
) -> None:
    before = client.get(ADDRESS)
    other_process = create_app(app.extensions["passerelle"].settings, lambda: NOON)

    archive(session, session.get_one(Sheet, one_sheet), by=make.user(), at=NOON, reason="Fini.")
    session.commit()
    other_process.extensions["passerelle"].search.catch_up()

    after = client.get(ADDRESS, headers={"If-None-Match": before.headers["ETag"]})
    assert "<article" in before.text
    assert after.status_code == 200
    assert "<article" not in after.text
    other_process.extensions["passerelle"].engine.dispose()


def test_a_project_that_ends_today_is_finished_tomorrow(client: FlaskClient, clock: SettableClock) -> None:
    address = "/en/sheets?status=running"
    today = client.get(address).text
    clock.time += timedelta(days=1)

    assert "1 sheet" in today
    assert "No sheet with these filters" in client.get(address).text


def test_who_is_signed_in_gets_no_kept_page_and_leaves_none(
    client: FlaskClient, app: Flask, make: Factories, session: Session, kept: Shelf[Page]
) -> None:
    member = app.test_client()
    sign_in(member, session, make.user(of=make.commune("53065")))

    first = member.get(ADDRESS)
    left = len(kept)
    visitor = client.get(ADDRESS)
    again = member.get(ADDRESS)

    assert left == 0
    assert "/sign-out" in first.text
    assert "/sign-out" not in visitor.text
    assert "/sign-out" in again.text
    assert again.headers["Cache-Control"] == "no-store"


def test_the_display_that_was_chosen_is_part_of_the_page(client: FlaskClient, app: Flask) -> None:
    client.get(ADDRESS)
    dark = app.test_client()
    dark.set_cookie("theme", "dark")
    odd = app.test_client()
    odd.set_cookie("theme", "x" * 500)

    assert 'data-bs-theme="dark"' in dark.get(ADDRESS).text
    assert 'data-bs-theme="dark"' in dark.get(ADDRESS).text
    assert "data-bs-theme" not in client.get(ADDRESS).text
    assert "data-bs-theme" not in odd.get(ADDRESS).text


def test_a_host_that_is_not_ours_gets_nothing(client: FlaskClient, kept: Shelf[Page]) -> None:
    client.get(ADDRESS)

    assert client.get(ADDRESS, headers={"Host": "evil.example"}).status_code == 400
    assert len(kept) == 1


def test_what_the_database_answers_is_not_kept(
    client: FlaskClient, app: Flask, kept: Shelf[Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    search = app.extensions["passerelle"].search
    monkeypatch.setattr(search, "search", search.search_database)

    assert "ETag" not in client.get(ADDRESS).headers
    assert len(kept) == len(app.extensions["page_cache"].parts) == 0


def test_a_parameter_that_the_search_does_not_know_still_has_its_own_page(client: FlaskClient) -> None:
    """The links to the other languages keep it."""
    client.get(ADDRESS)

    assert "utm=x" in client.get(f"{ADDRESS}&utm=x").text


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 40)), max_size=40))
def test_a_shelf_never_holds_more_than_it_may_nor_gives_what_it_was_not_given(
    puts: list[tuple[int, int, int]],
) -> None:
    shelf: Shelf[tuple[int, int]] = Shelf(100)
    sizes: dict[int, int] = {}
    last = None

    for state, key, size in puts:
        sizes = {**(sizes if state == last else {}), key: size}
        last = state
        shelf.put(state, key, (state, key), size)
        held = [each for each in sizes if shelf.get(state, each) is not None]
        assert all(shelf.get(state, each) == (state, each) for each in held)
        assert sum(sizes[each] for each in held) <= 100
        assert shelf.get(state + 1, key) is None
