"""Move a sheet through review. Every move is written down, and every move tells whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.orm import Session

from passerelle.accounts.models import User
from passerelle.core.jobs import ask_for_index
from passerelle.moderation.eyes import is_too_close
from passerelle.moderation.models import Decision, ReviewComment
from passerelle.moderation.notices import tell
from passerelle.moderation.states import FOUR_EYES, MOVES, NEEDS_REASON, SHEET_MOVES, Move
from passerelle.sheets.actions import ChangedMeanwhile
from passerelle.sheets.checks import problems_of
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from passerelle.sheets.problems import Problem
from passerelle.sheets.sections import BY_KEY

HEADER = "header"  # where a comment stands that belongs to none of the twelve sections


class MoveNotAllowed(Exception):
    """The table of moves does not lead there from here."""


class FourEyes(Exception):
    """The person wrote the text or belongs to its commune: somebody else has to decide."""


class ReasonMissing(Exception):
    """The move needs a reason, or a comment that says what to change."""


class NotReady(Exception):
    """The sheet cannot be submitted yet; `problems` say what is missing."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} things to complete before the sheet can be submitted")
        self.problems = problems


@dataclass(frozen=True)
class Act:
    """Who moves something, when, having seen which version, and why. No person: a command."""

    by: User | None
    at: datetime
    seen: int
    why: str = ""

    def written_down(self, source: str, target: str) -> Decision:
        """The decision that records this act; whose it is remains to be said."""
        return Decision(
            at=self.at,
            by_user_id=self.by.id if self.by else None,
            from_status=source,
            to_status=target,
            reason=self.why,
            version=self.seen,
        )


def submit(
    session: Session, revision: Revision, by: User, at: datetime, seen: int, note: str = ""
) -> Decision:
    """Send a draft, or the answer to comments, to the coordinators; `note` is the commune's word to them.

    The hash of the text is stored: it is what a publication approves. Raises `NotReady` when something is
    missing, `ChangedMeanwhile` when the revision is no longer at version `seen`, `MoveNotAllowed`.
    """
    _refuse_unless_active(revision.sheet)
    problems = problems_of(revision.content, revision.contact, to_submit=True)
    if problems:
        raise NotReady(problems)
    values = {
        "content_hash": revision.content.hash,
        "note": note.strip(),
        "submitted_at": at,
        "submitted_by": by.id,
    }
    return _move(session, revision, Move.SUBMIT, Act(by, at, seen), values)


def withdraw(session: Session, revision: Revision, by: User, at: datetime, seen: int) -> Decision:
    """Take a submitted revision back: it is a draft again. Raises as `submit` does."""
    return _move(session, revision, Move.WITHDRAW, Act(by, at, seen))


def discard(session: Session, revision: Revision, by: User, at: datetime, seen: int) -> Decision:
    """Throw a draft away; what is published stays as it is. Raises as `submit` does."""
    return _move(session, revision, Move.DISCARD, Act(by, at, seen))


def ask_for_changes(  # noqa: PLR0913, PLR0917 (a comment a section and a word over them all are what the page sends)
    session: Session,
    revision: Revision,
    by: User,
    at: datetime,
    seen: int,
    comments: Mapping[str, str],
    note: str = "",
) -> Decision:
    """Give a submitted revision back to its commune with `comments`, by the key of their section or "header".

    Raises `ReasonMissing` when there is neither a comment nor a note, `FourEyes`, and as `submit` does.
    """
    said = {section: body.strip() for section, body in comments.items() if body.strip()}
    if unknown := said.keys() - BY_KEY.keys() - {HEADER}:
        raise ValueError(f"not a section of the sheet: {', '.join(sorted(unknown))}")
    if not said and not note.strip():
        raise ReasonMissing(f"revision {revision.id}: say what should be changed")
    decision = _move(session, revision, Move.ASK_FOR_CHANGES, Act(by, at, seen, note.strip()))
    session.add_all(
        ReviewComment(
            revision_id=revision.id,
            decision_id=decision.id,
            section=section,
            body=body,
            at=at,
            by_user_id=by.id,
        )
        for section, body in said.items()
    )
    session.flush()
    return decision


def decline(session: Session, revision: Revision, by: User, at: datetime, seen: int, reason: str) -> Decision:
    """Say no to a submitted revision, and why. Raises `ReasonMissing`, `FourEyes`, and as `submit` does."""
    return _move(session, revision, Move.DECLINE, Act(by, at, seen, reason.strip()))


def publish(session: Session, revision: Revision, by: User, at: datetime, seen: int) -> Decision:
    """Accept a submitted revision: from now on every visitor finds it, in the place of the one before.

    Raises `FourEyes`, and as `submit` does.
    """
    _refuse_unless_active(revision.sheet)
    return _publish(session, revision, Move.PUBLISH, Act(by, at, seen), {})


def publish_unreviewed(session: Session, revision: Revision, at: datetime, reason: str) -> Decision:
    """Put a draft online without a coordinator, for the command line alone; `reason` says by whose word.

    Raises `ReasonMissing`, `MoveNotAllowed`, `ChangedMeanwhile`. Whoever calls has checked the content.
    """
    _refuse_unless_active(revision.sheet)
    values = {"content_hash": revision.content.hash, "submitted_at": at}
    act = Act(None, at, revision.version, reason.strip())
    return _publish(session, revision, Move.PUBLISH_UNREVIEWED, act, values)


def archive(session: Session, sheet: Sheet, by: User, at: datetime, reason: str) -> Decision:
    """Take a published sheet out of the search; its page stays, with a banner. A submission is withdrawn.

    Raises `ReasonMissing`, `MoveNotAllowed`, and `ChangedMeanwhile` when somebody else was faster.
    """
    if sheet.published is None:
        raise MoveNotAllowed(f"sheet {sheet.id}: only a published sheet can be archived")
    return _move_sheet(session, sheet, Move.ARCHIVE, Act(by, at, 0, reason.strip()))


