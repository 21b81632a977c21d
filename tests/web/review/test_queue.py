"""The queue as a coordinator sees it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, User
from passerelle.moderation import actions
from passerelle.sheets.models import RevisionStatus
from tests.factories import NOON, Factories
from tests.web.review.desk import Desk, words


def test_an_empty_queue_says_what_happens_next(desk: Desk) -> None:
    page = words(desk.read("/en/review"))

    assert "Nothing to review. We will e-mail you when a sheet arrives." in page


def test_a_row_says_how_long_what_and_whose(
    desk: Desk, make: Factories, session: Session, quaregnon: Commune, author: User, an: User
) -> None:
    old = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, by=author, title="Tandem")
    second = make.revision(old, status=RevisionStatus.SUBMITTED, by=author, title="Tandem", summary="Autre.")
    second.submitted_at = NOON - timedelta(days=20)
    answered = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author, title="Nuit sereine")
    revision = answered.revisions[0]
    actions.ask_for_changes(session, revision, an, NOON, 2, {"title": "Plus court ?", "costs": "Combien ?"})
    actions.submit(session, revision, author, NOON - timedelta(hours=4), 3)

    page = words(desk.read("/en/review"))

    assert "2 sheets are waiting for you. One has waited longer than the ten working days we promise." in page
    assert "Tandem Quaregnon 20 days too long 26 May 2026 Revision one section changed FR" in page
    assert "Nuit sereine Quaregnon 4 hours 15 June 2026 New answers 2 comments FR" in page
    assert page.index("Tandem") < page.index("Nuit sereine")


def test_a_kept_promise_is_said(desk: Desk, make: Factories, quaregnon: Commune) -> None:
    make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)

    assert "One sheet is waiting for you. Our promise is kept" in words(desk.read("/en/review"))


def test_the_tabs_show_what_was_decided_and_why(
    desk: Desk, make: Factories, session: Session, quaregnon: Commune, an: User
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)
    actions.decline(session, sheet.revisions[0], an, NOON, 2, "Un autre sujet.")
    make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, title="En ligne")

    declined = desk.read("/en/review?tab=declined")
    published = desk.read("/en/review?tab=published")

    assert "An Peeters declined it" in words(declined)
    assert "Un autre sujet." in words(declined)
    assert f"/en/sheets/{sheet.id + 1}" in published


def test_twenty_rows_make_a_page_and_filters_stay_in_the_address(
    desk: Desk, make: Factories, quaregnon: Commune
) -> None:
    for number in range(21):
        make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, title=f"Fiche {number:02}")

    first, second = desk.read("/en/review?written=fr"), desk.read("/en/review?written=fr&page=2")

    assert "/en/review?written=fr&amp;page=2" in first
    assert "Fiche 19" in first
    assert "Fiche 20" not in first
    assert "Fiche 20" in second


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=x", "page=99999999999", "page=²", "tab=secret", "written=xx", "province=atlantis",
        "commune=99999", "commune=%00", "change=%F0%9F%92%A9", "page=-1&tab=&commune=",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_read_as_well_as_possible(
    desk: Desk, make: Factories, quaregnon: Commune, query: str
) -> None:
    make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)

    desk.read(f"/en/review?{query}")


def test_filters_without_a_result_offer_the_way_back(desk: Desk, make: Factories, quaregnon: Commune) -> None:
    make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)

    page = desk.read("/en/review?written=de")

    assert "No sheet here fits these filters." in words(page)
    assert '<a href="/en/review">Show all</a>' in page


@pytest.mark.parametrize("who", ["author", "administrator"])
def test_the_queue_does_not_exist_for_others(
    app: Flask, make: Factories, session: Session, author: User, who: str
) -> None:
    person = author if who == "author" else make.administrator()

    assert Desk(app, session, person).get("/en/review").status_code == 404
