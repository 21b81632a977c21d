"""The feed of new sheets."""

from xml.etree import ElementTree

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.web.sheets.reading import put_online

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_the_feed_holds_published_sheets_in_their_language(
    make: Factories, app: Flask, session: Session, client: FlaskClient
) -> None:
    make.sheet(
        of=make.commune("71016"), status=RevisionStatus.PUBLISHED, title="Praatcafé <3 \ufffe", language="nl"
    )
    make.sheet(of=make.commune("71016"), title="Ontwerp")
    put_online(app, session)

    answer = client.get("/fr/sheets/feed")

    feed = ElementTree.fromstring(answer.data)  # noqa: S314 (our own answer)
    (entry,) = feed.iter(f"{ATOM}entry")
    title = entry.find(f"{ATOM}title")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    assert title is not None
    assert (title.text, title.get(XML_LANG)) == ("Praatcafé <3 ", "nl")
    assert entry.findtext(f"{ATOM}updated", "").startswith("2026-06-15T12:00:00")


def test_a_search_has_its_own_feed(
    make: Factories, app: Flask, session: Session, client: FlaskClient
) -> None:
    make.sheet(
        of=make.commune("71016"), status=RevisionStatus.PUBLISHED, title="Ein", violence_forms=("elder",)
    )
    make.sheet(of=make.commune("71016"), status=RevisionStatus.PUBLISHED, title="Deux")
    put_online(app, session)

    feed = ElementTree.fromstring(client.get("/fr/sheets/feed?form=elder").data)  # noqa: S314 (our own answer)

    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Ein"]


def test_an_empty_feed_is_a_feed(client: FlaskClient, app: Flask, session: Session) -> None:
    put_online(app, session)

    feed = ElementTree.fromstring(client.get("/fr/sheets/feed").data)  # noqa: S314 (our own answer)

    assert feed.findtext(f"{ATOM}updated") == "2026-06-15T12:00:00+00:00"
