"""Do what requests leave to be done, the index first and then the mails, and in quiet moments the vectors."""

import logging
import os
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import NamedTuple

from flask import Flask, request
from flask.wrappers import Response

from passerelle.core.database import reading
from passerelle.core.jobs import newest_job
from passerelle.search.engine import IndexBusy
from passerelle.web.database import SAFE_METHODS, db
from passerelle.web.mails.send import send_open_mails
from passerelle.web.services import Services, services

logger = logging.getLogger("passerelle.jobs")

SECONDS_BETWEEN_LOOKS = 2.0
LONGEST_PAUSE = 60.0
"""Seconds to the next try after failures: each doubles the pause, up to this."""

_MOST_ROUNDS = 100  # of one `work_once`; a job that makes a job must not keep it for ever


def _index(services: Services) -> int:
    return services.search.catch_up()


Task = Callable[[Services], int]
TASKS: tuple[Task, ...] = (_index, send_open_mails)
"""What there is to do, in order: a mail that says "it is online" is sent when it can be found."""


class Round(NamedTuple):
    """How many jobs were done in one go, and whether something failed."""

    done: int
    failed: bool


def work_once(services: Services) -> int:
    """Do every job that is waiting; answers how many were done. Call it in an application context.

    What fails is logged and stays to be done: the index remembers how far it came, a mail says on its row
    what went wrong and when it is tried again; `/readyz` and `passerelle check` show jobs that wait.
    """
    return _work(services).done


def work_forever(services: Services, stop: Event, wake: Event | None = None) -> None:
    """Do jobs as they come until `stop` is set, looking every two seconds, or when `wake` is set.

    Nothing ends it: after a failure it looks again later, at most a minute. When no job is left it gets
    ready for questions, tidies the index and makes vectors that are missing, until the next job comes.
    """
    wake = wake or stop
    pause = SECONDS_BETWEEN_LOOKS
    while not stop.is_set():
        newest = _newest_job(services)
        failed = _work(services).failed
        failed |= _get_ready(services) or _tidy(services)
        failed |= _make_vectors(services, stop, newest)
        if not failed and _newest_job(services) != newest:
            continue
        pause = min(2 * pause, LONGEST_PAUSE) if failed else SECONDS_BETWEEN_LOOKS
        if wake.wait(pause) and wake is not stop:
            wake.clear()


def _work(services: Services) -> Round:
    done, failed = 0, False
    for _ in range(_MOST_ROUNDS):
        step = _do_all(services)
        done, failed = done + step.done, failed or step.failed
        if not step.done or step.failed:
            break
    return Round(done, failed)


def _do_all(services: Services) -> Round:
    """Each task once; that one fails does not keep the next from its work."""
    done, failed = 0, False
    for task in TASKS:
        try:
            done += task(services)
        except IndexBusy as problem:
            logger.info("%s", problem)
            failed = True
        except Exception:  # whatever it was, the other jobs and the next round must go on
            logger.exception("jobs could not be done")
            failed = True
    return Round(done, failed)


def _newest_job(services: Services) -> int:
    """The number of the last job that was asked for; -1 while the database cannot say, as `_work` logs."""
    try:
        with reading(services.sessions) as session:
            return session.scalar(newest_job()) or 0
    except Exception:  # nothing may end the keeper
        return -1


def _get_ready(services: Services) -> bool:
    """Be able to read questions at once, in this process; whether that failed."""
    try:
        services.search.get_ready()
    except Exception:  # as in `_do_all`
        logger.exception("the search could not get ready")
        return True
    return False


def _tidy(services: Services) -> bool:
    """Merge some of the index; whether that failed."""
    try:
        services.search.tidy()
    except Exception:  # as in `_do_all`
        logger.exception("the search index could not be tidied")
        return True
    return False


def _load_encoder(services: Services) -> None:
    """Have what makes vectors in memory; without it, questions are answered by words."""
    try:
        if services.vectors:
            services.vectors.prepare()
    except Exception:  # as in `_do_all`
        logger.exception("the sentence encoder could not be loaded")


def _make_vectors(services: Services, stop: Event, newest: int) -> bool:
    """Make vectors until none is missing, or a job comes after the `newest`; whether that failed."""
    try:
        if services.vectors:
            services.vectors.work(lambda: stop.is_set() or _newest_job(services) != newest)
    except Exception:  # as in `_do_all`
        logger.exception("vectors could not be made")
        return True
    return False


class Keeper:
    """The thread of one process that does the jobs; started after the fork, by the first request."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = Lock()
        self._process = 0
        self._wake = Event()
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Have the thread running in this process."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                self._wake, self._stop = Event(), Event()
                self._process = os.getpid()
                self._thread = Thread(target=self._run, name="keeper", daemon=True)
                self._thread.start()

    def poke(self) -> None:
        """Have it look now."""
        self._wake.set()

    def stop(self) -> None:
        """Have it finish what it does now, and end; answers when it has."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with self._app.app_context():
            found = services()
            _load_encoder(found)
            work_forever(found, self._stop, self._wake)


def init_keeper(app: Flask) -> None:
    """Have the jobs of `app` done as its settings say.

    `PASSERELLE_JOBS=embedded`: by a thread of each process. `worker`: by the command of that name, and not
    here. In tests: at the end of each request that may have written, before its answer leaves.
    """
    settings = services_of(app).settings
    if settings.environment == "test":
        app.after_request(_work_now)
    elif settings.jobs == "embedded":
        keeper = app.extensions["keeper"] = Keeper(app)
        app.before_request(keeper.start)
        app.after_request(lambda response: _poke(keeper, response))


def services_of(app: Flask) -> Services:
    """The services of `app`, outside a request."""
    with app.app_context():
        return services()


def _work_now(response: Response) -> Response:
    if request.method not in SAFE_METHODS:
        db.session.close()  # the answer is written: let go of the writing transaction it may still hold
        work_once(services())
    return response


def _poke(keeper: Keeper, response: Response) -> Response:
    if request.method not in SAFE_METHODS:
        keeper.poke()
    return response
