"""The worker makes the vectors that are missing and erases those of sheets that are gone."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune
from passerelle.core.jobs import ask_for_index
from passerelle.search import indexing
from passerelle.search.meaning import making
from passerelle.search.meaning.encoder import Encoder
from passerelle.search.meaning.making import VectorMaker
from passerelle.search.meaning.store import VectorFile
from passerelle.search.meaning.vectors import Vectors
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.engine import WhooshEngine
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from tests.factories import NOON, Factories
from tests.search.meanings import SharedWords, broken, encoder

PUBLISHED = RevisionStatus.PUBLISHED


class Standing:
    """A database, its index, and the vectors of it."""

    def __init__(self, root: Path, sessions: sessionmaker[Session], own: Encoder | None = None) -> None:
        self.sessions = sessions
        self.vectors = Vectors(root, own or encoder())
        self.engine = WhooshEngine(root, meaning=self.vectors)
        self.maker = VectorMaker(sessions, self.engine, self.vectors)

    def work(self) -> int:
        """Do the index jobs, then make vectors; answers how many sheets were read for these."""
        indexing.catch_up(self.sessions, self.engine)
        return self.maker.work(lambda: False)

    def known(self) -> set[int]:
        """The sheets that have vectors."""
        with self.vectors.store.open() as file:
            return set(file.contents())


@pytest.fixture
def standing(tmp_path: Path, sessions: sessionmaker[Session]) -> Standing:
    """An installation without a sheet."""
    return Standing(tmp_path / "index", sessions)


@pytest.fixture
def sheets(make: Factories, quaregnon: Commune) -> list[int]:
    """The numbers of three published sheets."""
    titles = ("Coiffeurs et salons", "Visites aux aînés", "Théâtre au collège")
    found = [make.sheet(of=quaregnon, status=PUBLISHED, title=title).id for title in titles]
    make.session.commit()
    return found


def archive(sessions: sessionmaker[Session], number: int) -> None:
    with sessions.begin() as session:
        session.get_one(Sheet, number).status = SheetStatus.ARCHIVED
        ask_for_index(session, number, NOON, forget=True)


def test_every_sheet_that_is_found_gets_vectors_once(standing: Standing, sheets: list[int]) -> None:
    assert standing.work() == 3
    assert standing.work() == 0

    assert standing.known() == set(sheets)


def test_a_sheet_is_then_found_by_its_meaning(standing: Standing, sheets: list[int]) -> None:
    request = SearchRequest("salons coiffeurs xyzzy", language="fr")
    indexing.catch_up(standing.sessions, standing.engine)
    before = standing.engine.generation()

    standing.work()

    assert standing.engine.generation() != before
    assert sheets[0] in [hit.number for hit in standing.engine.search(request).hits]


def test_the_vectors_of_an_archived_sheet_are_erased(
    standing: Standing, sheets: list[int], sessions: sessionmaker[Session]
) -> None:
    standing.work()

    archive(sessions, sheets[1])
    standing.work()

    assert standing.known() == {sheets[0], sheets[2]}
    assert sheets[1] not in [near.number for near in standing.vectors.near_sheet(sheets[0], 5)]


def test_a_sheet_that_is_gone_is_not_found_by_vectors_that_are_left(
    standing: Standing, sheets: list[int], sessions: sessionmaker[Session]
) -> None:
    standing.work()

    archive(sessions, sheets[0])
    indexing.catch_up(sessions, standing.engine)

    found = standing.engine.search(SearchRequest("coiffeurs et salons", language="fr"))
    assert sheets[0] not in [hit.number for hit in found.hits]
    assert sheets[0] in standing.known()


def test_a_changed_sheet_is_read_again(standing: Standing, sheets: list[int], make: Factories) -> None:
    standing.work()
    sheet = make.session.get_one(Sheet, sheets[2])
    changed = make.revision(sheet, status=PUBLISHED, title="Affiches en pharmacie")
    ask_for_index(make.session, sheet.id, NOON)
    make.session.commit()

    assert standing.work() == 1

    with standing.vectors.store.open() as file:
        assert file.contents()[sheets[2]] == changed.content_hash


def test_it_stops_between_two_batches_and_goes_on_later(
    standing: Standing, sheets: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BATCH", 1)
    indexing.catch_up(standing.sessions, standing.engine)
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 2

    assert standing.maker.work(stop) == 2
    assert standing.maker.work(lambda: False) == 1
    assert standing.known() == set(sheets)


def test_a_sheet_that_comes_while_it_looks_is_not_forgotten(
    standing: Standing,
    sheets: list[int],
    make: Factories,
    quaregnon: Commune,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    standing.work()
    before, late = VectorFile.contents, list[int]()

    def contents(file: VectorFile) -> Mapping[int, str]:
        if not late:
            late.append(make.sheet(of=quaregnon, status=PUBLISHED, title="En retard").id)
            make.session.commit()
            indexing.catch_up(standing.sessions, standing.engine)
        return before(file)

    monkeypatch.setattr(VectorFile, "contents", contents)

    assert standing.maker.work(lambda: False) == 0
    assert standing.maker.work(lambda: False) == 1
    assert standing.known() == {*sheets, *late}


def test_it_says_how_far_it_is(
    standing: Standing, sheets: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BATCH", 2)
    indexing.catch_up(standing.sessions, standing.engine)
    said: list[int] = []

    standing.maker.work(lambda: False, said.append)

    assert said == [2, len(sheets)]


def test_one_process_at_a_time_makes_vectors(standing: Standing, sheets: list[int]) -> None:
    indexing.catch_up(standing.sessions, standing.engine)

    with standing.vectors.store.open():
        assert standing.maker.work(lambda: False) == 0

    assert standing.maker.work(lambda: False) == len(sheets)


@pytest.mark.usefixtures("sheets")
def test_without_an_index_there_is_nothing_to_do(standing: Standing) -> None:
    assert standing.maker.work(lambda: False) == 0


def test_a_broken_package_leaves_the_search_as_it_was(
    tmp_path: Path, sessions: sessionmaker[Session], sheets: list[int]
) -> None:
    standing = Standing(tmp_path / "index", sessions, Encoder(broken(OSError("weights"))))

    assert standing.work() == 0
    assert standing.work() == 0

    found = standing.engine.search(SearchRequest("coiffeurs", language="fr"))
    assert [hit.number for hit in found.hits] == [sheets[0]]


def test_after_a_rebuild_the_vectors_are_still_good(standing: Standing, sheets: list[int]) -> None:
    package = SharedWords()
    standing.vectors.encoder = encoder(package)
    standing.work()
    read = len(package.texts)

    indexing.rebuild(standing.sessions, standing.engine)
    standing.work()

    assert len(package.texts) == read
    assert standing.known() == set(sheets)
