"""Every address with its lock, as written down by hand, and a neighbourhood in which each is tried."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from passerelle.accounts.models import Commune, Role, ScopeKind, User
from passerelle.accounts.sign_ins import begin_sign_in
from passerelle.sheets.content import Contact
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from tests.factories import NOON, Factories

URLS = Path(__file__).with_name("urls.txt")
FIRST_NUMBER = 77_700_001  # of a sheet: found again in any page without doubt
UNKNOWN_NUMBER = 88_800_001
OWN, UNKNOWN_NIS = "53065", "99999"
CANARY = "Kwetsbaarheidscanari"
CONTACT = Contact(f"{CANARY} Naam", "Assistante sociale", "065998877", "canari@commune.example")

# The states of a sheet: of what is online, of what is open, of the sheet itself.
STATES: dict[str, tuple[RevisionStatus | None, RevisionStatus | None, SheetStatus]] = {
    "draft": (None, RevisionStatus.DRAFT, SheetStatus.ACTIVE),
    "submitted": (None, RevisionStatus.SUBMITTED, SheetStatus.ACTIVE),
    "changes": (None, RevisionStatus.CHANGES_REQUESTED, SheetStatus.ACTIVE),
    "declined": (None, RevisionStatus.DECLINED, SheetStatus.ACTIVE),
    "live": (RevisionStatus.PUBLISHED, None, SheetStatus.ACTIVE),
    "live_draft": (RevisionStatus.PUBLISHED, RevisionStatus.DRAFT, SheetStatus.ACTIVE),
    "live_submitted": (RevisionStatus.PUBLISHED, RevisionStatus.SUBMITTED, SheetStatus.ACTIVE),
    "archived": (RevisionStatus.PUBLISHED, None, SheetStatus.ARCHIVED),
    "removed": (RevisionStatus.PUBLISHED, None, SheetStatus.REMOVED),
}


@dataclass(frozen=True)
class Door:
    """One line of `urls.txt`."""

    method: str
    pattern: str
    permission: str

    @property
    def names_a_sheet(self) -> bool:
        """Whether the address holds the number of a sheet."""
        return "<number:number>" in self.pattern

    @property
    def names_a_commune(self) -> bool:
        """Whether the address holds the code of a commune."""
        return "<nis:nis>" in self.pattern

    def path(self, number: int = 0, nis: str = OWN, member: int = 1) -> str:
        """The address with these values in it."""
        values = {"lang:lang": "en", "number:number": number, "nis:nis": nis, "number:member": member}
        values |= {
            "concept:code": "group",
            "number:edit": 1,
            "number:revision": 1,
            "token": "x",
            "digest": "x",
            "name": "x",
        }
        return re.sub(r"<([^>]+)>", lambda found: str(values[found[1]]), self.pattern)


def read_doors() -> list[Door]:
    """Every line of `urls.txt`."""
    lines = URLS.read_text(encoding="utf-8").splitlines()
    return [Door(*line.split()) for line in lines if line and not line.startswith("#")]


def doors_of(app: Flask) -> Iterator[tuple[Rule, Door]]:
    """What the application itself says about each of its addresses and methods."""
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "permission", "not declared")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, Door(method, rule.rule, str(permission or "public"))


class Neighbourhood:
    """An application, a browser for each role, and a sheet in each state that is never changed."""

    def __init__(self, app: Flask, session: Session) -> None:
        app.config["WTF_CSRF_ENABLED"] = False  # what is tried here are the permissions behind it
        self.app, self.session, self.make = app, session, Factories(session)
        self.quaregnon = session.get_one(Commune, OWN)
        self._begin_with_large_numbers()
        self.people = self._people()
        self.author = self.people["C"]
        self.browsers = {role: self._browser(person) for role, person in self.people.items()}
        self.numbers = {state: self.sheet(state) for state in STATES}
        assert min(self.numbers.values()) >= FIRST_NUMBER
        member = self.make.user(of=self.quaregnon)
        self.member = member.memberships[0].id
        session.commit()
        file = app.extensions["passerelle"].engine.url.database
        self._watch = sqlite3.connect(file, check_same_thread=False)
        self._bodies: dict[tuple[str, str], str] = {}

    def _begin_with_large_numbers(self) -> None:
        self.make.sheet(of=self.quaregnon)
        statement = text("UPDATE sqlite_sequence SET seq = :seq WHERE name = 'sheets'")
        self.session.execute(statement, {"seq": FIRST_NUMBER - 1})

    def _people(self) -> dict[str, User | None]:
        """Somebody for each column of the table of permissions."""
        make, quaregnon, elsewhere = self.make, self.quaregnon, self.make.commune("57096")
        stranger = make.user(of=elsewhere, role=Role.MANAGER)
        suspended = make.user(of=quaregnon, role=Role.MANAGER)
        suspended.disabled_at = NOON
        return {
            "V": None,
            "S": suspended,
            "R": make.user(of=elsewhere, role=Role.READER),
            "X": stranger,
            "C": make.user(of=quaregnon),
            "M": make.user(of=quaregnon, role=Role.MANAGER),
            "K": make.coordinator(),
            "K0": make.coordinator(ScopeKind.PROVINCE, "liege"),
            "Kc": make.coordinator(of=quaregnon, role=Role.READER),
            "A": make.administrator(),
        }

    def _browser(self, person: User | None) -> FlaskClient:
        browser = self.app.test_client()
        if person is not None:
            token, _row = begin_sign_in(self.session, person, NOON)
            with browser.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
        return browser

    def sheet(self, state: str) -> int:
        """A new sheet in `state`, every text and contact of it with the canary; answers its number."""
        online, opened, status = STATES[state]
        sheet = Sheet(commune=self.quaregnon, status=status, created_at=NOON)
        self.session.add(sheet)
        self.session.flush()
        for each in (online, opened):
            if each is not None:
                self._revision(sheet, each)
        return sheet.id

    def _revision(self, sheet: Sheet, status: RevisionStatus) -> Revision:
        said = {"title": f"Titre {CANARY}", "summary": f"{CANARY} en bref.", "activities": CANARY}
        return self.make.revision(sheet, status=status, by=self.author, contact=CONTACT, **said)

    def ask(self, role: str, door: Door, path: str) -> TestResponse:
        """What somebody in `role` is answered; the test's own transaction is ended first."""
        self.session.commit()
        return self.browsers[role].open(path, method=door.method, follow_redirects=False)

    def version_of_the_data(self) -> int:
        """A number that changes with every commit to the database file by anybody."""
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def body_of_nothing(self, role: str, door: Door) -> tuple[int, str]:
        """The answer to the same question about something that does not exist, its number taken out."""
        known = (role, door.method + door.pattern)
        if known not in self._bodies:
            answer = self.ask(role, door, door.path(UNKNOWN_NUMBER, UNKNOWN_NIS, self.member))
            self._bodies[known] = f"{answer.status_code} {bare(answer.text)}"
        status, _, body = self._bodies[known].partition(" ")
        return int(status), body


def bare(body: str) -> str:
    """A body without what stands for the thing that was asked for, and without tokens that carry the time."""
    body = re.sub(r'name="csrf_token" value="[^"]*"', "", body)
    body = re.sub(rf"777\d{{5}}|{UNKNOWN_NUMBER}", "NUMBER", body)
    return body.replace(OWN, "NIS").replace(UNKNOWN_NIS, "NIS")
