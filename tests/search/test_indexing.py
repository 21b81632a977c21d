"""The index follows the database: whatever happens, and whoever does the work, both show the same."""

import os
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune
from passerelle.core.jobs import Job, ask_for_index, last_index_job
from passerelle.moderation import actions as moderation
from passerelle.search import indexing
from passerelle.search.engine import IndexBusy
from passerelle.search.lock import writing
from passerelle.search.service import SearchService
from passerelle.sheets.content import Contact
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from tests.factories import NOON, Factories
from tests.search.standing import bytes_in, found, service_in

PUBLISHED = RevisionStatus.PUBLISHED
Sessions = sessionmaker[Session]
ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def service(folder: Path, sessions: Sessions) -> SearchService:
    return service_in(folder, sessions)


def publish(make: Factories, of: Commune, **content: str) -> Sheet:
    sheet = make.sheet(of=of, status=PUBLISHED, **content)  # type: ignore[arg-type]  # only texts are given
    make.session.commit()
    return sheet


def position_is_newest(service: SearchService, session: Session) -> bool:
    return service.engine.position() == session.scalar(last_index_job())


def test_what_is_published_is_found_after_the_jobs_are_done(
    service: SearchService, make: Factories, quaregnon: Commune
) -> None:
    service.rebuild()
    first = publish(make, quaregnon, title="Atelier du lundi")
    service.catch_up()
    second = publish(make, quaregnon, title="Atelier du mardi")

    done = service.catch_up()

    assert done == 1
    assert found(service, "atelier") == [second.id, first.id]
    assert service.check(deep=True) == []


def test_a_process_killed_after_the_commit_leaves_the_work_to_the_next(
    folder: Path, sessions: Sessions, make: Factories, quaregnon: Commune
) -> None:
    publish(make, quaregnon)
    service_in(folder, sessions).catch_up()
    lost = publish(make, quaregnon, title="Commis, puis coupé")  # and nobody did the job

    service_in(folder, sessions).catch_up()

    assert found(service_in(folder, sessions), "coupé") == [lost.id]


