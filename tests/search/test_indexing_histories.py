"""Two hundred random histories, and six violent deaths: index and database never part."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune, User
from passerelle.core.jobs import last_index_job
from passerelle.core.settings import Settings
from passerelle.moderation import actions as moderation
from passerelle.search.service import SearchService
from passerelle.sheets import actions
from passerelle.sheets.content import SheetContent
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from tests.factories import COMPLETE, CONTACT, NOON, Factories
from tests.search.standing import found, service_in

Sessions = sessionmaker[Session]
ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def service(folder: Path, sessions: Sessions) -> SearchService:
    service = service_in(folder, sessions)
    service.rebuild()
    return service


def position_is_newest(service: SearchService, session: Session) -> bool:
    return service.engine.position() == session.scalar(last_index_job())


class History:
    """One sheet on a random but allowed way through its life."""

    def __init__(self, make: Factories, dice: random.Random, people: tuple[User, User, Commune]) -> None:
        self.make, self.dice, self.session = make, dice, make.session
        self.author, self.coordinator, self.commune = people
        content = self._content()
        self.sheet = actions.start_sheet(
            self.session, self.commune, content, CONTACT, self.author, NOON
        ).sheet

    def step(self) -> None:
        """Do one thing that can be done now; sometimes alone in its transaction, sometimes with the next."""
        self.dice.choice(self._possible())()
        if self.dice.random() < 0.3:
            self.session.commit()
        else:
            self.session.expire(self.sheet)

    def _content(self) -> SheetContent:
        word = "".join(self.dice.choices("bdfglmnprst", k=6))
        return replace(COMPLETE, title=f"Atelier {word}")

    def _possible(self) -> list[Callable[[], object]]:
        session, sheet, by, chief = self.session, self.sheet, self.author, self.coordinator
        revision = sheet.open
        if sheet.status != SheetStatus.ACTIVE:
            return [lambda: moderation.restore(session, sheet, chief, NOON, "why")]
        possible: list[Callable[[], object]] = []
        if sheet.published:
            possible += [lambda: moderation.archive(session, sheet, chief, NOON, "why")]
            possible += [lambda: moderation.remove(session, sheet, chief, NOON, "why")]
        if revision is None:
            return [*possible, lambda: actions.start_revision(session, sheet, by, NOON)]
        seen = revision.version
        if revision.status == RevisionStatus.SUBMITTED:
            return [
                *possible,
                lambda: moderation.withdraw(session, revision, by, NOON, seen),
                lambda: moderation.ask_for_changes(session, revision, chief, NOON, seen, {"title": "?"}),
                lambda: moderation.decline(session, revision, chief, NOON, seen, "why"),
                *[lambda: moderation.publish(session, revision, chief, NOON, seen)] * 4,
            ]
        return [
            *possible,
            lambda: actions.save(session, revision, self._content(), CONTACT, by, NOON, seen),
            lambda: moderation.discard(session, revision, by, NOON, seen),
            *[lambda: moderation.submit(session, revision, by, NOON, seen)] * 4,
        ]


def test_the_index_equals_the_database_after_two_hundred_random_histories(
    service: SearchService, session: Session, make: Factories, quaregnon: Commune
) -> None:
    dice = random.Random(20_261_122)
    people = make.user(of=quaregnon), make.coordinator(), quaregnon

    for _ in range(200):
        history = History(make, dice, people)
        for _ in range(dice.randint(2, 7)):
            history.step()
        session.commit()
        if dice.random() < 0.2:
            service.catch_up()

    service.catch_up()
    assert service.check(deep=True) == []
    assert position_is_newest(service, session)
    kept = found(service)
    service.rebuild()
    assert sorted(found(service)) == sorted(kept)
    assert 20 < len(kept) < 180


def publish(make: Factories, of: Commune) -> Sheet:
    sheet = make.sheet(of=of, status=RevisionStatus.PUBLISHED)
    make.session.commit()
    return sheet


INDEXER = """
import sys
from pathlib import Path
from sqlalchemy.orm import sessionmaker
from passerelle.core.database import open_database
from tests.search.standing import service_in

service = service_in(Path(sys.argv[1]), sessionmaker(open_database(sys.argv[2])))
print("ready", flush=True)
while True:
    service.catch_up()
"""


def test_an_indexer_killed_at_any_moment_loses_nothing(
    service: SearchService,
    folder: Path,
    settings: Settings,
    sessions: Sessions,
    make: Factories,
    quaregnon: Commune,
) -> None:
    dice = random.Random(7)
    command = [sys.executable, "-c", INDEXER, str(folder), settings.database_url]
    for _ in range(6):
        with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE) as indexer:
            assert indexer.stdout is not None
            assert indexer.stdout.readline() == b"ready\n"
            sheets = [publish(make, quaregnon) for _ in range(dice.randint(2, 12))]
            moderation.archive(make.session, sheets[0], make.coordinator(), NOON, "a reason")
            make.session.commit()
            sleep(dice.uniform(0, 0.15))
            indexer.kill()

        survivor = service_in(folder, sessions)
        assert survivor.is_usable(), "what was there before answers at once"
        if dice.random() < 0.5:
            survivor.catch_up()
            assert survivor.check(deep=True) == []

    service.catch_up()

    assert service.check(deep=True) == []
    assert position_is_newest(service, make.session)
