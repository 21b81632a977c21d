"""The earlier texts of a sheet, and what a person may do with the sheet."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.web.sheets.reading import Page, put_online, sign_in, words

PUBLISHED = RevisionStatus.PUBLISHED


class TestTheHistory:
    """Texts that are or were online can be read; drafts and texts in review cannot."""

    @pytest.fixture
    def number(self, make: Factories, quaregnon: Commune, app: Flask, session: Session) -> int:
        sheet = make.sheet(of=quaregnon, status=PUBLISHED, title="Premier texte")
        make.revision(sheet, status=RevisionStatus.DECLINED, title="Texte refusé")
        make.revision(sheet, status=PUBLISHED, title="Troisième texte")
        make.revision(sheet, status=RevisionStatus.SUBMITTED, title="Texte en relecture")
        put_online(app, session)
        return sheet.id

    def test_lists_live_revisions_only(self, client: FlaskClient, number: int) -> None:
        page = Page(client.get(f"/fr/sheets/{number}/history"))

        assert "Premier texte" in page.text
        assert "Troisième texte" in page.text
        assert "Texte refusé" not in page.html
        assert "Texte en relecture" not in page.html

    @pytest.mark.parametrize(("revision", "status"), [(1, 200), (2, 404), (3, 200), (4, 404), (5, 404)])
    def test_shows_live_revisions_only(
        self, client: FlaskClient, number: int, revision: int, status: int
    ) -> None:
        assert client.get(f"/fr/sheets/{number}/revisions/{revision}").status_code == status

    def test_a_revision_of_another_sheet_is_not_reached_through_this_one(
        self, make: Factories, quaregnon: Commune, session: Session, client: FlaskClient, number: int
    ) -> None:
        other = make.sheet(of=quaregnon, status=PUBLISHED)
        session.commit()

        assert client.get(f"/fr/sheets/{number}/revisions/3").status_code == 200
        assert client.get(f"/fr/sheets/{other.id}/revisions/3").status_code == 404

    def test_an_earlier_text_says_that_it_is_one(self, client: FlaskClient, number: int) -> None:
        page = Page(client.get(f"/en/sheets/{number}/revisions/1"))

        assert "You are reading an earlier revision" in page.text
        assert page.links["Read the current sheet"] == f"/en/sheets/{number}"


class TestWhatThisPersonMayDo:
    """The page leads to what the person may do, and to nothing else."""

    @pytest.fixture
    def number(self, make: Factories, quaregnon: Commune, app: Flask, session: Session) -> int:
        sheet = make.sheet(of=quaregnon, status=PUBLISHED)
        put_online(app, session)
        return sheet.id

    def offers(self, client: FlaskClient, number: int) -> list[str]:
        lists = Page(client.get(f"/en/sheets/{number}")).all("ul", class_="tries")
        return [words(link) for each in lists for link in each.iter("a")]

    def test_nothing_for_a_visitor(self, client: FlaskClient, number: int) -> None:
        assert self.offers(client, number) == []

    def test_a_contributor_changes_the_sheets_of_the_commune(
        self, make: Factories, quaregnon: Commune, session: Session, client: FlaskClient, number: int
    ) -> None:
        sign_in(client, session, make.user(of=quaregnon))

        assert self.offers(client, number) == ["Manage this sheet"]

    def test_a_contributor_of_another_commune_only_reads(
        self, make: Factories, session: Session, client: FlaskClient, number: int
    ) -> None:
        sign_in(client, session, make.user(of=make.commune("71016")))

        assert self.offers(client, number) == []

    def test_a_coordinator_archives_and_removes(
        self, make: Factories, session: Session, client: FlaskClient, number: int
    ) -> None:
        sign_in(client, session, make.coordinator())

        assert self.offers(client, number) == ["Archive this sheet", "Remove this sheet"]
