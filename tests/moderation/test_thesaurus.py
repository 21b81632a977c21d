"""The thesaurus is edited term by term: every edit is kept, none is lost, each can be undone once."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import User
from passerelle.moderation import thesaurus as thesaurus_edits
from passerelle.moderation.models import ThesaurusEdit
from passerelle.moderation.thesaurus import (
    AlreadyUndone,
    Fault,
    TermRefused,
    Word,
    add_term,
    concepts_with,
    edited,
    edits_in_force,
    take_term_away,
    thesaurus_now,
    undo,
)
from passerelle.vocabulary import Edit, EditKind, UnknownConcept, base_thesaurus
from tests.factories import NOON, Factories

LATER = NOON + timedelta(hours=1)
NEW = Word("group", "nl", "kwetterkring")
SHIPPED = Word("group", "nl", base_thesaurus().concept("group").terms["nl"][1])
ELSEWHERE = base_thesaurus().concept("parentcafe").terms["nl"][1]
PREFERRED = Word("group", "nl", base_thesaurus().concept("group").label("nl"))


@pytest.fixture
def by(make: Factories) -> User:
    return make.coordinator()


def terms(session: Session, language: str = "nl") -> tuple[str, ...]:
    return thesaurus_now(session).concept("group").terms[language]


def rows(session: Session) -> list[ThesaurusEdit]:
    return list(session.scalars(select(ThesaurusEdit).order_by(ThesaurusEdit.id)))


def test_without_edits_the_thesaurus_is_the_shipped_one(session: Session) -> None:
    assert edits_in_force(session) == ()
    assert thesaurus_now(session) == base_thesaurus()


def test_an_added_term_stands_last_and_says_who_added_it_and_when(session: Session, by: User) -> None:
    made = add_term(session, NEW, by, NOON, "people say so here")

    assert terms(session)[-1] == "kwetterkring"
    assert edits_in_force(session) == (Edit("group", "nl", "kwetterkring", EditKind.ADD),)
    assert (made.maker, made.made_at, made.reason, made.undone_at) == (by, NOON, "people say so here", None)


def test_a_term_taken_away_is_gone_and_comes_back_when_that_is_undone(session: Session, by: User) -> None:
    made = take_term_away(session, SHIPPED, by, NOON)
    assert SHIPPED.term not in terms(session)

    undo(session, made, by, LATER)

    assert thesaurus_now(session) == base_thesaurus()
    assert (made.undoer, made.undone_at) == (by, LATER)


def test_an_edit_is_undone_once(session: Session, by: User) -> None:
    made = add_term(session, NEW, by, NOON)
    undo(session, made, by, NOON)

    with pytest.raises(AlreadyUndone, match="was undone"):
        undo(session, made, by, LATER)

    assert made.undone_at == NOON


def test_taking_an_added_term_away_undoes_its_addition(session: Session, by: User) -> None:
    added = add_term(session, NEW, by, NOON)

    found = take_term_away(session, NEW, by, LATER)

    assert found is added
    assert added.undone_at == LATER
    assert thesaurus_now(session) == base_thesaurus()


def test_adding_what_was_taken_away_brings_it_back_in_its_old_spelling(session: Session, by: User) -> None:
    taken = take_term_away(session, SHIPPED, by, NOON)

    found = add_term(session, Word("group", "nl", SHIPPED.term.upper()), by, LATER)

    assert found is taken
    assert thesaurus_now(session) == base_thesaurus()


def test_what_was_undone_can_be_done_again(session: Session, by: User) -> None:
    undo(session, add_term(session, NEW, by, NOON), by, NOON)

    again = add_term(session, NEW, by, LATER)

    assert len(rows(session)) == 2
    assert again.undone_at is None
    assert "kwetterkring" in terms(session)


def test_an_addition_that_is_shipped_by_now_can_still_be_taken_away(
    session: Session, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_term(session, NEW, by, NOON)
    shipped = base_thesaurus().with_edits([NEW.edit(EditKind.ADD)])
    monkeypatch.setattr(thesaurus_edits, "base_thesaurus", lambda: shipped)
    edited.cache_clear()

    take_term_away(session, NEW, by, LATER)

    assert "kwetterkring" not in terms(session)
    edited.cache_clear()


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ("", Fault.EMPTY),
        ("\u0301", Fault.EMPTY),
        ("=", Fault.EMPTY),
        ("& · -", Fault.EMPTY),
        ("x", Fault.TOO_SHORT),
        ("x !", Fault.TOO_SHORT),
        ("een " * 9, Fault.TOO_MANY_WORDS),
        ("x" * 81, Fault.TOO_LONG),
        ("kring; kwetterkring", Fault.SEVERAL),
        (SHIPPED.term, Fault.ALREADY_THERE),
        (SHIPPED.term.upper(), Fault.ALREADY_THERE),
        (PREFERRED.term, Fault.ALREADY_THERE),
        (ELSEWHERE, Fault.ELSEWHERE),
    ],
)
def test_a_term_that_makes_no_sense_is_refused_and_nothing_is_written(
    session: Session, by: User, term: str, fault: Fault
) -> None:
    with pytest.raises(TermRefused) as refusal:
        add_term(session, Word("group", "nl", term.strip()), by, NOON)

    assert refusal.value.fault is fault
    assert rows(session) == []


def test_a_term_of_another_concept_is_added_knowingly_only(session: Session, by: User) -> None:
    word = Word("group", "nl", ELSEWHERE.capitalize())
    with pytest.raises(TermRefused, match="parentcafe") as refusal:
        add_term(session, word, by, NOON)
    assert refusal.value.others == ("parentcafe",)

    with pytest.raises(TermRefused, match="parentcafe"):
        add_term(session, word, by, NOON, knowing=["mothers"])  # another warning than this one

    add_term(session, word, by, NOON, knowing=refusal.value.others)

    assert set(concepts_with(thesaurus_now(session), ELSEWHERE)) == {"group", "parentcafe"}


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        (PREFERRED, Fault.PREFERRED),
        (NEW, Fault.NOT_THERE),
        (Word("mothers", "fr", base_thesaurus().concept("mothers").label("fr")), Fault.PREFERRED),
    ],
)
def test_the_name_people_see_and_what_is_not_there_are_not_taken_away(
    session: Session, by: User, word: Word, fault: Fault
) -> None:
    with pytest.raises(TermRefused) as refusal:
        take_term_away(session, word, by, NOON)

    assert refusal.value.fault is fault
    assert rows(session) == []


def test_an_unknown_concept_or_language_is_no_place_for_a_term(session: Session, by: User) -> None:
    with pytest.raises(UnknownConcept, match="weather"):
        add_term(session, Word("weather", "nl", "regen"), by, NOON)
    with pytest.raises(ValueError, match="does not speak 'xx'"):
        add_term(session, Word("group", "xx", "regen"), by, NOON)


def test_what_is_typed_is_one_clean_line_and_the_mark_of_an_exact_term_is_read() -> None:
    assert Word.typed("group", "fr", "  cafe\u0301\x00\r\n papote ") == Word("group", "fr", "café papote")
    assert Word.typed("psycho", "fr", "= PSY") == Word("psycho", "fr", "PSY", exact=True)
    assert Word.typed("psycho", "fr", "PSY", exact=True).edit(EditKind.ADD).term == "=PSY"


def test_marks_that_cannot_be_seen_and_private_characters_are_no_part_of_a_term() -> None:
    for typed in (
        "kring\u202e",
        "\u2066kr\u200ding\u2069",
        "k\ue000ring",
        "kr\u00ading",
        "\U000f0000kring\x1b",
    ):
        assert Word.typed("group", "nl", typed).term == "kring"


@pytest.mark.parametrize("typed", ["==x", "= = x", "=x"])
def test_a_term_with_marks_of_an_exact_one_is_added_and_taken_away(
    session: Session, by: User, typed: str
) -> None:
    word = Word.typed("group", "nl", typed)

    add_term(session, word, by, NOON)
    assert terms(session)[-1] == "x"
    assert "x" in thesaurus_now(session).concept("group").exact["nl"]
    take_term_away(session, Word.typed("group", "nl", terms(session)[-1]), by, LATER)

    assert thesaurus_now(session) == base_thesaurus()


def test_a_term_that_was_kept_with_such_a_mark_can_be_taken_away(session: Session, by: User) -> None:
    session.add(
        ThesaurusEdit(
            concept="group",
            language="nl",
            term="=kwx",
            folded="=kwx",
            exact=True,
            kind="add",
            made_by=by.id,
            made_at=NOON,
        )
    )
    session.flush()
    assert terms(session)[-1] == "kwx"

    take_term_away(session, Word.typed("group", "nl", "kwx"), by, LATER)

    assert "kwx" not in terms(session)


def test_a_single_letter_is_a_term_in_its_very_spelling_only(session: Session, by: User) -> None:
    add_term(session, Word("group", "nl", "Q", exact=True), by, NOON)

    assert "Q" in thesaurus_now(session).concept("group").exact["nl"]


def test_an_exact_term_is_exact_in_the_thesaurus(session: Session, by: User) -> None:
    add_term(session, Word("group", "fr", "KWX", exact=True), by, NOON)

    assert "KWX" in thesaurus_now(session).concept("group").exact["fr"]


def test_edits_of_a_concept_that_is_shipped_no_more_change_nothing(session: Session, by: User) -> None:
    add_term(session, NEW, by, NOON)
    session.add(
        ThesaurusEdit(
            concept="gone", language="nl", term="weg", folded="weg", kind="add", made_by=by.id, made_at=NOON
        )
    )
    session.flush()

    assert len(edits_in_force(session)) == 2
    assert terms(session)[-1] == "kwetterkring"


def test_the_same_edit_twice_at_the_same_moment_is_made_once(session: Session, by: User) -> None:
    made = add_term(session, NEW, by, NOON)
    twin = ThesaurusEdit(
        concept="group",
        language="nl",
        term=made.term,
        folded=made.folded,
        kind="add",
        made_by=by.id,
        made_at=NOON,
    )

    session.add(twin)

    with pytest.raises(IntegrityError, match="UNIQUE"):
        session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM thesaurus_edits",
        "UPDATE thesaurus_edits SET term = 'praatje'",
        "UPDATE thesaurus_edits SET made_by = made_by + 1",
        "UPDATE thesaurus_edits SET undone_at = NULL, undone_by = NULL WHERE undone_at IS NOT NULL",
    ],
)
def test_an_edit_is_never_rewritten_or_deleted(session: Session, by: User, statement: str) -> None:
    add_term(session, NEW, by, NOON)
    undo(session, add_term(session, Word("group", "fr", "papote"), by, NOON), by, NOON)

    with pytest.raises(IntegrityError, match="an edit of the thesaurus is never"):
        session.execute(text(statement))


def at_once(sessions: sessionmaker[Session], *acts: Callable[[Session], object]) -> list[str]:
    """What came of `acts`, each done and committed by somebody of their own at the same moment."""
    together, results = Barrier(len(acts)), [""] * len(acts)

    def run(number: int) -> None:
        together.wait()
        try:
            with sessions.begin() as own:
                acts[number](own)
            results[number] = "won"
        except (TermRefused, AlreadyUndone):
            results[number] = "lost"

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_of_two_people_at_the_same_moment_one_adds_a_term_and_one_undoes_it(
    sessions: sessionmaker[Session], session: Session, make: Factories
) -> None:
    people = [make.coordinator().id, make.coordinator().id]
    session.commit()

    def adding(person: int) -> Callable[[Session], object]:
        return lambda own: add_term(own, NEW, own.get_one(User, person), NOON)

    def undoing(person: int) -> Callable[[Session], object]:
        return lambda own: undo(
            own, own.scalars(select(ThesaurusEdit)).one(), own.get_one(User, person), NOON
        )

    assert at_once(sessions, *map(adding, people)) == ["lost", "won"]
    assert at_once(sessions, *map(undoing, people)) == ["lost", "won"]
    assert len(rows(session)) == 1
    assert edits_in_force(session) == ()