def test_a_crash_between_taking_out_and_putting_in_repeats_the_work(
    service: SearchService,
    session: Session,
    make: Factories,
    quaregnon: Commune,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leaving = publish(make, quaregnon, title="Celle qui part")
    service.catch_up()
    leaving.status = SheetStatus.ARCHIVED
    ask_for_index(session, leaving.id, NOON, forget=True)
    arriving = publish(make, quaregnon, title="Celle qui arrive")
    before = service.engine.position()
    with monkeypatch.context() as power_cut:
        power_cut.setattr(service.engine, "put", _dies)
        with pytest.raises(PowerCut):
            service.catch_up()
    assert service.engine.position() == before

    service.catch_up()

    assert found(service) == [arriving.id]
    assert position_is_newest(service, session)


class PowerCut(BaseException):
    """Nothing can answer this."""


def _dies(*_given: object) -> None:
    raise PowerCut


def test_an_archived_sheet_is_gone_with_its_words(
    service: SearchService, folder: Path, session: Session, make: Factories, quaregnon: Commune
) -> None:
    publish(make, quaregnon, title="Ce qui reste: jardinage")
    sheet = publish(
        make, quaregnon, title="Abracadabrantesque", activities="Hippopotamique, tous les lundis."
    )
    service.catch_up()
    assert b"abracadabrantesque" in bytes_in(folder).lower()

    moderation.archive(session, sheet, make.coordinator(), NOON, "a reason")
    session.commit()
    service.catch_up()

    assert found(service, "abracadabrantesque") == []
    left = bytes_in(folder).lower()
    assert b"jardinage" in left
    assert b"abracadabr" not in left
    assert b"hippopotam" not in left


def test_a_restored_sheet_is_found_again(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune
) -> None:
    sheet = publish(make, quaregnon)
    moderation.archive(session, sheet, make.coordinator(), NOON, "a reason")
    session.commit()
    service.catch_up()

    moderation.restore(session, sheet, make.coordinator(), NOON, "a reason")
    session.commit()
    service.catch_up()

    assert found(service) == [sheet.id]


def test_many_jobs_are_done_in_batches_and_in_order(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune
) -> None:
    sheet = publish(make, quaregnon)
    service.catch_up()
    for _ in range(indexing.BATCH + 5):
        ask_for_index(session, sheet.id, NOON)
    session.commit()

    done = service.catch_up()

    assert done == indexing.BATCH + 5
    assert position_is_newest(service, session)
    assert service.catch_up() == 0


@pytest.mark.parametrize("position", [10_000, 0])
def test_an_index_where_no_job_leads_on_is_built_anew(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune, position: int
) -> None:
    for _ in range(3):
        publish(make, quaregnon)
    service.catch_up()
    service.engine.remove([1, 2], position)  # an index of another day, put back by hand

    service.catch_up()

    assert found(service) == [3, 2, 1]
    assert position_is_newest(service, session)


def test_an_index_older_than_the_oldest_job_kept_is_built_anew(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune
) -> None:
    first = publish(make, quaregnon)
    service.catch_up()
    first.status = SheetStatus.ARCHIVED
    forgotten = ask_for_index(session, first.id, NOON)
    last = publish(make, quaregnon)
    for job in session.query(Job).filter(Job.id <= forgotten.id):
        session.delete(job)
    session.commit()

    service.catch_up()

    assert found(service) == [last.id]


def test_a_missing_index_is_built(service: SearchService, make: Factories, quaregnon: Commune) -> None:
    sheet = publish(make, quaregnon)

    service.catch_up()

    assert found(service) == [sheet.id]


def test_a_sheet_that_cannot_be_read_says_so_on_its_job_and_the_others_go_on(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune
) -> None:
    service.rebuild()
    publish(make, quaregnon)
    service.catch_up()
    strange = make.sheet(of=quaregnon)
    revision = strange.revisions[0]
    revision.content_json = {"title": "T", "partnerships": [{"unheard": "of"}]}
    revision.content_hash, revision.published_at, revision.status = "x", NOON, PUBLISHED
    job = ask_for_index(session, strange.id, NOON)
    plain = publish(make, quaregnon, title="Ordinaire")

    service.catch_up()

    session.refresh(job)
    assert (job.attempts, job.last_error) == (1, "TypeError")
    assert found(service, "ordinaire") == [plain.id]
    assert f"index job {job.id} failed: TypeError" in [each.message for each in service.check()]


def test_somebody_else_writing_is_waited_for_and_then_left_alone(
    service: SearchService, folder: Path, sessions: Sessions, make: Factories, quaregnon: Commune
) -> None:
    publish(make, quaregnon)
    service.catch_up()
    late = publish(make, quaregnon)
    with writing(folder, patience=1), pytest.raises(IndexBusy):
        indexing.catch_up(sessions, service.engine, patience=0)

    service.catch_up()

    assert late.id in found(service)


def test_two_services_at_once_do_every_job(
    folder: Path, sessions: Sessions, session: Session, make: Factories, quaregnon: Commune
) -> None:
    services = [service_in(folder, sessions), service_in(folder, sessions)]
    services[0].rebuild()
    for number in range(6):
        publish(make, quaregnon, title=f"Numéro {number}")
        both = [Thread(target=each.catch_up) for each in services]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()

    assert [each.check(deep=True) for each in services] == [[], []]
    assert len(found(services[0])) == len(found(services[1])) == 6
    assert position_is_newest(services[0], session)


def test_no_word_of_a_contact_reaches_the_files(
    service: SearchService, folder: Path, make: Factories, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.DISCARDED)
    contact = Contact(
        "Canarienne Dupin", "Fonctionnaire-canari", "0499 11 22 33", "canarienne@commune.example"
    )
    make.revision(sheet, status=PUBLISHED, contact=contact, title="Titre témoin")
    make.session.commit()

    service.catch_up()
    service.rebuild()

    held = bytes_in(folder).lower()
    assert b"titre" in held
    assert [word for word in (b"canari", b"dupin", b"0499") if word in held] == []
