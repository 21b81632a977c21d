"""Search that always answers: from the index, or from the database while the index is being healed."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from traceback import extract_tb

from sqlalchemy.orm import Session, sessionmaker

from passerelle.core.database import reading
from passerelle.search import checking, fallback, indexing
from passerelle.search.analysis.concepts import finder
from passerelle.search.consequences import Consequence, consequence_of
from passerelle.search.engine import IndexBusy, Progress, SearchEngine, SearchError
from passerelle.search.explanation import Explanation
from passerelle.search.page import SearchPage
from passerelle.search.request import SearchRequest
from passerelle.vocabulary import LANGUAGES, Edit, Thesaurus

logger = logging.getLogger("passerelle.search")

BETWEEN_ATTEMPTS = 60.0
"""Seconds from one attempt to heal the index to the next."""

BETWEEN_HOPELESS_ATTEMPTS = 3600.0
"""The same, after an index built anew could not answer either: then the fault is not in the index."""


class SearchService:
    """The search of one running application: made once, used from any thread.

    A sheet that is archived or removed is found no longer as soon as its job is done: at the end of the same
    request in the embedded mode, within seconds with a worker. Hits are not read again from the database
    (the query-time guard of RELIABILITY 3.3.8): a page of results costs no query, and shows what was public
    a moment ago. The page of the sheet itself always asks the database.
    """

    def __init__(
        self, engine: SearchEngine, sessions: sessionmaker[Session], clock: Callable[[], datetime]
    ) -> None:
        self.engine = engine
        self._sessions = sessions
        self._clock = clock
        self._healing = Lock()
        self._healer: Thread | None = None
        self._next_attempt = 0.0  # on the monotonic clock
        self._failing = False  # whether the index could not answer the last question

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer `request`, whatever the condition of the index.

        When the index cannot answer, the database does (`degraded` is set) and the index is healed in the
        background. Raises only what the database itself raises when it is away.
        """
        try:
            page = self.engine.search(request)
        except Exception as problem:  # a damaged index can raise anything, and a visitor must not notice
            if not self._failing:  # said once, not for every visitor
                _log("the search index cannot answer", problem)
            self._failing = True
        else:
            self._failing = False
            return page
        self._start_healing(request)
        return self.search_database(request)

    def explain(self, request: SearchRequest, number: int) -> Explanation | None:
        """Why a sheet stands where it stands, see `SearchEngine.explain`; raises as the engine does."""
        return self.engine.explain(request, number)

    def search_database(self, request: SearchRequest) -> SearchPage:
        """Answer `request` without the index."""
        with reading(self._sessions) as session:
            return fallback.search(session, request, self._clock().date())

    def consequence_of(self, edit: Edit) -> Consequence | None:
        """What `edit` of the thesaurus would change; None when the index cannot answer now."""
        try:
            with reading(self._sessions) as session:
                return consequence_of(session, self.engine.search, edit)
        except Exception as problem:  # as in `search`
            _log("the search index cannot say what an edit would change", problem)
            return None

    def knows(self, thesaurus: Thesaurus) -> bool:
        """Whether the index was written with `thesaurus`: otherwise it is about to be."""
        try:
            return self.engine.thesaurus() == thesaurus
        except Exception as problem:  # as in `search`
            _log("the search index cannot be read", problem)
            return False

    def get_ready(self) -> None:
        """Make now what reads questions with the thesaurus of the index: it takes a second.

        A visitor would wait for it otherwise, when a process begins and after every edit. Raises
        `IndexUnusable`.
        """
        thesaurus = self.engine.thesaurus()
        for language in LANGUAGES:
            finder(thesaurus, language)

    def catch_up(self) -> int:
        """Do the index jobs that are left, see `indexing.catch_up`; answers how many were done."""
        return indexing.catch_up(self._sessions, self.engine)

    def tidy(self) -> bool:
        """Merge some of what many small changes left in the index; answers whether there was anything to do.

        For idle moments. Somebody else who is writing, or a damaged index, is seen to elsewhere.
        """
        try:
            return self.engine.tidy()
        except SearchError as problem:
            logger.info("the search index is not tidied: %s", problem)
            return False

    def rebuild(self, progress: Progress | None = None) -> int:
        """Build the index anew and bring it up to date; answers how many sheets were read.

        Raises `IndexBusy` when somebody else is writing, `IndexUnusable` when the folder cannot be written.
        """
        count = indexing.rebuild(self._sessions, self.engine, progress)
        indexing.catch_up(self._sessions, self.engine)
        return count

    def is_true(self) -> bool:
        """Whether the index holds exactly what is public; while jobs wait, whether it can be read at all."""
        return not checking.index_findings(self._sessions, self.engine)

    def check(self, *, deep: bool = False) -> list[checking.Finding]:
        """What is not as it must be in database and index, see `checking.run_checks`."""
        return checking.run_checks(self._sessions, self.engine, self._clock(), deep=deep)

    def is_usable(self) -> bool:
        """Whether the index can be read now."""
        try:
            self.engine.position()
        except Exception as problem:  # as in `search`
            _log("the search index cannot be read", problem)
            return False
        return True

    def wait_until_healed(self, timeout: float) -> bool:
        """Wait for the healing under way, at most `timeout` seconds; answers whether none is left."""
        healer = self._healer
        if healer is not None:
            healer.join(timeout)
        return healer is None or not healer.is_alive()

    def _start_healing(self, failed: SearchRequest) -> None:
        """Heal in the background, unless that is under way or was tried a moment ago."""
        with self._healing:
            if monotonic() < self._next_attempt or not self.wait_until_healed(0):
                return
            self._next_attempt = monotonic() + BETWEEN_ATTEMPTS
            self._healer = Thread(target=self._heal, args=(failed,), name="search-healer", daemon=True)
            self._healer.start()

    def _heal(self, failed: SearchRequest) -> None:
        """Make the index answer `failed` again; somebody else may have seen to it already."""
        try:
            with self.engine.alone():
                if self._answers(failed):
                    return
                count = self.rebuild()
            logger.warning("the search index was built anew with %s sheets", count)
            if not self._answers(failed):
                self._next_attempt = monotonic() + BETWEEN_HOPELESS_ATTEMPTS
                logger.error("an index built anew cannot answer either: the fault is not in the index")
        except IndexBusy:
            logger.info("somebody else is building the search index")
        except Exception as problem:  # written down here, shown by /readyz, tried again in a minute
            _log("the search index cannot be built", problem)

    def _answers(self, request: SearchRequest) -> bool:
        try:
            self.engine.search(request)
        except Exception:  # as in `search`, which has logged it
            return False
        return True


def _log(what: str, problem: BaseException) -> None:
    """Write down what failed, with the kinds of problem and the line they began at; no message, no path."""
    kinds = [type(problem).__name__]
    while problem.__cause__ is not None:
        problem = problem.__cause__
        kinds.append(type(problem).__name__)
    frames = extract_tb(problem.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"
    logger.error("%s: %s at %s", what, " from ".join(kinds), place)
