"""Sheets are begun, kept and revised, and nobody's words are overwritten unseen."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune
from passerelle.sheets import actions
from passerelle.sheets.content import Contact, SheetContent
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from passerelle.sheets.queries import begun_by, sheet_by_number, sheet_by_ref, sheets_of
from tests.factories import COMPLETE, CONTACT, NOON, Factories

TITLE = SheetContent(title="Café des Mamans")


def draft_of(sheet: Sheet) -> Revision:
    """The open revision of `sheet`, which has one."""
    assert sheet.open is not None
    return sheet.open


def test_a_sheet_begins_as_a_draft_with_a_number(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    officer = make.user(of=quaregnon)

    revision = actions.start_sheet(session, quaregnon, TITLE, Contact(), officer, NOON)

    assert (revision.number, revision.status, revision.version) == (1, "draft", 1)
    assert revision.sheet.commune_nis == "53065"
    assert revision.created_by == revision.updated_by == officer.id
    assert revision.content == TITLE


def test_the_owners_identifier_is_taken_once_in_a_commune(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    actions.start_sheet(session, quaregnon, TITLE, Contact(), None, NOON, ref="cafe")

    with pytest.raises(actions.RefTaken, match="has a sheet 'cafe' already"):
        actions.start_sheet(session, quaregnon, TITLE, Contact(), None, NOON, ref="cafe")
    elsewhere = actions.start_sheet(session, make.commune("63079"), TITLE, Contact(), None, NOON, ref="cafe")

    assert elsewhere.sheet.ref == "cafe"
    assert session.scalar(sheet_by_ref("53065", "cafe")) not in (None, elsewhere.sheet)


def test_a_save_keeps_the_words_and_counts_the_version(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    revision = draft_of(make.sheet(of=quaregnon))
    officer = make.user(of=quaregnon)

    saved = actions.save(session, revision, TITLE, Contact(name="N"), officer, NOON, seen=1, note="voici")

    assert saved.version == 2
    assert saved.content == TITLE
    assert saved.contact == Contact(name="N")
    assert saved.note == "voici"
    assert saved.updated_by == officer.id


def test_a_save_without_a_note_leaves_the_note(session: Session, make: Factories, quaregnon: Commune) -> None:
    revision = draft_of(make.sheet(of=quaregnon))
    actions.save(session, revision, TITLE, CONTACT, None, NOON, seen=1, note="voici")

    actions.save(session, revision, TITLE, CONTACT, None, NOON, seen=2)

    assert revision.note == "voici"


def test_a_save_from_an_older_version_changes_nothing_and_shows_what_is_stored(
    sessions: sessionmaker[Session], session: Session, make: Factories, quaregnon: Commune
) -> None:
    mine = draft_of(make.sheet(of=quaregnon))
    number = mine.id
    session.commit()
    with sessions() as other:
        theirs = other.get_one(Revision, number)
        actions.save(other, theirs, TITLE, CONTACT, None, NOON, seen=1)
        other.commit()

    with pytest.raises(actions.ChangedMeanwhile, match="version 2 now") as caught:
        actions.save(session, mine, COMPLETE, CONTACT, None, NOON, seen=1)

    assert caught.value.stored.content == TITLE
    assert caught.value.stored.version == 2


@pytest.mark.parametrize(
    "status", [RevisionStatus.SUBMITTED, RevisionStatus.PUBLISHED, RevisionStatus.DISCARDED]
)
def test_only_a_draft_can_be_written_in(
    session: Session, make: Factories, quaregnon: Commune, status: RevisionStatus
) -> None:
    revision = make.sheet(of=quaregnon, status=status).revisions[0]

    with pytest.raises(actions.NotOpen, match=f"is {status}"):
        actions.save(session, revision, TITLE, CONTACT, None, NOON, seen=revision.version)

    assert revision.content == COMPLETE


def test_requested_changes_can_be_written_and_stay_requested(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    revision = draft_of(make.sheet(of=quaregnon, status=RevisionStatus.CHANGES_REQUESTED))

    actions.save(session, revision, TITLE, CONTACT, None, NOON, seen=revision.version)

    assert revision.status == RevisionStatus.CHANGES_REQUESTED


def test_the_next_revision_begins_with_the_published_words_and_leaves_them_online(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)

    revision = actions.start_revision(session, sheet, make.user(of=quaregnon), NOON)

    assert (revision.number, revision.status) == (2, "draft")
    assert revision.content == COMPLETE
    assert revision.contact == CONTACT
    assert sheet.published is not None
    assert sheet.published.number == 1


def test_after_a_refusal_the_next_revision_begins_with_the_refused_words(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.DECLINED, title="Refusée")

    assert actions.start_revision(session, sheet, None, NOON).title == "Refusée"


def test_a_sheet_has_one_open_revision_at_most(session: Session, make: Factories, quaregnon: Commune) -> None:
    sheet = make.sheet(of=quaregnon)

    with pytest.raises(actions.RevisionNotPossible, match="open revision"):
        actions.start_revision(session, sheet, None, NOON)


@pytest.mark.parametrize("status", [SheetStatus.ARCHIVED, SheetStatus.REMOVED])
def test_an_archived_or_removed_sheet_gets_no_revision(
    session: Session, make: Factories, quaregnon: Commune, status: SheetStatus
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, sheet_status=status)

    with pytest.raises(actions.RevisionNotPossible, match=f"is {status}"):
        actions.start_revision(session, sheet, None, NOON)


def test_two_people_who_begin_a_revision_at_the_same_moment_get_one(
    session: Session, make: Factories, quaregnon: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    make.revision(sheet)
    monkeypatch.setattr(type(sheet), "open", None)  # as the second one read it

    with pytest.raises(actions.RevisionNotPossible, match="since just now"):
        actions.start_revision(session, sheet, None, NOON)


def test_sheets_are_read_by_number_by_commune_and_by_person(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    officer = make.user(of=quaregnon)
    first, second = make.sheet(of=quaregnon, by=officer), make.sheet(of=quaregnon)
    make.sheet(of=make.commune("63079"))

    assert session.scalar(sheet_by_number(first.id)) is first
    assert list(session.scalars(sheets_of(["53065"]))) == [second, first]
    assert list(session.scalars(begun_by(officer.id, "53065"))) == [first.open]


def test_the_words_kept_are_those_given_whatever_they_are(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    odd = replace(COMPLETE, activities="<script>alert(1)</script> ' \" %s {{ 7*7 }} 👩‍👧 Ω")
    revision = draft_of(make.sheet(of=quaregnon))

    assert actions.save(session, revision, odd, CONTACT, None, NOON, seen=1).content == odd
