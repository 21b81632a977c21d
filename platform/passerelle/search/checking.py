"""Check that database and index agree with themselves and with each other: the oracle of every fault test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, aliased, sessionmaker

from passerelle.core.database import reading
from passerelle.core.jobs import Job, JobKind, index_jobs_after, last_index_job
from passerelle.moderation.models import Decision, ThesaurusEdit
from passerelle.moderation.thesaurus import thesaurus_now
from passerelle.search.engine import Entry, SearchEngine
from passerelle.search.projector import BATCH
from passerelle.sheets.content import SheetContent
from passerelle.sheets.models import OPEN_STATUSES, Revision, RevisionStatus, Sheet, SheetStatus

LATEST = timedelta(seconds=60)
"""A job that is older than this was forgotten (RELIABILITY 3.3.10 e)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be: which check found it, in words, and of which sheet."""

    check: str
    message: str
    sheet: int | None = None


_TRIES = 5  # how often index and database are read again when one of them changed meanwhile

Check = Callable[[Session, SearchEngine, datetime], Iterator[Finding]]


def run_checks(
    sessions: sessionmaker[Session], engine: SearchEngine, at: datetime, *, deep: bool = False
) -> list[Finding]:
    """Everything that is wrong at the moment `at`; nothing when all is well.

    The checks are those of RELIABILITY 3.3.10: index (a), moves (b), states (c), texts (d), jobs (e) and
    database (g), and the thesaurus of the index; with `deep`, every file of the index is compared with its
    hash, too (f). Only reads.
    """
    findings = _index(sessions, engine)
    with reading(sessions) as session:
        for check in (*_CHECKS, *([_files] if deep else [])):
            findings += check(session, engine, at)
    return findings


def index_findings(sessions: sessionmaker[Session], engine: SearchEngine) -> list[Finding]:
    """What the index holds that is not public, and what is public that it does not hold: check (a) alone."""
    return _index(sessions, engine)


def late_jobs(session: Session, position: int, at: datetime) -> list[Job]:
    """The oldest job of each kind that should have been done by `at`; `position` is that of the index."""
    before = at - LATEST
    index = session.scalar(index_jobs_after(position, 1))
    mail = session.scalar(
        select(Job).where(Job.kind == JobKind.MAIL, Job.done_at.is_(None)).order_by(Job.id).limit(1)
    )
    return [job for job in (index, mail) if job is not None and job.created_at < before]


def lags_behind(session: Session, engine: SearchEngine, at: datetime) -> bool:
    """Whether the index should have taken in the terms of the thesaurus in force by `at`, and has not."""
    if engine.thesaurus() == thesaurus_now(session):
        return False
    changed = session.scalar(select(func.max(func.coalesce(ThesaurusEdit.undone_at, ThesaurusEdit.made_at))))
    return changed is None or changed < at - LATEST


def _index(sessions: sessionmaker[Session], engine: SearchEngine) -> list[Finding]:
    """(a) The index holds exactly the live sheets, each once and as it is; it knows no job of the future.

    While jobs wait, what the index holds says nothing: `_jobs` tells when they wait too long.
    """
    try:
        for _ in range(_TRIES):
            with reading(sessions) as session:
                findings = _compare(session, engine)
            if findings is not None:
                return findings
    except SQLAlchemyError:
        raise
    except Exception as problem:  # whatever is wrong with the index is what we are here to say
        return [
            Finding("index", f"the search index cannot be read ({type(problem).__name__}): build it again")
        ]
    return []


def _compare(session: Session, engine: SearchEngine) -> list[Finding] | None:
    """What differs; None when one of the two changed while they were read."""
    position = engine.position()  # before the database is read: it cannot be behind the index
    newest = session.scalar(last_index_job()) or 0
    entries, live = list(engine.contents()), {entry.number: entry for entry in _live(session)}
    if engine.position() != position or (session.scalar(last_index_job()) or 0) != newest:
        return None
    if position > newest:
        return [Finding("index", "the search index has done jobs that the database does not know")]
    if position < newest:
        return []
    held = {entry.number: entry for entry in entries}
    twice = [Finding("index", "the search index holds a sheet twice")] if len(held) != len(entries) else []
    return twice + [
        Finding("index", _difference(held.get(number), live.get(number)), number)
        for number in sorted(held.keys() | live.keys())
        if held.get(number) != live.get(number)
    ]


def _difference(held: Entry | None, live: Entry | None) -> str:
    if live is None:
        return "is found, but is not published"
    return "is published, but is not found" if held is None else "is found with another text"


def _live(session: Session) -> Iterator[Entry]:
    query = (
        select(Sheet.id, Revision.id, Revision.content_hash)
        .join(Revision, Revision.sheet_id == Sheet.id)
        .where(Sheet.status == SheetStatus.ACTIVE, Revision.status == RevisionStatus.PUBLISHED)
    )
    return (Entry(*row) for row in session.execute(query))


def _moves(session: Session, _engine: SearchEngine, _at: datetime) -> Iterator[Finding]:
    """(b) The decisions of every revision lead from draft to where it stands, without a gap."""
    query = (
        select(Revision.sheet_id, Revision.id, Revision.status, Decision.from_status, Decision.to_status)
        .outerjoin(Decision, Decision.revision_id == Revision.id)
        .order_by(Revision.id, Decision.id)
    )
    standing: tuple[int, int, str] | None = None
    reached = ""
    for sheet, revision, status, source, target in session.execute(
        query, execution_options={"yield_per": BATCH}
    ):
        if standing is None or standing[1] != revision:
            yield from _arrived(standing, reached)
            standing, reached = (sheet, revision, status), RevisionStatus.DRAFT
        if source is not None and source != reached:
            yield Finding("moves", f"revision {revision} went from {source}, but stood at {reached}", sheet)
        reached = target or reached
    yield from _arrived(standing, reached)


def _arrived(standing: tuple[int, int, str] | None, reached: str) -> Iterator[Finding]:
    if standing is not None and standing[2] != reached:
        sheet, revision, status = standing
        yield Finding("moves", f"revision {revision} is {status}, but its decisions lead to {reached}", sheet)


def _states(session: Session, _engine: SearchEngine, _at: datetime) -> Iterator[Finding]:
    """(c) A sheet has at most one open and one published revision; nobody published their own."""
    for what, statuses in (("open", OPEN_STATUSES), ("published", (RevisionStatus.PUBLISHED,))):
        several = (
            select(Revision.sheet_id)
            .where(Revision.status.in_(statuses))
            .group_by(Revision.sheet_id)
            .having(func.count() > 1)
        )
        for number in session.scalars(several):
            yield Finding("states", f"has more than one {what} revision", number)
    approval = aliased(Decision)
    own = (
        select(Revision.sheet_id)
        .join(approval, approval.revision_id == Revision.id)
        .where(
            Revision.status == RevisionStatus.PUBLISHED,
            approval.to_status == RevisionStatus.PUBLISHED,
            approval.by_user_id.in_([Revision.created_by, Revision.updated_by, Revision.submitted_by]),
        )
    )
    for number in session.scalars(own):
        yield Finding("states", "was published by somebody who wrote it", number)


def _texts(session: Session, _engine: SearchEngine, _at: datetime) -> Iterator[Finding]:
    """(d) Every published text is the one that was approved."""
    query = (
        select(Revision.sheet_id, Revision.content_json, Revision.content_hash, Decision.content_hash)
        .outerjoin(
            Decision, (Decision.revision_id == Revision.id) & (Decision.to_status == RevisionStatus.PUBLISHED)
        )
        .where(Revision.status == RevisionStatus.PUBLISHED)
    )
    for number, content, kept, approved in session.execute(query, execution_options={"yield_per": BATCH}):
        if not _hash(content) == kept == approved:
            yield Finding("texts", "is published with a text that nobody approved", number)


def _hash(content: dict[str, object]) -> str:
    try:
        return SheetContent.from_json(content).hash
    except (TypeError, ValueError, AttributeError):
        return "unreadable"


def _jobs(session: Session, engine: SearchEngine, at: datetime) -> Iterator[Finding]:
    """(e) No job waits for longer than a minute, and none has failed."""
    try:
        position = engine.position()
    except Exception:  # noted by the check of the index
        position = session.scalar(last_index_job()) or 0
    for job in late_jobs(session, position, at):
        yield Finding(
            "jobs", f"{job.kind} job {job.id} waits since {job.created_at.isoformat()}", job.sheet_id
        )
    later = aliased(Job)
    done_since = exists().where(later.kind == Job.kind, later.sheet_id == Job.sheet_id, later.id > Job.id)
    failed = select(Job).where(Job.last_error.is_not(None), Job.done_at.is_(None), ~done_since)
    for job in session.scalars(failed.order_by(Job.id)):
        yield Finding("jobs", f"{job.kind} job {job.id} failed: {job.last_error}", job.sheet_id)


def _terms(session: Session, engine: SearchEngine, at: datetime) -> Iterator[Finding]:
    """The index was written with the terms of the thesaurus that are in force."""
    try:
        behind = lags_behind(session, engine, at)
    except SQLAlchemyError:
        raise
    except Exception:  # noted by the check of the index
        return
    if behind:
        yield Finding("thesaurus", "the search index does not know the latest terms: is a worker running?")


def _files(_session: Session, engine: SearchEngine, _at: datetime) -> Iterator[Finding]:
    """(f) Every file of the index is what was written."""
    try:
        engine.verify()
    except Exception as problem:  # as in the check of the index
        yield Finding("files", f"the search index is damaged ({type(problem).__name__}): build it again")


def _database(session: Session, _engine: SearchEngine, _at: datetime) -> Iterator[Finding]:
    """(g) The file of the database is whole, and every row it names exists."""
    if session.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL watches over both itself
    for (line,) in session.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield Finding("database", f"the database file is damaged: {line}")
    for table, row, parent, _key in session.execute(text("PRAGMA foreign_key_check")):
        yield Finding("database", f"row {row} of {table} names a row of {parent} that does not exist")


_CHECKS: tuple[Check, ...] = (_moves, _states, _texts, _jobs, _terms, _database)
