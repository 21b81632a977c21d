"""Take mail jobs one at a time, so that two workers never send the same one, and write down how it went."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from passerelle.core.jobs import Job, JobKind

LEASE = timedelta(minutes=10)  # a worker that dies in the middle leaves its job to the others after this
MOST_ATTEMPTS = 20  # the last one comes after about three days
SHORTEST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)


def claim(session: Session, job: Job, at: datetime) -> bool:
    """Whether the caller may do `job` now: of several who ask, one is told yes. Commit before doing it."""
    due = (Job.not_before.is_(None)) | (Job.not_before <= at)
    taken = session.connection().execute(
        update(Job)
        .where(
            Job.id == job.id,
            Job.kind == JobKind.MAIL,
            Job.done_at.is_(None),
            Job.attempts == job.attempts,
            due,
        )
        .values(attempts=Job.attempts + 1, not_before=at + LEASE)
    )
    return taken.rowcount == 1


def finish(session: Session, number: int, at: datetime, error: str | None = None) -> None:
    """Job `number` is done; with an `error` (a class name, never a text) it was given up instead."""
    session.execute(update(Job).where(Job.id == number).values(done_at=at, not_before=None, last_error=error))


def put_off(session: Session, number: int, attempts: int, at: datetime, error: str) -> None:
    """Job `number` failed for the `attempts`-th time with `error` (a class name): it is tried again later.

    The wait doubles from a minute to four hours; after twenty attempts the job is given up.
    """
    if attempts >= MOST_ATTEMPTS:
        finish(session, number, at, error)
        return
    wait = min(SHORTEST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    session.execute(update(Job).where(Job.id == number).values(not_before=at + wait, last_error=error))