def restore(session: Session, sheet: Sheet, by: User, at: datetime, reason: str) -> Decision:
    """Bring an archived or removed sheet back as it was. Raises `FourEyes`, and as `archive` does."""
    return _move_sheet(session, sheet, Move.RESTORE, Act(by, at, 0, reason.strip()))


def remove(session: Session, sheet: Sheet, by: User, at: datetime, reason: str) -> Decision:
    """Take a sheet offline for a legal reason: its page answers 410. Raises as `archive` does."""
    return _move_sheet(session, sheet, Move.REMOVE, Act(by, at, 0, reason.strip()))


def _publish(
    session: Session, revision: Revision, move: Move, act: Act, values: Mapping[str, object]
) -> Decision:
    """Put `revision` online and the one before it aside, in this order: the database allows one at a time."""
    _refuse(revision, move, act)
    before = session.scalar(
        select(Revision)
        .where(Revision.sheet_id == revision.sheet_id, Revision.status == RevisionStatus.PUBLISHED)
        .execution_options(populate_existing=True)
    )
    if before is not None:
        _move(session, before, Move.SUPERSEDE, Act(act.by, act.at, before.version))
    decision = _move(session, revision, move, act, {**values, "published_at": act.at})
    ask_for_index(session, revision.sheet_id, act.at)
    return decision


def _move(
    session: Session, revision: Revision, move: Move, act: Act, values: Mapping[str, object] | None = None
) -> Decision:
    """Change the state of a revision: the only writer of revision states in the house.

    One statement both checks and changes, so that of two people at once exactly one wins; then one decision,
    and the mails of the table. Raises `MoveNotAllowed`, `ChangedMeanwhile`, `FourEyes`, `ReasonMissing`.
    """
    _refuse(revision, move, act)
    source, target = revision.status, MOVES[move].target
    statement = (
        update(Revision)
        .where(Revision.id == revision.id, Revision.status == source, Revision.version == act.seen)
        .values(status=target, version=Revision.version + 1, **(values or {}))
    )
    if not _changes_one_row(session, statement):
        session.refresh(revision)
        raise ChangedMeanwhile(revision)
    session.refresh(revision)
    decision = act.written_down(source, target)
    decision.sheet_id, decision.revision_id = revision.sheet_id, revision.id
    if target == RevisionStatus.PUBLISHED:
        decision.content_hash = revision.content_hash
    session.add(decision)
    session.flush()
    tell(session, move, decision, revision, act.at)
    return decision


def _refuse(revision: Revision, move: Move, act: Act) -> None:
    """Raise what stands against the move, as far as can be seen before the database is asked."""
    if move in FOUR_EYES and (act.by is None or is_too_close(act.by, revision)):
        raise FourEyes(
            f"revision {revision.id}: somebody who did not write it and is not of its commune decides"
        )
    if revision.version != act.seen:
        raise ChangedMeanwhile(revision)
    if revision.status not in MOVES[move].sources:
        raise MoveNotAllowed(f"revision {revision.id}: {revision.status} cannot become {MOVES[move].target}")
    if move in NEEDS_REASON and not act.why:
        raise ReasonMissing(f"revision {revision.id}: say why it becomes {MOVES[move].target}")


def _move_sheet(session: Session, sheet: Sheet, move: Move, act: Act) -> Decision:
    """Change the state of a sheet: the only writer of sheet states. A revision in review is withdrawn."""
    shown = sheet.published or sheet.revisions[-1]
    _refuse_sheet(sheet, shown, move, act)
    source, target = sheet.status, SHEET_MOVES[move].target
    statement = (
        update(Sheet)
        .where(Sheet.id == sheet.id, Sheet.status == source)
        .values(status=target, status_reason=act.why)
    )
    if not _changes_one_row(session, statement):
        raise ChangedMeanwhile(shown)
    session.refresh(sheet, ["status", "status_reason"])
    if sheet.open is not None and sheet.open.status == RevisionStatus.SUBMITTED:
        _move(session, sheet.open, Move.WITHDRAW, replace(act, seen=sheet.open.version))
    decision = replace(act, seen=shown.version).written_down(source, target)
    decision.sheet_id = sheet.id
    session.add(decision)
    session.flush()
    tell(session, move, decision, shown, act.at)
    if sheet.published is not None:
        ask_for_index(session, sheet.id, act.at, forget=target != SheetStatus.ACTIVE)
    return decision


def _refuse_sheet(sheet: Sheet, shown: Revision, move: Move, act: Act) -> None:
    """Raise what stands against moving the sheet; `shown` is the revision whose writers are too close."""
    target = SHEET_MOVES[move].target
    if sheet.status not in SHEET_MOVES[move].sources:
        raise MoveNotAllowed(f"sheet {sheet.id}: {sheet.status} cannot become {target}")
    if move in FOUR_EYES and (act.by is None or is_too_close(act.by, shown)):
        raise FourEyes(f"sheet {sheet.id}: somebody who did not write it and is not of its commune decides")
    if move in NEEDS_REASON and not act.why:
        raise ReasonMissing(f"sheet {sheet.id}: say why it becomes {target}")


def _changes_one_row(session: Session, statement: Update) -> bool:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return isinstance(result, CursorResult) and result.rowcount == 1


def _refuse_unless_active(sheet: Sheet) -> None:
    if sheet.status != SheetStatus.ACTIVE:
        raise MoveNotAllowed(f"sheet {sheet.id} is {sheet.status}: it must be restored first")
