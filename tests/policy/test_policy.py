"""The policy says what the hand-written table says: all of it, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from passerelle import policy
from passerelle.accounts.models import Commune, Role, ScopeKind
from passerelle.moderation.eyes import coordinators_for
from passerelle.policy import (
    RULES,
    Actor,
    Answer,
    Permission,
    Relation,
    Scope,
    Subject,
    decide,
    may,
    relations,
    reviewable_by,
)
from passerelle.sheets.models import Revision, RevisionStatus, SheetStatus
from tests.factories import NOON, Factories
from tests.policy.table import ACTORS, NATIONAL, SUBJECTS, Expected, read_table

TABLE = read_table()
ORDER = "0-y"


def wrong(table: Iterable[Expected] = TABLE) -> Iterator[Expected]:
    """Every answer of the table that the policy does not give."""
    for each in table:
        if decide(ACTORS[each.role], each.permission, SUBJECTS[each.state]) is not each.answer:
            yield each


def test_the_policy_answers_as_the_table_does() -> None:
    assert list(wrong()) == []


def test_the_table_speaks_of_every_permission_in_every_state_once() -> None:
    sheets = set(SUBJECTS) - {"platform", "commune"}
    elsewhere = {
        Permission.USE_DASHBOARD: {"platform"},
        Permission.SEE_QUEUE: {"platform"},
        Permission.EDIT_THESAURUS: {"platform"},
        Permission.CREATE_SHEET: {"commune"},
        Permission.MANAGE_MEMBERS: {"commune"},
    }
    expected = {(each, state) for each in Permission for state in elsewhere.get(each, sheets)}

    said = [(each.permission, each.state) for each in TABLE if each.role == "V"]

    assert len(said) == len(set(said))
    assert set(said) == expected


def mutants() -> Iterator[tuple[Permission, Relation, str]]:
    """Every cell of the policy flipped to every other answer, where that can make a difference.

    Who is signed in is a reader too, and the most generous answer counts: what is not above the
    reader's own answer changes nothing.
    """
    for (permission, relation), mark in RULES.items():
        floor = "0" if relation is Relation.VISITOR else RULES[permission, Relation.READER]
        floor = "0" if relation is Relation.READER else floor
        known = mark if mark in ORDER else "-"
        for other in ORDER:
            same = max(ORDER.index(known), ORDER.index(floor)) == max(ORDER.index(other), ORDER.index(floor))
            if mark not in (".", other) and not same:
                yield permission, relation, other


def test_every_flipped_cell_of_the_policy_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    survivors, count = [], 0
    about = {
        permission: [each for each in TABLE if each.permission is permission] for permission in Permission
    }

    for permission, relation, other in mutants():
        with monkeypatch.context() as flipped:
            flipped.setitem(policy.RULES, (permission, relation), other)
            count += 1
            if next(wrong(about[permission]), None) is None:
                survivors.append((permission.value, relation.value, other))

    assert survivors == []
    assert count > 150


def test_only_the_author_and_a_manager_throw_a_draft_away() -> None:
    draft = SUBJECTS["draft"]
    assert draft is not None

    assert may(ACTORS["C"], Permission.DISCARD, draft)
    assert not may(ACTORS["C"], Permission.DISCARD, replace(draft, creator=99))
    assert may(ACTORS["M"], Permission.DISCARD, replace(draft, creator=99))


@pytest.mark.parametrize("role", list(Role))
def test_a_coordinator_with_any_tie_to_the_commune_is_never_in_the_column_of_coordinators(
    role: Role,
) -> None:
    tied = Actor(20, {"53065": role}, scopes=(NATIONAL,))

    found = relations(tied, SUBJECTS["submitted"])

    assert Relation.COORDINATOR not in found
    assert Relation.CONFLICTED in found
    assert not may(tied, Permission.PUBLISH, SUBJECTS["submitted"])


def test_a_coordinator_who_wrote_the_text_does_not_decide_on_it() -> None:
    waiting = SUBJECTS["submitted"]
    assert waiting is not None
    writer = Actor(20, scopes=(NATIONAL,))

    assert may(writer, Permission.PUBLISH, waiting)
    assert not may(writer, Permission.PUBLISH, replace(waiting, authors=frozenset({20})))


@pytest.mark.parametrize(
    ("kind", "value", "inside"),
    [
        (ScopeKind.NATIONAL, "", True),
        (ScopeKind.REGION, "wallonia", True),
        (ScopeKind.REGION, "flanders", False),
        (ScopeKind.PROVINCE, "hainaut", True),
        (ScopeKind.PROVINCE, "liege", False),
        (ScopeKind.LANGUAGE, "fr", True),
        (ScopeKind.LANGUAGE, "nl", False),
    ],
)
def test_a_scope_reaches_as_far_as_it_says(kind: ScopeKind, value: str, inside: bool) -> None:
    found = decide(Actor(20, scopes=(Scope(kind, value),)), Permission.PUBLISH, SUBJECTS["submitted"])

    assert found is (Answer.YES if inside else Answer.HIDDEN)


def test_several_roles_add_up() -> None:
    both = Actor(
        20, {"57096": Role.MANAGER}, scopes=(Scope(ScopeKind.LANGUAGE, "fr"),), is_administrator=True
    )

    assert may(both, Permission.PUBLISH, SUBJECTS["submitted"])
    assert may(both, Permission.REMOVE, SUBJECTS["live"])
    assert not may(both, Permission.EDIT, SUBJECTS["draft"])


def test_a_suspended_person_is_nobody(make: Factories, quaregnon: Commune) -> None:
    person = make.user(of=quaregnon, role=Role.MANAGER, disabled_at=NOON, is_administrator=True)

    assert Actor.of(person) == Actor()
    assert not Actor.of(person).signed_in


@pytest.mark.parametrize(
    ("status", "sheet_status", "state"),
    [
        (RevisionStatus.DRAFT, SheetStatus.ACTIVE, "draft"),
        (RevisionStatus.SUBMITTED, SheetStatus.ACTIVE, "submitted"),
        (RevisionStatus.CHANGES_REQUESTED, SheetStatus.ACTIVE, "changes"),
        (RevisionStatus.DECLINED, SheetStatus.ACTIVE, "declined"),
        (RevisionStatus.DISCARDED, SheetStatus.ACTIVE, "discarded"),
        (RevisionStatus.PUBLISHED, SheetStatus.ACTIVE, "live"),
        (RevisionStatus.PUBLISHED, SheetStatus.ARCHIVED, "archived"),
        (RevisionStatus.PUBLISHED, SheetStatus.REMOVED, "removed"),
    ],
)
def test_a_sheet_in_the_database_is_the_subject_of_the_table(
    make: Factories, quaregnon: Commune, status: RevisionStatus, sheet_status: SheetStatus, state: str
) -> None:
    author = make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=status, sheet_status=sheet_status, by=author)
    expected = SUBJECTS[state]
    assert expected is not None

    found = Subject.of_sheet(sheet)

    assert found == replace(expected, authors=frozenset({author.id}), creator=author.id)


def test_a_draft_beside_the_online_text_is_the_one_that_counts(make: Factories, quaregnon: Commune) -> None:
    first, second = make.user(of=quaregnon), make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, by=first)
    make.revision(sheet, by=second, language="nl")

    found = Subject.of_sheet(sheet)

    assert (found.is_live, found.open_status, found.was_submitted) == (True, RevisionStatus.DRAFT, False)
    assert (found.language, found.creator, found.authors) == ("nl", second.id, frozenset({second.id}))


def test_queue_policy_and_mails_agree_on_who_decides(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    author = make.coordinator()
    people = [
        author,
        make.coordinator(),
        make.coordinator(ScopeKind.REGION, "wallonia"),
        make.coordinator(ScopeKind.REGION, "flanders"),
        make.coordinator(ScopeKind.PROVINCE, "hainaut"),
        make.coordinator(ScopeKind.PROVINCE, "namur"),
        make.coordinator(ScopeKind.LANGUAGE, "fr"),
        make.coordinator(ScopeKind.LANGUAGE, "de"),
        make.coordinator(of=quaregnon, role=Role.READER),
        make.user(of=quaregnon),
        make.administrator(),
    ]
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author)

    by_policy = {p.id for p in people if may(Actor.of(p), Permission.PUBLISH, Subject.of_sheet(sheet))}
    by_mail = {p.id for p in coordinators_for(session, sheet.revisions[0])}
    by_queue = {
        p.id
        for p in people
        if session.query(Revision)
        .join(Revision.sheet)
        .join(Commune)
        .where(reviewable_by(Actor.of(p)))
        .count()
    }

    assert by_policy == by_mail == by_queue == {people[number].id for number in (1, 2, 4, 6)}
