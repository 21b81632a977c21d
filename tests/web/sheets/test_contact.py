"""The person to call: known to members, in no page, feed or list that a visitor sees."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, Role
from passerelle.sheets.content import Contact
from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.web.sheets.reading import Page, put_online, sign_in, words

PUBLISHED = RevisionStatus.PUBLISHED
CANARY = Contact("Canary Name", "Canari en chef", "0499 000 111", "canary@commune.example")
SECRETS = ("Canary Name", "0499", "000111", "canary@")


class TestTheContact:
    """Name, phone and e-mail are for members; function and commune for everybody."""

    @pytest.fixture
    def number(self, make: Factories, quaregnon: Commune, app: Flask, session: Session) -> int:
        sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUPERSEDED)
        make.revision(sheet, status=PUBLISHED, contact=CANARY)
        put_online(app, session)
        return sheet.id

    def addresses(self, number: int) -> list[str]:
        sheet = f"/fr/sheets/{number}"
        return [
            *(sheet, f"{sheet}/history", f"{sheet}/revisions/1", f"{sheet}/revisions/2"),
            *("/fr/", "/fr/sheets", "/fr/sheets/feed", "/fr/sheets?q=canary", "/fr/sheets?q=0499"),
            *("/fr/communes/53065", "/fr/sitemap.xml", "/fr/sheets?q=Canari&sort=newest"),
        ]

    def test_never_reaches_a_visitor(self, client: FlaskClient, number: int) -> None:
        for address in self.addresses(number):
            answer = client.get(address)
            asked = address.partition("q=")[2] or "\0"
            shown = answer.text.lower().replace(asked, "")  # the question is shown again
            assert answer.status_code == 200
            assert not [secret for secret in SECRETS if secret.lower() in shown and secret != asked], address

    def test_a_visitor_reads_the_function_and_how_to_reach_the_person(
        self, client: FlaskClient, number: int
    ) -> None:
        page = Page(client.get(f"/fr/sheets/{number}"))

        gate = page.one("div", class_="gate")
        assert "Canari en chef, Quaregnon" in words(gate)
        assert [link.get("href") for link in gate.iter("a")] == [f"/fr/sign-in?next=/fr/sheets/{number}"]

    def test_a_member_of_any_commune_reads_everything(
        self, make: Factories, client: FlaskClient, session: Session, number: int
    ) -> None:
        reader = make.user(of=make.commune("71016"), role=Role.READER)
        sign_in(client, session, reader)

        answer = client.get(f"/fr/sheets/{number}")

        gate = Page(answer).one("div", class_="gate")
        assert "Canary Name" in words(gate)
        assert {link.get("href") for link in gate.iter("a")} == {
            "tel:0499000111",
            "mailto:canary@commune.example",
        }
        assert answer.headers["Cache-Control"] == "no-store"

    def test_somebody_who_left_the_last_commune_reads_what_a_visitor_does(
        self, make: Factories, client: FlaskClient, session: Session, number: int
    ) -> None:
        sign_in(client, session, make.user())

        gate = Page(client.get(f"/fr/sheets/{number}")).one("div", class_="gate")

        assert "Canary Name" not in words(gate)
        assert not list(gate.iter("a"))  # signing in again would change nothing

    def test_an_earlier_revision_names_nobody(
        self, make: Factories, client: FlaskClient, session: Session, number: int
    ) -> None:
        sign_in(client, session, make.user(of=make.commune("71016")))

        page = Page(client.get(f"/fr/sheets/{number}/revisions/1"))

        assert not page.all("div", class_="gate")
        assert "Prénom Nom" not in page.html
