"""The queue of a coordinator, and what is known of a sheet's past."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, Role, ScopeKind, User
from passerelle.moderation import actions
from passerelle.moderation.promise import late_before
from passerelle.moderation.queries import (
    Change,
    QueueFilter,
    Tab,
    by_status,
    comment_counts,
    comments,
    communes_of,
    history,
    how_many,
    last_decisions,
    late,
    queue,
    tab_of,
)
from passerelle.policy import Actor, reviewable_by
from passerelle.sheets.models import RevisionStatus, SheetStatus
from tests.factories import NOON, Factories

SUBMITTED = RevisionStatus.SUBMITTED


def titles(
    session: Session, person: User, wanted: QueueFilter | None = None, at: datetime = NOON
) -> list[str]:
    """What `person` finds in the queue, in order."""
    found = session.scalars(queue(reviewable_by(Actor.of(person)), wanted or QueueFilter(), at))
    return [revision.title for revision in found.unique()]


def test_the_oldest_submission_stands_first(session: Session, make: Factories, quaregnon: Commune) -> None:
    for title, days in (("second", 2), ("first", 5), ("third", 1)):
        sheet = make.sheet(of=quaregnon, status=SUBMITTED, title=title)
        sheet.revisions[0].submitted_at = NOON - timedelta(days=days)
    make.sheet(of=quaregnon, title="a draft")

    assert titles(session, make.coordinator()) == ["first", "second", "third"]


def test_a_coordinator_finds_what_lies_in_scope_and_nobody_elses(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    make.sheet(of=quaregnon, status=SUBMITTED, title="Quaregnon", language="fr")
    make.sheet(of=make.commune("44021"), status=SUBMITTED, title="Gent", language="nl")
    make.sheet(of=make.commune("21004"), status=SUBMITTED, title="Brussel", language="nl")

    found = {
        (kind.value, value): titles(session, make.coordinator(kind, value))
        for kind, value in (
            (ScopeKind.NATIONAL, ""),
            (ScopeKind.REGION, "wallonia"),
            (ScopeKind.REGION, "brussels"),
            (ScopeKind.PROVINCE, "hainaut"),
            (ScopeKind.PROVINCE, "liege"),
            (ScopeKind.LANGUAGE, "nl"),
        )
    }

    assert found == {
        ("national", ""): ["Quaregnon", "Gent", "Brussel"],
        ("region", "wallonia"): ["Quaregnon"],
        ("region", "brussels"): ["Brussel"],
        ("province", "hainaut"): ["Quaregnon"],
        ("province", "liege"): [],
        ("language", "nl"): ["Gent", "Brussel"],
    }
    assert titles(session, make.administrator()) == []


def test_what_somebody_else_has_to_decide_does_not_wait_for_me(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    member, author = make.coordinator(of=quaregnon, role=Role.READER), make.coordinator()
    make.sheet(of=quaregnon, status=SUBMITTED, by=author)

    assert titles(session, member) == titles(session, author) == []
    assert titles(session, make.coordinator()) == ["Café des parents"]


def test_the_queue_is_narrowed_by_kind_language_and_place(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    revised = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, title="old")
    make.revision(revised, status=SUBMITTED, title="revision")
    make.sheet(of=make.commune("44021"), status=SUBMITTED, title="nieuw", language="nl")
    make.sheet(of=make.commune("21004"), status=SUBMITTED, title="capitale")
    an = make.coordinator()

    assert titles(session, an, QueueFilter(change=Change.CHANGED)) == ["revision"]
    assert titles(session, an, QueueFilter(change=Change.NEW)) == ["nieuw", "capitale"]
    assert titles(session, an, QueueFilter(language="nl")) == ["nieuw"]
    assert titles(session, an, QueueFilter(province="hainaut")) == ["revision"]
    assert titles(session, an, QueueFilter(province="brussels")) == ["capitale"]
    assert titles(session, an, QueueFilter(commune="44021", language="nl")) == ["nieuw"]
    assert titles(session, an, QueueFilter(commune="44021", language="fr")) == []


def test_each_state_has_its_tab_and_the_tabs_are_counted(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    an = make.coordinator()
    for status in RevisionStatus:
        make.sheet(of=quaregnon, status=status, title=status.value)
    long_ago = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, title="long ago")
    long_ago.revisions[0].published_at = NOON - timedelta(days=31)
    make.sheet(of=quaregnon, status=SUBMITTED, title="removed", sheet_status=SheetStatus.REMOVED)
    mine = reviewable_by(Actor.of(an))

    found = {tab.value: sorted(titles(session, an, QueueFilter(tab))) for tab in Tab}
    counted = dict.fromkeys(Tab, 0)
    for status_name, count in session.execute(by_status(mine, NOON)):
        counted[tab_of(status_name)] += count

    assert found == {
        "waiting": ["submitted"],
        "changes_requested": ["changes_requested"],
        "published": ["published", "superseded"],
        "declined": ["declined"],
    }
    assert counted == {tab: len(found[tab.value]) for tab in Tab}
    assert session.scalar(how_many(queue(mine, QueueFilter(), NOON))) == 1
    assert [each.nis for each in session.scalars(communes_of(mine, Tab.WAITING, NOON))] == ["53065"]


@pytest.mark.parametrize(
    ("today", "limit"),
    [
        ("2026-06-15", "2026-06-01"),  # a Monday: two weeks
        ("2026-06-19", "2026-06-05"),  # a Friday
        ("2026-06-20", "2026-06-08"),  # a Saturday counts from the Friday before it
        ("2026-06-21", "2026-06-08"),
    ],
)
def test_the_promise_counts_working_days(today: str, limit: str) -> None:
    moment = datetime.fromisoformat(f"{today}T12:00+00:00")

    assert late_before(moment).date().isoformat() == limit


def test_what_waits_too_long_is_counted(session: Session, make: Factories, quaregnon: Commune) -> None:
    for days in (1, 13, 15):
        sheet = make.sheet(of=quaregnon, status=SUBMITTED)
        sheet.revisions[0].submitted_at = NOON - timedelta(days=days)
    mine = reviewable_by(Actor.of(make.coordinator()))

    assert session.scalar(late(mine, late_before(NOON), NOON)) == 1


def test_the_past_of_a_sheet_is_told_newest_first(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    an, author = make.coordinator(name="An"), make.user(of=quaregnon)
    sheet = make.sheet(of=quaregnon, status=SUBMITTED, by=author)
    revision = sheet.revisions[0]
    make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    actions.ask_for_changes(session, revision, an, NOON, 2, {"costs": "Combien ?", "title": "Plus court ?"})

    assert [each.to_status for each in session.scalars(history(sheet.id))] == [
        "changes_requested",
        "submitted",
    ]
    assert [(each.section, each.by.name) for each in session.scalars(comments(revision.id))] == [
        ("costs", "An"),
        ("title", "An"),
    ]
    assert list(session.execute(comment_counts([revision.id]))) == [(revision.id, 2)]
    assert [each.to_status for each in session.scalars(last_decisions([revision.id]))] == [
        "changes_requested"
    ]
