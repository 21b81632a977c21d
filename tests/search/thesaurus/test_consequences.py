"""Before a term is added or taken away, one knows which sheets would come to its concept or leave it."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune, User
from passerelle.moderation.thesaurus import Word, add_term, thesaurus_now
from passerelle.search.consequences import MOST_READ, consequence_of, is_searchable
from passerelle.search.engine import IndexUnusable
from passerelle.search.service import SearchService
from passerelle.sheets.models import Sheet
from passerelle.vocabulary import EditKind
from tests.factories import NOON, Factories
from tests.search.standing import service_in
from tests.search.thesaurus.kwetterkring import GROUP, NEW, published

Sessions = sessionmaker[Session]


def test_a_proposed_term_names_the_sheets_that_would_come_to_the_concept(
    service: SearchService, sheets: tuple[Sheet, Sheet]
) -> None:
    found = service.consequence_of(NEW.edit(EditKind.ADD))

    assert found is not None
    assert (found.total, found.holding, found.looked_at, found.is_common) == (1, 1, 1, False)
    assert [hit.number for hit in found.changed] == [sheets[0].id]


def test_a_sheet_that_has_the_concept_already_would_not_change(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune
) -> None:
    published(make, quaregnon, "nl", f"Onze {GROUP.label('nl')}, een soort tatertafel")
    session.commit()
    service.catch_up()

    found = service.consequence_of(Word("group", "nl", "tatertafel").edit(EditKind.ADD))

    assert found is not None
    assert (found.holding, found.changed) == (1, ())


def test_a_proposed_removal_names_the_sheets_that_would_leave_the_concept(
    service: SearchService,
    session: Session,
    make: Factories,
    quaregnon: Commune,
    sheets: tuple[Sheet, Sheet],
    by: User,
) -> None:
    add_term(session, NEW, by, NOON)
    published(make, quaregnon, "nl", f"Een kwetterkring, dat is een {GROUP.label('nl')}")
    session.commit()
    service.catch_up()

    found = service.consequence_of(NEW.edit(EditKind.REMOVE))

    assert found is not None
    assert found.holding == 2
    assert [hit.number for hit in found.changed] == [sheets[0].id]


def test_a_very_common_word_is_known_as_such_and_not_every_sheet_is_read(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune
) -> None:
    for number in range(MOST_READ + 3):
        published(make, quaregnon, "nl", f"Buurthuis {number}")
    session.commit()
    service.catch_up()

    common = service.consequence_of(Word("group", "nl", "buurthuis").edit(EditKind.ADD))
    longer = service.consequence_of(Word("group", "nl", "buurthuis 7").edit(EditKind.ADD))

    assert common is not None
    assert common.is_common
    assert (common.holding, common.looked_at) == (MOST_READ + 3, MOST_READ)
    assert longer is not None
    assert not longer.is_common


def test_a_term_is_looked_for_as_a_phrase_whatever_its_signs(
    service: SearchService, session: Session
) -> None:
    for term in ('"', 'een "rare" kring', "-kwetterkring", "***", "(", "kwetter OR kring"):
        found = consequence_of(session, service.engine.search, Word("group", "nl", term).edit(EditKind.ADD))

        assert found.holding <= found.total


def test_an_index_that_cannot_answer_says_nothing_about_an_edit(
    folder: Path, sessions: Sessions, session: Session
) -> None:
    service = service_in(folder, sessions)  # never built

    assert service.consequence_of(NEW.edit(EditKind.ADD)) is None
    assert not service.knows(thesaurus_now(session))
    with pytest.raises(IndexUnusable):
        service.engine.thesaurus()


@pytest.mark.parametrize(
    ("term", "language", "searchable"),
    [
        ("de van het", "nl", False),
        ("...", "nl", False),
        ("de", "fr", False),
        ("de kring", "nl", True),
        ("=PSY", "fr", True),
    ],
)
def test_a_term_of_stop_words_alone_leads_nowhere(term: str, language: str, searchable: bool) -> None:
    assert is_searchable(term, language) is searchable
