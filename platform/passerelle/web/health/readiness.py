"""Find out whether this process can do its work now, and what an operator should look at."""

import logging
import shutil
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from pathlib import Path

from passerelle.core.migrations import current_revision, newest_revision
from passerelle.search.checking import lags_behind, late_jobs
from passerelle.web.database import db
from passerelle.web.services import now, services

logger = logging.getLogger("passerelle.health")

LEAST_FREE = 0.10
"""The share of a disk that must be free (RELIABILITY 7)."""


class Readiness(StrEnum):
    """What is answered."""

    OK = "ok"
    DEGRADED = "degraded"  # pages are answered; something needs a person
    FAIL = "fail"  # no page that needs the database can be answered


def readiness() -> Readiness:
    """Whether pages can be answered; what is wrong goes to the log only."""
    if not _holds("the database can be read and is at this version", _database):
        return Readiness.FAIL
    degraded = [
        what
        for what, check in (
            ("the search index can be read", _index),
            ("no job waits for longer than a minute", _jobs),
            ("the search index knows the terms of the thesaurus", _terms),
            ("a tenth of the disk is free", _disk),
        )
        if not _holds(what, check)
    ]
    return Readiness.DEGRADED if degraded else Readiness.OK


def _holds(what: str, check: Callable[[], bool]) -> bool:
    try:
        holds = check()
    except Exception as problem:  # a check that cannot be made has failed, whatever the reason
        logger.warning("not so: %s (%s)", what, type(problem).__name__)
        return False
    if not holds:
        logger.warning("not so: %s", what)
    return holds


def _database() -> bool:
    return current_revision(db.session.connection()) == _newest()


def _index() -> bool:
    return services().search.is_usable()


def _jobs() -> bool:
    position = services().search.engine.position()
    return not late_jobs(db.session(), position, now())


def _terms() -> bool:
    return not lags_behind(db.session(), services().search.engine, now())


def _disk() -> bool:
    settings = services().settings
    for folder in (settings.instance, settings.search_index):
        usage = shutil.disk_usage(_nearest(folder))
        if usage.free < LEAST_FREE * usage.total:
            return False
    return True


@cache
def _newest() -> str | None:
    return newest_revision()


def _nearest(folder: Path) -> Path:
    """`folder`, or the folder above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())
