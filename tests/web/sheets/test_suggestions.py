"""Words are offered while somebody types: terms in the reader's language, titles, communes."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.web.sheets.reading import put_online

HOSTILE = [
    "",
    " ",
    "a",
    "*",
    '"',
    "-x",
    "%00",
    "%ff",
    "a" * 5_000,
    "<script>",
    "l'",
    "٣",
    "a b c d e f g h i",
]


def offered(client: FlaskClient, typed: str, language: str = "fr") -> list[str]:
    answer = client.get(f"/{language}/suggest", query_string={"q": typed})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found: list[str] = answer.get_json()["suggestions"]
    return found


@pytest.mark.usefixtures("sheets")
class TestOffers:
    """At most eight, by the beginnings of words, accents aside."""

    def test_are_terms_of_the_language_of_the_reader(self, client: FlaskClient) -> None:
        assert "praatgroep" in offered(client, "praatgr", "nl")
        assert "praatgroep" not in offered(client, "praatgr", "fr")

    def test_are_titles_of_published_sheets(self, client: FlaskClient) -> None:
        assert "Café des Mamans" in offered(client, "cafe des mam", "nl")
        assert "Café des Mamans" in offered(client, "mamans caf")

    def test_are_communes_by_any_of_their_names(self, client: FlaskClient) -> None:
        assert "Mons" in offered(client, "bergen", "fr")
        assert "Liège" in offered(client, "lieg")

    def test_are_eight_at_most_and_different(self, client: FlaskClient) -> None:
        for typed in ("vi", "mi", "gr", "pa", "pr"):
            found = offered(client, typed)
            assert 0 < len(found) <= 8
            assert len({each.casefold() for each in found}) == len(found)

    def test_are_the_same_for_everybody_and_kept(self, client: FlaskClient) -> None:
        first = client.get("/fr/suggest?q=mam")
        again = client.get("/fr/suggest?q=mam", headers={"If-None-Match": first.headers["ETag"]})

        assert first.headers["Cache-Control"] == "no-cache"
        assert again.status_code == 304

    def test_ask_nothing_of_the_database(self, client: FlaskClient, app: Flask) -> None:
        statements: list[str] = []
        engine = app.extensions["passerelle"].engine

        def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        offered(client, "mamans")
        event.remove(engine, "before_cursor_execute", count)

        assert statements == []


def test_a_draft_is_never_offered(client: FlaskClient, make: Factories, app: Flask, session: Session) -> None:
    make.sheet(of=make.commune("53065"), status=RevisionStatus.SUBMITTED, title="Zorglubine secrète")
    put_online(app, session)

    assert offered(client, "zorglub") == []


def test_without_an_index_nothing_is_offered(client: FlaskClient) -> None:
    assert offered(client, "groupe") == []


@pytest.mark.usefixtures("sheets")
@pytest.mark.parametrize("typed", HOSTILE)
def test_any_text_gets_an_answer(client: FlaskClient, typed: str) -> None:
    assert len(offered(client, typed)) <= 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.text(max_size=30))
@pytest.mark.usefixtures("sheets")
def test_any_characters_get_an_answer(client: FlaskClient, typed: str) -> None:
    assert len(offered(client, typed)) <= 8
