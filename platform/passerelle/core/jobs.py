"""What remains to be done after a change, written down in the same transaction as the change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Select, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from passerelle.core.models import Base, BigKey, JsonObject

# Any number: the lock only has to be the same for everybody who writes a job.
_ORDER_LOCK = 7_265_001


class JobKind(StrEnum):
    """The two consequences a change can have."""

    INDEX = "index"  # a sheet may look different to the public: read it again
    MAIL = "mail"  # somebody must be told


class Job(Base):
    """One thing to do. Index jobs stay (the index remembers how far it came); mail jobs are marked done."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("kind IN ('index', 'mail')", name="kind"),
        CheckConstraint("kind <> 'index' OR sheet_id IS NOT NULL", name="index_names_a_sheet"),
        Index("ix_jobs_open_mail", "kind", "done_at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    kind: Mapped[str]
    sheet_id: Mapped[int | None] = mapped_column(BigKey)
    payload: Mapped[JsonObject] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]


def _in_commit_order(session: Session) -> None:
    """On PostgreSQL numbers are not given out in commit order; a lock held to the commit makes them so."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_ORDER_LOCK)))


def ask_for_index(session: Session, sheet_id: int, at: datetime, *, forget: bool = False) -> Job:
    """Have the index read sheet `sheet_id` again; `forget` also wipes its words from the index files.

    Call it last before the commit: on PostgreSQL it takes a lock that is held until then.
    """
    _in_commit_order(session)
    job = Job(kind=JobKind.INDEX, sheet_id=sheet_id, payload={"forget": forget}, created_at=at)
    session.add(job)
    session.flush()
    return job


def ask_for_index_of(session: Session, sheets: Sequence[int], at: datetime) -> None:
    """Have the index read many sheets again, as `ask_for_index` does for one."""
    if not sheets:
        return
    _in_commit_order(session)
    asked = {"kind": JobKind.INDEX, "payload": {"forget": False}, "created_at": at, "attempts": 0}
    session.execute(insert(Job), [{"sheet_id": number, **asked} for number in sheets])


def ask_for_mail(session: Session, template: str, to: int, at: datetime, about: Mapping[str, object]) -> Job:
    """Have the mail `template` (a file of `templates/emails`) sent to the user number `to`.

    `about` holds numbers and codes only, never a text or an address: the mail is written when it is sent.
    """
    job = Job(kind=JobKind.MAIL, payload={"template": template, "to": to, **about}, created_at=at)
    session.add(job)
    session.flush()
    return job


def index_jobs_after(position: int, limit: int = 50) -> Select[Job]:
    """The next index jobs after job number `position`, in order."""
    return select(Job).where(Job.kind == JobKind.INDEX, Job.id > position).order_by(Job.id).limit(limit)


def last_index_job() -> Select[int]:
    """The number of the newest index job, 0 when there is none: where an index built now stands."""
    return select(func.coalesce(func.max(Job.id), 0)).where(Job.kind == JobKind.INDEX)


def newest_job() -> Select[int]:
    """The number of the newest job of any kind, 0 when there never was one."""
    return select(func.coalesce(func.max(Job.id), 0))


def open_mails(at: datetime, limit: int = 20) -> Select[Job]:
    """The mails that may be tried at `at`, oldest first."""
    due = (Job.not_before.is_(None)) | (Job.not_before <= at)
    return (
        select(Job).where(Job.kind == JobKind.MAIL, Job.done_at.is_(None), due).order_by(Job.id).limit(limit)
    )
