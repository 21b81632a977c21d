"""Keep the index in step with the database, sheets and thesaurus: do the index jobs, or build it anew."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from passerelle.core.database import reading, writing
from passerelle.core.jobs import Job, JobKind, index_jobs_after, last_index_job
from passerelle.moderation.thesaurus import edits_in_force, thesaurus_now
from passerelle.search.documents import SearchDocument
from passerelle.search.engine import IndexBusy, IndexUnusable, Progress, SearchEngine
from passerelle.search.projector import all_documents, documents_of, log_failure

logger = logging.getLogger("passerelle.search")

BATCH = 200
"""How many jobs one commit of the index takes in."""

PATIENCE = 20.0
"""How many seconds somebody else may be writing before catching up is left to a later moment."""

_PAUSE = 0.05
_SAID = 1_000  # a rebuild that nobody watches says so after every so many sheets


@dataclass
class Batch:
    """Some jobs in a row, and what their sheets look like now."""

    jobs: int
    last: int  # the number of the last of the jobs: the position after them
    documents: list[SearchDocument]
    gone: list[int]
    forget: bool  # the words of the sheets that are gone must leave the files, too
    failed: dict[int, Exception] = field(default_factory=dict)  # by the number of the sheet


def catch_up(sessions: sessionmaker[Session], engine: SearchEngine, patience: float = PATIENCE) -> int:
    """Do every index job that is left; afterwards the index shows what the database does.

    Each sheet is read as it is now, and put in or taken out in the same commit that moves the position: a
    crash anywhere repeats work and never skips it. An index that cannot be used or that stands where no job
    leads on from is built anew, and so is one that was written with other terms of the thesaurus than those
    in force, when nothing else is left to do: what was removed is gone before. Either counts as one job.
    Answers how many jobs were done; of several processes that catch up at once each thing is done by one.

    Raises `IndexBusy` when somebody else is still writing after `patience` seconds, `IndexUnusable` when
    the index cannot be built either. A sheet that cannot be read is left out, its job says why.
    """
    deadline = monotonic() + patience
    done = rebuilt = followed = 0
    while True:
        try:
            step = _next_step(sessions, engine)
            if not step and not followed:
                step = followed = _follow(sessions, engine)
        except IndexUnusable as problem:
            if rebuilt:
                raise
            rebuilt = _mend(sessions, engine, problem)
            done += rebuilt
            continue
        except IndexBusy:
            if monotonic() >= deadline:
                raise
            sleep(_PAUSE)
            continue
        if not step:
            return done
        done += step


def rebuild(sessions: sessionmaker[Session], engine: SearchEngine, progress: Progress | None = None) -> int:
    """Replace the index by what the database shows; answers how many sheets it holds.

    The newest job and the sheets are read as they are at one moment, after the last that anybody else
    wrote: what changes meanwhile has a later job, which the next `catch_up` does. Raises `IndexBusy` and
    `IndexUnusable` as the engine does.
    """
    with engine.alone(), reading(sessions) as session:
        position, edits = session.scalar(last_index_job()) or 0, edits_in_force(session)
        return engine.rebuild(all_documents(session, log_failure), position, progress, edits=edits)


def _mend(sessions: sessionmaker[Session], engine: SearchEngine, problem: IndexUnusable) -> int:
    """Build the index anew that cannot be used: 1 if so, 0 when somebody else wrote before we could."""
    seen = _generation(engine)
    with engine.alone():
        if _generation(engine) != seen:
            return 0
        logger.warning("the search index is built anew: %s", problem)
        rebuild(sessions, engine)
    return 1


def _generation(engine: SearchEngine) -> str:
    with suppress(IndexUnusable):
        return engine.generation()
    return ""


def _follow(sessions: sessionmaker[Session], engine: SearchEngine) -> int:
    """Build the index anew when the terms of the thesaurus changed: 1 if so, however many edits there were.

    What is edited while it is being built is seen to by the next `catch_up`.
    """
    if not _lags_behind(sessions, engine):
        return 0
    with engine.alone():
        if not _lags_behind(sessions, engine):
            return 0  # somebody else was faster
        logger.info("the thesaurus was edited: the search index is built anew, the old one answers meanwhile")
        count = rebuild(sessions, engine, _say)
    logger.info("the search index has taken in the thesaurus, and holds %s sheets", count)
    return 1


def _lags_behind(sessions: sessionmaker[Session], engine: SearchEngine) -> bool:
    with reading(sessions) as session:
        return engine.thesaurus() != thesaurus_now(session)


def _say(done: int) -> None:
    if done % _SAID == 0:
        logger.info("%s sheets are in the new search index", done)


def _next_step(sessions: sessionmaker[Session], engine: SearchEngine) -> int:
    """Do the next batch of jobs; answers how many there were.

    They are read when nobody else can write: else these might be done meanwhile, and later ones, too.
    """
    position = engine.position()
    with reading(sessions) as session:
        if not _jobs_after(session, position, 1):
            return 0
    with engine.alone():
        position = engine.position()
        with reading(sessions) as session:
            batch = _read(session, _jobs_after(session, position, BATCH))
        if batch is None:
            return 0
        _apply(engine, batch, position)
    _record(sessions, batch, position)
    return batch.jobs


def _jobs_after(session: Session, position: int, most: int) -> list[Job]:
    if not _leads_on(session, position):
        raise IndexUnusable(f"no job leads on from {position}")
    return list(session.scalars(index_jobs_after(position, most)))


def _leads_on(session: Session, position: int) -> bool:
    """Whether all jobs after `position` still exist: it is among those kept, or nothing ever happened."""
    oldest = session.scalar(select(func.min(Job.id)).where(Job.kind == JobKind.INDEX))
    newest = session.scalar(last_index_job()) or 0
    return position == 0 if oldest is None else oldest <= position <= newest


def _read(session: Session, jobs: Sequence[Job]) -> Batch | None:
    if not jobs:
        return None
    wishes: dict[int, bool] = {}
    for job in jobs:
        number = job.sheet_id or 0  # an index job always names a sheet: the table says so
        wishes[number] = wishes.get(number, False) or bool(job.payload.get("forget"))
    failed: dict[int, Exception] = {}
    documents = documents_of(session, sorted(wishes), failed.__setitem__)
    gone = sorted(wishes.keys() - {document.number for document in documents})
    return Batch(
        jobs=len(jobs),
        last=jobs[-1].id,
        documents=documents,
        gone=gone,
        forget=any(wishes[number] for number in gone),
        failed=failed,
    )


def _apply(engine: SearchEngine, batch: Batch, position: int) -> None:
    """Bring the batch into the index. Between two commits the position stays: the jobs would be repeated."""
    if batch.gone:
        engine.remove(batch.gone, position if batch.documents else batch.last, forget=batch.forget)
    if batch.documents:
        engine.put(batch.documents, batch.last)


def _record(sessions: sessionmaker[Session], batch: Batch, position: int) -> None:
    """Write on the jobs of sheets that could not be read what went wrong."""
    if not batch.failed:
        return
    _log(batch.failed)
    with writing(sessions) as session:
        for number, problem in batch.failed.items():
            session.execute(
                update(Job)
                .where(
                    Job.kind == JobKind.INDEX,
                    Job.sheet_id == number,
                    Job.id > position,
                    Job.id <= batch.last,
                )
                .values(attempts=Job.attempts + 1, last_error=type(problem).__name__)
            )


def _log(failed: Mapping[int, Exception]) -> None:
    for number, problem in failed.items():
        log_failure(number, problem)
