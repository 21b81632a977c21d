"""Several processes keep one index: each thing is done once, and nothing older replaces what is newer."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune, User
from passerelle.core.jobs import last_index_job
from passerelle.moderation import actions as moderation
from passerelle.moderation.thesaurus import Word, add_term
from passerelle.search import indexing
from passerelle.search.documents import SearchDocument
from passerelle.search.projector import all_documents
from passerelle.search.request import SearchRequest
from passerelle.search.service import SearchService
from passerelle.search.whoosh_engine.engine import WhooshEngine
from passerelle.sheets.models import RevisionStatus, Sheet
from tests.factories import NOON, Factories
from tests.search.standing import damage, found

Sessions = sessionmaker[Session]
NEW = Word("group", "nl", "kwetterkring")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def both(folder: Path, sessions: Sessions, sheets: list[Sheet]) -> list[SearchService]:
    """Two processes, as far as anybody can tell."""
    engines = [WhooshEngine(folder, patience=20, today=NOON.date) for _ in range(2)]
    services = [SearchService(engine, sessions, lambda: NOON) for engine in engines]
    assert services[0].rebuild() == len(sheets)
    return services


@pytest.fixture
def sheets(make: Factories, quaregnon: Commune) -> list[Sheet]:
    made = [make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED) for _ in range(3)]
    make.session.commit()
    return made


@pytest.fixture
def by(make: Factories) -> User:
    return make.coordinator()


class Slow:
    """Reads all sheets as ever, but the first rebuild stands still after a sheet until told to go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = Event(), Event()
        self.rebuilds = 0

    def __call__(
        self, session: Session, failed: Callable[[int, Exception], None]
    ) -> Iterator[SearchDocument]:
        self.rebuilds += 1
        return self._slowly(all_documents(session, failed), first=self.rebuilds == 1)

    def _slowly(self, documents: Iterable[SearchDocument], *, first: bool) -> Iterator[SearchDocument]:
        for document in documents:
            yield document
            if first:
                self.begun.set()
                assert self.go_on.wait(20)


@pytest.fixture
def slow(both: list[SearchService], monkeypatch: pytest.MonkeyPatch) -> Slow:
    assert both, "the first index is built as ever"
    slow = Slow()
    monkeypatch.setattr(indexing, "all_documents", slow)
    return slow


def running(act: Callable[[], object]) -> Thread:
    thread = Thread(target=act)
    thread.start()
    return thread


def edit(session: Session, by: User) -> None:
    add_term(session, NEW, by, NOON)
    session.commit()


def archive(session: Session, sheet: Sheet, by: User) -> None:
    moderation.archive(session, sheet, by, NOON, "a reason")
    session.commit()


def test_one_edit_is_one_rebuild_however_many_processes_see_it(
    both: list[SearchService], slow: Slow, session: Session, by: User
) -> None:
    edit(session, by)

    first = running(both[0].catch_up)
    assert slow.begun.wait(20)
    second = running(both[1].catch_up)
    second.join(0.2)  # by now it knows of the edit, too, and waits
    slow.go_on.set()
    first.join()
    second.join()

    assert slow.rebuilds == 1
    assert [each.check(deep=True) for each in both] == [[], []]


@pytest.mark.parametrize("loss", [shutil.rmtree, damage])
def test_an_index_that_two_find_unusable_is_built_once(
    both: list[SearchService],
    slow: Slow,
    folder: Path,
    sheets: list[Sheet],
    loss: Callable[[Path], None],
) -> None:
    for each in both:
        each.engine.close()
    loss(folder)

    first = running(both[0].catch_up)
    assert slow.begun.wait(20)
    second = running(lambda: both[1]._heal(SearchRequest("", language="fr")))
    third = running(both[1].catch_up)
    second.join(0.1)
    third.join(0.1)
    slow.go_on.set()
    for thread in (first, second, third):
        thread.join()

    assert slow.rebuilds == 1
    assert len(found(both[1])) == len(sheets)


def test_what_is_removed_during_a_slow_rebuild_does_not_come_back(
    both: list[SearchService], slow: Slow, session: Session, sheets: list[Sheet], by: User
) -> None:
    edit(session, by)
    first = running(both[0].catch_up)
    assert slow.begun.wait(20)

    archive(session, sheets[1], by)
    second = running(both[1].catch_up)
    second.join(0.1)
    slow.go_on.set()
    first.join()
    second.join()

    assert sorted(found(both[0])) == sorted(found(both[1])) == [sheets[0].id, sheets[2].id]
    assert both[0].engine.position() == session.scalar(last_index_job())


def test_a_rebuild_that_waited_for_another_writer_reads_what_is_true_afterwards(
    both: list[SearchService], session: Session, sheets: list[Sheet], by: User
) -> None:
    with both[0].engine.alone():
        waiting = running(lambda: indexing.rebuild(both[1]._sessions, both[1].engine))
        waiting.join(0.2)  # it has had the time to read, if it did so before it may write
        archive(session, sheets[1], by)
        both[0].catch_up()
    waiting.join()

    assert sorted(found(both[0])) == [sheets[0].id, sheets[2].id]
    assert both[0].engine.position() == session.scalar(last_index_job())


def test_what_waits_to_be_removed_is_removed_before_an_edit_is_followed(
    both: list[SearchService], slow: Slow, session: Session, sheets: list[Sheet], by: User
) -> None:
    edit(session, by)
    archive(session, sheets[1], by)

    follower = running(both[0].catch_up)
    assert slow.begun.wait(20)

    assert sorted(found(both[1])) == [sheets[0].id, sheets[2].id]
    slow.go_on.set()
    follower.join()


def test_jobs_read_before_somebody_else_did_later_ones_are_read_again(
    both: list[SearchService], session: Session, sheets: list[Sheet], by: User, make: Factories
) -> None:
    session.commit()
    make.sheet(of=sheets[0].commune, status=RevisionStatus.PUBLISHED)
    session.commit()
    with both[0].engine.alone():
        late = running(both[1].catch_up)
        late.join(0.2)
        archive(session, sheets[1], by)
        both[0].catch_up()
    late.join()

    assert sheets[1].id not in found(both[0])
    assert both[0].check(deep=True) == []
