"""Every move of a sheet: what is true afterwards, who is told, and what stands in its way."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, Role, ScopeKind, User
from passerelle.core.jobs import Job, JobKind
from passerelle.moderation import actions
from passerelle.moderation.models import Decision, ReviewComment
from passerelle.moderation.states import FOUR_EYES, MOVES, NOTICES, SHEET_MOVES, Audience, Move
from passerelle.sheets.actions import ChangedMeanwhile
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from tests.factories import NOON, Factories

LATER = NOON + timedelta(hours=1)
WHY = "the project ended"


def mails(session: Session) -> list[tuple[str, int]]:
    """Which mail goes to whom, in the order of the jobs."""
    jobs = session.scalars(select(Job).where(Job.kind == JobKind.MAIL).order_by(Job.id))
    return [(job.payload["template"], job.payload["to"]) for job in jobs]


def index_jobs(session: Session) -> list[tuple[int | None, bool]]:
    """Which sheets the index is to read again, and whether it is to forget their words."""
    jobs = session.scalars(select(Job).where(Job.kind == JobKind.INDEX).order_by(Job.id))
    return [(job.sheet_id, job.payload["forget"]) for job in jobs]


def last_decision(session: Session, sheet: Sheet) -> Decision:
    """The newest decision about `sheet`."""
    query = select(Decision).where(Decision.sheet_id == sheet.id).order_by(Decision.id.desc()).limit(1)
    return session.scalars(query).one()


def forget_jobs(session: Session) -> None:
    """Begin with an empty list of jobs."""
    for job in session.scalars(select(Job)):
        session.delete(job)
    session.flush()


@pytest.fixture
def coordinator(make: Factories) -> User:
    """A coordinator of the whole country."""
    return make.coordinator()


def test_submitting_hands_the_text_to_the_coordinators(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, by=author)
    revision = sheet.revisions[0]

    actions.submit(session, revision, author, LATER, 1, note=" Nous avons tout relu. ")

    assert (revision.status, revision.version) == (RevisionStatus.SUBMITTED, 2)
    assert (revision.submitted_at, revision.submitted_by) == (LATER, author.id)
    assert revision.content_hash == revision.content.hash
    assert revision.note == "Nous avons tout relu."
    assert mails(session) == [("submitted", coordinator.id)]
    assert index_jobs(session) == []


def test_an_incomplete_sheet_is_not_submitted(session: Session, make: Factories, quaregnon: Commune) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, by=author, summary="")

    with pytest.raises(actions.NotReady) as caught:
        actions.submit(session, sheet.revisions[0], author, LATER, 1)

    assert [problem.field for problem in caught.value.problems] == ["summary"]
    assert sheet.revisions[0].status == RevisionStatus.DRAFT


def test_publishing_puts_the_approved_text_online(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author)
    revision = sheet.revisions[0]

    decision = actions.publish(session, revision, coordinator, LATER, revision.version)

    assert sheet.published is revision
    assert revision.published_at == LATER
    assert (decision.from_status, decision.to_status) == ("submitted", "published")
    assert (decision.by_user_id, decision.at, decision.version) == (coordinator.id, LATER, 2)
    assert decision.content_hash == revision.content_hash != ""
    assert mails(session) == [("published", author.id)]
    assert index_jobs(session) == [(sheet.id, False)]


def test_a_published_revision_stays_online_until_the_next_one_takes_its_place(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, by=author)
    first = sheet.revisions[0]
    second = make.revision(sheet, status=RevisionStatus.SUBMITTED, by=author)
    assert sheet.published is first

    actions.publish(session, second, coordinator, LATER, second.version)

    assert sheet.published is second
    assert (first.status, first.version) == (RevisionStatus.SUPERSEDED, 4)
    moves = session.scalars(select(Decision).where(Decision.at == LATER).order_by(Decision.id)).all()
    assert [(each.revision_id, each.to_status) for each in moves] == [
        (first.id, "superseded"),
        (second.id, "published"),
    ]


def test_asking_for_changes_keeps_each_comment_beside_its_section(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author)
    said = {"activities": "Sans le prénom, svp.", "costs": "  ", "header": "La date ?"}

    decision = actions.ask_for_changes(session, sheet.revisions[0], coordinator, LATER, 2, said, note="Merci")

    kept = session.scalars(select(ReviewComment).order_by(ReviewComment.id)).all()
    assert [(each.section, each.body) for each in kept] == [
        ("activities", "Sans le prénom, svp."),
        ("header", "La date ?"),
    ]
    assert {each.decision_id for each in kept} == {decision.id}
    assert decision.reason == "Merci"
    assert mails(session) == [("changes_requested", author.id)]
    assert index_jobs(session) == []


@pytest.mark.parametrize("said", [{}, {"costs": "   "}])
def test_asking_for_changes_needs_words(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User, said: dict[str, str]
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)

    with pytest.raises(actions.ReasonMissing):
        actions.ask_for_changes(session, sheet.revisions[0], coordinator, LATER, 2, said)

    assert sheet.revisions[0].status == RevisionStatus.SUBMITTED


def test_a_comment_stands_beside_a_section_that_exists(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)

    with pytest.raises(ValueError, match="not a section of the sheet: featured"):
        actions.ask_for_changes(session, sheet.revisions[0], coordinator, LATER, 2, {"featured": "yes"})


def test_declining_says_why_to_those_who_wrote(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    author, sender = make.user(of=quaregnon), make.user(of=quaregnon, role=Role.MANAGER)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author)
    sheet.revisions[0].submitted_by = sender.id
    session.flush()

    with pytest.raises(actions.ReasonMissing):
        actions.decline(session, sheet.revisions[0], coordinator, LATER, 2, "  ")
    decision = actions.decline(session, sheet.revisions[0], coordinator, LATER, 2, "Autre sujet.")

    assert decision.reason == "Autre sujet."
    assert sheet.open is None
    assert mails(session) == [("declined", author.id), ("declined", sender.id)]


@pytest.mark.usefixtures("coordinator")
def test_a_commune_takes_its_submission_back_without_a_mail(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author)

    actions.withdraw(session, sheet.revisions[0], author, LATER, 2)

    assert sheet.revisions[0].status == RevisionStatus.DRAFT
    assert mails(session) == []


@pytest.mark.parametrize("status", [RevisionStatus.DRAFT, RevisionStatus.CHANGES_REQUESTED])
def test_a_draft_is_thrown_away_and_what_is_online_stays(
    session: Session, make: Factories, quaregnon: Commune, status: RevisionStatus
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, by=author)
    draft = make.revision(sheet, status=status, by=author)
    forget_jobs(session)

    actions.discard(session, draft, author, LATER, draft.version)

    assert (sheet.open, sheet.published) == (None, sheet.revisions[0])
    assert index_jobs(session) == []
    assert mails(session) == []


def test_an_import_publishes_in_nobodys_name_with_a_reason(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon)

    with pytest.raises(actions.ReasonMissing):
        actions.publish_unreviewed(session, sheet.revisions[0], LATER, "")
    decision = actions.publish_unreviewed(session, sheet.revisions[0], LATER, "imported from seed.jsonl")

    assert sheet.published is sheet.revisions[0]
    assert (decision.by_user_id, decision.content_hash) == (None, sheet.revisions[0].content.hash)
    assert index_jobs(session) == [(sheet.id, False)]
    assert mails(session) == []


def test_archiving_takes_a_sheet_out_of_the_search_and_its_submission_out_of_the_queue(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, by=author)
    waiting = make.revision(sheet, status=RevisionStatus.SUBMITTED, by=author)
    forget_jobs(session)

    actions.archive(session, sheet, coordinator, LATER, WHY)

    assert (sheet.status, sheet.status_reason) == (SheetStatus.ARCHIVED, WHY)
    assert sheet.published is sheet.revisions[0]
    assert waiting.status == RevisionStatus.DRAFT
    decision = last_decision(session, sheet)
    assert (decision.revision_id, decision.from_status, decision.to_status) == (None, "active", "archived")
    assert index_jobs(session) == [(sheet.id, True)]
    assert mails(session) == [("archived", author.id)]


def test_a_removed_sheet_can_be_restored(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    forget_jobs(session)

    actions.remove(session, sheet, coordinator, LATER, "a court said so")
    actions.restore(session, sheet, coordinator, LATER, "the court changed its mind")

    assert sheet.status == SheetStatus.ACTIVE
    assert index_jobs(session) == [(sheet.id, True), (sheet.id, False)]


def test_removing_what_was_never_online_does_not_trouble_the_index(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)

    actions.remove(session, sheet, coordinator, LATER, "it names a child")

    assert sheet.revisions[0].status == RevisionStatus.DRAFT
    assert index_jobs(session) == []


SheetVerb = Callable[[Session, Sheet, User, datetime, str], Decision]


@pytest.mark.parametrize("verb", [actions.archive, actions.restore, actions.remove])
def test_moving_a_whole_sheet_needs_a_reason(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User, verb: SheetVerb
) -> None:
    where = SheetStatus.ARCHIVED if verb is actions.restore else SheetStatus.ACTIVE
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, sheet_status=where)

    with pytest.raises(actions.ReasonMissing):
        verb(session, sheet, coordinator, LATER, " ")


def test_only_a_published_sheet_is_archived(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    sheet = make.sheet(of=quaregnon)

    with pytest.raises(actions.MoveNotAllowed, match="only a published sheet can be archived"):
        actions.archive(session, sheet, coordinator, LATER, WHY)


def test_a_sheet_that_is_not_active_takes_no_submission_and_no_publication(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    archived = make.sheet(of=quaregnon, sheet_status=SheetStatus.ARCHIVED)
    removed = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, sheet_status=SheetStatus.REMOVED)

    with pytest.raises(actions.MoveNotAllowed, match="restored first"):
        actions.submit(session, archived.revisions[0], make.user(of=quaregnon), LATER, 1)
    with pytest.raises(actions.MoveNotAllowed, match="restored first"):
        actions.publish(session, removed.revisions[0], coordinator, LATER, 2)
    with pytest.raises(actions.MoveNotAllowed, match="restored first"):
        actions.publish_unreviewed(session, archived.revisions[0], LATER, WHY)


def test_a_late_click_never_publishes(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author)
    revision, seen = sheet.revisions[0], sheet.revisions[0].version
    actions.withdraw(session, revision, author, LATER, seen)
    actions.submit(session, revision, author, LATER, revision.version)

    with pytest.raises(ChangedMeanwhile):
        actions.publish(session, revision, coordinator, LATER, seen)

    assert revision.status == RevisionStatus.SUBMITTED


def test_the_database_has_the_last_word_on_what_was_seen(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    revision = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED).revisions[0]
    behind_its_back = update(Revision).where(Revision.id == revision.id).values(version=3)
    session.execute(behind_its_back.execution_options(synchronize_session=False))
    assert revision.version == 2

    with pytest.raises(ChangedMeanwhile):
        actions.publish(session, revision, coordinator, LATER, 2)

    assert (revision.status, revision.version) == (RevisionStatus.SUBMITTED, 3)


def test_of_two_archivings_the_database_lets_one_through(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    behind_its_back = update(Sheet).where(Sheet.id == sheet.id).values(status=SheetStatus.REMOVED)
    session.execute(behind_its_back.execution_options(synchronize_session=False))

    with pytest.raises(ChangedMeanwhile):
        actions.archive(session, sheet, coordinator, LATER, WHY)


Verb = Callable[[Session, Revision, User], Decision]
_REVISION_VERBS: dict[Move, Verb] = {
    Move.SUBMIT: lambda s, r, by: actions.submit(s, r, by, LATER, r.version),
    Move.WITHDRAW: lambda s, r, by: actions.withdraw(s, r, by, LATER, r.version),
    Move.DISCARD: lambda s, r, by: actions.discard(s, r, by, LATER, r.version),
    Move.ASK_FOR_CHANGES: lambda s, r, by: actions.ask_for_changes(s, r, by, LATER, r.version, {}, "Why?"),
    Move.DECLINE: lambda s, r, by: actions.decline(s, r, by, LATER, r.version, WHY),
    Move.PUBLISH: lambda s, r, by: actions.publish(s, r, by, LATER, r.version),
    Move.PUBLISH_UNREVIEWED: lambda s, r, _by: actions.publish_unreviewed(s, r, LATER, WHY),
}

# By hand from DESIGN, "States of a revision": which move leads where from where; every other one is refused.
_ALLOWED = {
    ("draft", Move.SUBMIT): "submitted",
    ("draft", Move.DISCARD): "discarded",
    ("draft", Move.PUBLISH_UNREVIEWED): "published",
    ("submitted", Move.WITHDRAW): "draft",
    ("submitted", Move.ASK_FOR_CHANGES): "changes_requested",
    ("submitted", Move.DECLINE): "declined",
    ("submitted", Move.PUBLISH): "published",
    ("changes_requested", Move.SUBMIT): "submitted",
    ("changes_requested", Move.DISCARD): "discarded",
}


@pytest.mark.parametrize("status", list(RevisionStatus))
@pytest.mark.parametrize("move", list(_REVISION_VERBS))
def test_every_move_from_every_state_is_allowed_or_refused_as_the_design_says(
    session: Session,
    make: Factories,
    quaregnon: Commune,
    coordinator: User,
    status: RevisionStatus,
    move: Move,
) -> None:
    revision = make.sheet(of=quaregnon, status=status).revisions[0]
    verb, target = _REVISION_VERBS[move], _ALLOWED.get((status.value, move))

    if target is None:
        with pytest.raises(actions.MoveNotAllowed, match=f"{status} cannot become"):
            verb(session, revision, coordinator)
        assert (revision.status, revision.version) == (status, revision.version)
    else:
        verb(session, revision, coordinator)
        assert revision.status == target


@pytest.mark.parametrize("move", sorted(FOUR_EYES - {Move.RESTORE}))
@pytest.mark.parametrize("tie", ["author", "editor", "submitter", "reader", "contributor", "manager"])
def test_nobody_decides_on_their_own_text_or_commune(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User, move: Move, tie: str
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)
    revision = sheet.revisions[0]
    if tie in ("author", "editor", "submitter"):
        column = {"author": "created_by", "editor": "updated_by", "submitter": "submitted_by"}[tie]
        setattr(revision, column, coordinator.id)
    else:
        coordinator = make.coordinator(of=quaregnon, role=Role(tie))
    session.flush()

    with pytest.raises(actions.FourEyes):
        _REVISION_VERBS[move](session, revision, coordinator)

    assert revision.status == RevisionStatus.SUBMITTED


def test_nobody_restores_a_sheet_of_their_own_commune(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, sheet_status=SheetStatus.ARCHIVED)
    own = make.coordinator(of=quaregnon, role=Role.READER)

    with pytest.raises(actions.FourEyes):
        actions.restore(session, sheet, own, LATER, WHY)


def test_a_submission_is_announced_to_the_coordinators_who_may_decide_and_to_nobody_else(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    expected = [
        make.coordinator(),
        make.coordinator(ScopeKind.REGION, "wallonia"),
        make.coordinator(ScopeKind.PROVINCE, "hainaut"),
        make.coordinator(ScopeKind.LANGUAGE, "fr"),
    ]
    make.coordinator(ScopeKind.REGION, "flanders")
    make.coordinator(ScopeKind.PROVINCE, "liege")
    make.coordinator(ScopeKind.LANGUAGE, "nl")
    make.coordinator(of=quaregnon, role=Role.READER)
    make.coordinator(disabled_at=NOON)
    make.coordinator().password_hash = None
    make.administrator()
    author = make.coordinator()
    make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, by=author)

    actions.submit(session, sheet.revisions[0], author, LATER, 1)

    assert mails(session) == [("submitted", person.id) for person in expected]


def test_when_the_author_has_left_the_managers_are_told(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    gone, manager = make.user(), make.user(of=quaregnon, role=Role.MANAGER)
    make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=gone)

    actions.publish(session, sheet.revisions[0], coordinator, LATER, 2)

    assert mails(session) == [("published", manager.id)]


def test_nobody_is_told_of_what_they_did_themselves(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    manager = make.user(of=quaregnon, role=Role.MANAGER)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, by=manager)

    actions.archive(session, sheet, manager, LATER, WHY)

    assert mails(session) == []


def test_a_mail_job_holds_numbers_and_no_words(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author)

    decision = actions.decline(session, sheet.revisions[0], coordinator, LATER, 2, "Confidential.")

    job = session.scalars(select(Job)).one()
    assert job.payload == {
        "template": "declined",
        "to": author.id,
        "sheet": sheet.id,
        "revision": sheet.revisions[0].id,
        "decision": decision.id,
    }


def test_every_move_has_a_way_and_says_who_hears_of_it_or_why_nobody_does() -> None:
    assert set(Move) == MOVES.keys() | SHEET_MOVES.keys() == NOTICES.keys()
    for move, notice in NOTICES.items():
        assert bool(notice.why) == (notice.audience is Audience.NOBODY), move


def test_a_decision_is_never_changed(
    session: Session, make: Factories, quaregnon: Commune, coordinator: User
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)
    decision = actions.decline(session, sheet.revisions[0], coordinator, LATER, 2, WHY)

    decision.reason = "something else"

    with pytest.raises(IntegrityError, match="a decision is never changed"):
        session.flush()
