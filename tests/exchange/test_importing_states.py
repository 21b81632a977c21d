"""An import never touches what is being reviewed or written, or what was taken offline."""

import pytest
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.exchange.importing import Taken
from passerelle.moderation import actions as moderation
from passerelle.sheets import actions as sheets
from passerelle.sheets.models import Revision, RevisionStatus, SheetStatus
from tests.exchange.given import count, line, take, the_sheet
from tests.factories import COMPLETE, CONTACT, NOON, Factories


@pytest.mark.parametrize("publish", [False, True])
def test_a_sheet_in_review_is_refused(
    session: Session, make: Factories, quaregnon: Commune, publish: bool
) -> None:
    for status in (RevisionStatus.SUBMITTED, RevisionStatus.CHANGES_REQUESTED):
        make.sheet(of=quaregnon, status=status).ref = status

    submitted, returned = take(
        session, line("submitted", title="Other"), line("changes_requested", title="Other"), publish=publish
    )

    assert submitted.taken is returned.taken is Taken.REFUSED
    assert "is being reviewed" in submitted.reason
    assert "is being reviewed" in returned.reason


def test_what_somebody_is_writing_is_never_written_over(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    writer = make.user(of=quaregnon)
    take(session, line())
    draft = the_sheet(session).open
    assert draft is not None
    sheets.save(session, draft, COMPLETE, CONTACT, writer, NOON, seen=draft.version)

    (outcome,) = take(session, line(title="Café des voisins"))

    assert outcome.taken is Taken.REFUSED
    assert "is being written by somebody" in outcome.reason
    assert draft.title == "Café des parents"


@pytest.mark.parametrize("publish", [False, True])
def test_an_archived_and_a_removed_sheet_stay_as_they_are(
    session: Session, make: Factories, quaregnon: Commune, publish: bool
) -> None:
    for status in (SheetStatus.ARCHIVED, SheetStatus.REMOVED):
        sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, sheet_status=status)
        sheet.ref = status

    archived, removed = take(
        session, line("archived", title="Other"), line("removed", title="Other"), publish=publish
    )

    assert (archived.taken, removed.taken) == (Taken.REFUSED, Taken.REFUSED)
    assert "is archived: restore it first" in archived.reason
    assert "was removed" in removed.reason
    assert count(session, Revision) == 2


def test_a_declined_sheet_may_be_tried_again(session: Session, make: Factories, quaregnon: Commune) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.DECLINED)
    sheet.ref = "cafe"

    (outcome,) = take(session, line(title="Café des voisins"))

    again = the_sheet(session)
    assert outcome.taken is Taken.UPDATED
    assert again.open is not None
    assert again.open.title == "Café des voisins"


def test_a_sheet_that_was_archived_meanwhile_does_not_stop_the_import(
    session: Session, make: Factories
) -> None:
    take(session, line(), publish=True)
    moderation.archive(session, the_sheet(session), make.coordinator(), NOON, "over")

    outcomes = take(session, line(title="Other"), line("two"), publish=True)

    assert [each.taken for each in outcomes] == [Taken.REFUSED, Taken.CREATED]
