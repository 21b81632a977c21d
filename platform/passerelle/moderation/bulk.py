"""Put many new sheets online in a few statements, as moving them one by one would have left them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from passerelle.core.jobs import ask_for_index_of
from passerelle.moderation.actions import ReasonMissing
from passerelle.moderation.models import Decision
from passerelle.moderation.states import MOVES, Move
from passerelle.sheets.content import Contact, SheetContent
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus


@dataclass(frozen=True)
class NewSheet:
    """A sheet nobody has yet: its commune's NIS code, the owner's own identifier, what it says."""

    commune: str
    ref: str | None
    content: SheetContent
    contact: Contact


def publish_new(session: Session, new: Sequence[NewSheet], at: datetime, reason: str) -> list[int]:
    """Put all of `new` online without a coordinator, for the command line alone; their numbers, in order.

    The rows are those that `start_sheet` and `publish_unreviewed` leave, written together: for thousands of
    sheets. Raises `ReasonMissing`, and `IntegrityError` when a commune has one of the identifiers already.
    Whoever calls has checked the content.
    """
    if not reason.strip():
        raise ReasonMissing("say why the sheets go online without a review")
    made = {"status": SheetStatus.ACTIVE, "status_reason": "", "created_at": at}
    rows = [{"commune_nis": each.commune, "ref": each.ref, **made} for each in new]
    numbered = insert(Sheet).returning(Sheet.id, sort_by_parameter_order=True)
    numbers = list(session.scalars(numbered, rows))
    revisions = [_revision(number, each, at) for number, each in zip(numbers, new, strict=True)]
    identified = insert(Revision).returning(Revision.id, sort_by_parameter_order=True)
    for revision, key in zip(revisions, session.scalars(identified, revisions), strict=True):
        revision["id"] = key
    session.execute(insert(Decision), [_decision(revision, at, reason.strip()) for revision in revisions])
    ask_for_index_of(session, numbers, at)
    return numbers


def _revision(number: int, new: NewSheet, at: datetime) -> dict[str, object]:
    return {
        "sheet_id": number,
        "number": 1,
        "status": MOVES[Move.PUBLISH_UNREVIEWED].target,
        "version": 2,  # begun at 1, moved once
        "content_json": new.content.to_json(),
        "contact_json": new.contact.to_json(),
        "content_hash": new.content.hash,
        "note": "",
        "created_at": at,
        "updated_at": at,
        "submitted_at": at,
        "published_at": at,
    }


def _decision(revision: dict[str, object], at: datetime, reason: str) -> dict[str, object]:
    return {
        "sheet_id": revision["sheet_id"],
        "revision_id": revision["id"],
        "at": at,
        "from_status": RevisionStatus.DRAFT,
        "to_status": revision["status"],
        "reason": reason,
        "version": 1,
        "content_hash": revision["content_hash"],
    }
