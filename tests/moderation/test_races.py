"""Two people act on one sheet at the same moment: exactly one of them wins, and it is written down once."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune, User
from passerelle.core.jobs import Job, JobKind
from passerelle.moderation import actions
from passerelle.moderation.models import Decision
from passerelle.sheets.actions import ChangedMeanwhile
from passerelle.sheets.models import Revision, RevisionStatus
from tests.factories import NOON, Factories

RACES = 20
Verb = Callable[[Session, Revision, User, int], object]


def publish(session: Session, revision: Revision, by: User, seen: int) -> object:
    """Accept it."""
    return actions.publish(session, revision, by, NOON, seen)


def decline(session: Session, revision: Revision, by: User, seen: int) -> object:
    """Say no to it."""
    return actions.decline(session, revision, by, NOON, seen, "another subject")


def race(sessions: sessionmaker[Session], revision: int, people: list[int], verbs: list[Verb]) -> list[str]:
    """Let each person do their verb on the revision at the same moment; answers what came of each."""
    together, results = Barrier(len(people)), [""] * len(people)

    def run(number: int) -> None:
        with sessions() as reading:  # the page each of them has before their eyes
            seen = reading.get_one(Revision, revision).version
        together.wait()
        with sessions() as session:
            try:
                verbs[number](
                    session, session.get_one(Revision, revision), session.get_one(User, people[number]), seen
                )
                session.commit()
                results[number] = "won"
            except ChangedMeanwhile:
                results[number] = "lost"

    threads = [Thread(target=run, args=(number,)) for number in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("second", [publish, decline])
def test_of_two_coordinators_exactly_one_decides(
    sessions: sessionmaker[Session], session: Session, make: Factories, quaregnon: Commune, second: Verb
) -> None:
    author = make.user(of=quaregnon)
    people = [make.coordinator().id, make.coordinator().id]
    sheets = [make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, by=author) for _ in range(RACES // 2)]
    session.commit()
    revisions = [sheet.revisions[0].id for sheet in sheets]
    session.commit()

    for revision in revisions:
        results = race(sessions, revision, people, [publish, second])

        assert sorted(results) == ["lost", "won"]
        decisions = session.scalars(select(Decision).where(Decision.revision_id == revision)).all()
        assert len([each for each in decisions if each.from_status == "submitted"]) == 1
        session.commit()
    assert len(session.scalars(select(Job).where(Job.kind == JobKind.MAIL)).all()) == RACES // 2
