"""The search follows the thesaurus: what is added finds sheets in every language, what is undone no more."""

import logging
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune, User
from passerelle.moderation.thesaurus import Word, add_term, edits_in_force, thesaurus_now, undo
from passerelle.search import checking, indexing
from passerelle.search.analysis.concepts import finder
from passerelle.search.projector import all_documents
from passerelle.search.service import SearchService
from passerelle.sheets.models import Sheet
from passerelle.vocabulary import base_thesaurus
from tests.factories import NOON, Factories
from tests.search.standing import found, service_in
from tests.search.thesaurus.kwetterkring import GROUP, NEW, published

Sessions = sessionmaker[Session]


def test_an_added_term_finds_sheets_in_every_language_once_the_index_has_followed(
    service: SearchService, session: Session, sheets: tuple[Sheet, Sheet], by: User
) -> None:
    dutch, french = sheets
    assert found(service, "kwetterkring") == [dutch.id]
    add_term(session, NEW, by, NOON)
    session.commit()

    done = service.catch_up()

    assert done == 1
    assert found(service, "kwetterkring") == [dutch.id, french.id]
    assert set(found(service, GROUP.label("de"))) == {dutch.id, french.id}
    assert service.check(deep=True) == []


def test_what_is_undone_is_found_no_more(
    service: SearchService, session: Session, sheets: tuple[Sheet, Sheet], by: User
) -> None:
    made = add_term(session, NEW, by, NOON)
    session.commit()
    service.catch_up()

    undo(session, made, by, NOON)
    session.commit()

    assert service.catch_up() == 1
    assert found(service, "kwetterkring") == [sheets[0].id]
    assert service.engine.thesaurus() == base_thesaurus()


def test_sheets_that_waited_come_first_and_many_edits_are_taken_in_at_once(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune, by: User
) -> None:
    for term in ("kwetterkring", "babbelhoek", "tatertafel"):
        add_term(session, Word("group", "nl", term), by, NOON)
    third = published(make, quaregnon, "nl", "Een tatertafel")
    session.commit()

    done = service.catch_up()

    assert done == 2, "the sheet, and all edits"
    assert third.id in found(service, GROUP.label("fr"))
    assert service.catch_up() == 0


def test_an_edit_and_its_undoing_before_anybody_looked_are_no_work(
    service: SearchService, session: Session, by: User
) -> None:
    before = service.engine.generation()
    undo(session, add_term(session, NEW, by, NOON), by, NOON)
    session.commit()

    assert service.catch_up() == 0
    assert service.engine.generation() == before


def test_a_process_killed_after_the_commit_leaves_the_edit_to_the_next(
    folder: Path, sessions: Sessions, service: SearchService, session: Session, by: User
) -> None:
    add_term(session, NEW, by, NOON)
    session.commit()  # and nobody woke anybody
    service.engine.close()

    service_in(folder, sessions).catch_up()

    assert len(found(service_in(folder, sessions), "kwetterkring")) == 2


def test_a_crash_while_the_index_is_built_leaves_the_old_one_and_is_repeated(
    service: SearchService, session: Session, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_term(session, NEW, by, NOON)
    session.commit()
    with monkeypatch.context() as power_cut:
        power_cut.setattr(indexing, "all_documents", _dies)
        with pytest.raises(PowerCut):
            service.catch_up()
    assert len(found(service, "kwetterkring")) == 1

    service.catch_up()

    assert len(found(service, "kwetterkring")) == 2


class PowerCut(BaseException):
    """Nothing can answer this."""


def _dies(*_given: object) -> None:
    raise PowerCut


def test_an_edit_made_while_the_index_is_built_is_seen_to_next(
    service: SearchService, session: Session, sessions: Sessions, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_term(session, NEW, by, NOON)
    session.commit()
    number = by.id
    session.commit()

    def meanwhile(*given: object) -> object:
        monkeypatch.undo()
        writer = Thread(target=_add_another, args=(sessions, number))
        writer.start()
        writer.join()
        return all_documents(*given)  # type: ignore[arg-type]  # passed on as they come

    monkeypatch.setattr(indexing, "all_documents", meanwhile)

    assert service.catch_up() == 1
    assert service.catch_up() == 1
    assert service.engine.thesaurus() == thesaurus_now(session)
    assert len(edits_in_force(session)) == 2


def _add_another(sessions: Sessions, person: int) -> None:
    with sessions.begin() as other:
        add_term(other, Word("group", "nl", "babbelhoek"), other.get_one(User, person), NOON)


def test_a_process_gets_ready_for_new_terms_before_anybody_asks(
    service: SearchService, session: Session, by: User
) -> None:
    add_term(session, NEW, by, NOON)
    session.commit()
    service.catch_up()

    service.get_ready()

    made = finder.cache_info().misses
    assert len(found(service, "kwetterkring")) == 2
    assert finder.cache_info().misses == made


def test_a_rebuild_by_hand_takes_the_edits_in(service: SearchService, session: Session, by: User) -> None:
    add_term(session, NEW, by, NOON)
    session.commit()

    service.rebuild()

    assert service.knows(thesaurus_now(session))
    assert service.catch_up() == 0


def test_the_log_says_that_the_index_is_built_anew_and_why(
    service: SearchService, session: Session, by: User, caplog: pytest.LogCaptureFixture
) -> None:
    add_term(session, NEW, by, NOON)
    session.commit()

    with caplog.at_level(logging.INFO, "passerelle.search"):
        service.catch_up()

    assert "the thesaurus was edited" in caplog.text
    assert "holds 2 sheets" in caplog.text
    assert "kwetterkring" not in caplog.text


def test_an_index_that_nobody_brings_up_to_date_is_a_finding_after_a_minute(
    service: SearchService, session: Session, by: User
) -> None:
    add_term(session, NEW, by, NOON)
    session.commit()
    engine, later = service.engine, NOON + checking.LATEST + timedelta(seconds=1)

    assert not checking.lags_behind(session, engine, NOON)
    assert checking.lags_behind(session, engine, later)
    service.catch_up()
    assert not checking.lags_behind(session, engine, later)


def test_a_check_names_what_lags_behind(service: SearchService, session: Session, by: User) -> None:
    add_term(session, NEW, by, NOON - timedelta(hours=1))
    session.commit()

    assert [each.check for each in service.check()] == ["thesaurus"]
    service.catch_up()
    assert service.check() == []
