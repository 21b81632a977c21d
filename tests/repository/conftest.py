"""A small country for the tests that walk through everything: each kind of sheet, each kind of person."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from passerelle.accounts.links import make_link, token_of
from passerelle.accounts.models import Commune, LinkPurpose, Role, User
from passerelle.accounts.sign_ins import begin_sign_in
from passerelle.moderation import actions as moves
from passerelle.sheets.actions import save, start_revision
from passerelle.sheets.content import Contact
from passerelle.sheets.models import Revision, Sheet
from passerelle.web.app import create_app
from passerelle.web.services import Services
from tests.factories import NOON, Factories
from tests.installation import installed
from tests.repository.addresses import LANGUAGES, Address, Values, addresses

CANARY = Contact("Zorglubine Quenelle", "Assistante sociale", "+32 477 19 28 37", "zorglubine@canari.example")
COMMENT, REASON, NOTE = "Commentairerie", "Raisonnerie", "Notinerie"
# A word of each text that is for its commune and its coordinators only.
HIDDEN = {
    "draft": "Brouillonnerie",
    "submitted": "Soumissionnerie",
    "returned": "Retournerie",
    "declined": "Refuserie",
    "thrown": "Poubellerie",
}
# Words that are or were online; what was removed may be found nowhere any more.
LIVE, FORMER, GONE = "Publiquerie", "Anciennerie", "Retirerie"


@dataclass(frozen=True)
class Village:
    """Who lives there and which sheets there are, by what they are; a visitor is nobody."""

    people: dict[str, User | None]
    numbers: dict[str, int]  # of the sheets
    values: Values


@dataclass(frozen=True)
class Country:
    """An application on a village."""

    app: Flask
    session: Session
    village: Village
    log: list[str]  # everything the platform wrote there

    @property
    def services(self) -> Services:
        """What the application is made of."""
        return cast("Services", self.app.extensions["passerelle"])  # extensions are untyped in Flask

    def browser_of(self, user: User | None) -> FlaskClient:
        """A browser in which `user` is signed in, without a password: by the row that signing in makes."""
        client = self.app.test_client()
        if user is not None:
            token, _row = begin_sign_in(self.session, user, NOON)
            self.session.commit()
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
        return client


class Listener(logging.Handler):
    """Keeps every line that is logged, with its traceback."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines.append(self.format(record))


@dataclass(frozen=True)
class Visit:
    """What one kind of person is answered at one address."""

    address: Address
    who: str
    answer: TestResponse

    @property
    def is_page(self) -> bool:
        """Whether a page was answered, not a detour or what machines read."""
        return self.answer.mimetype == "text/html" and not 300 <= self.answer.status_code < 400

    def __str__(self) -> str:
        return f"{self.answer.status_code} {self.address.path} ({self.who})"


@pytest.fixture(scope="session")
def country(empty_platform: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    """One for all tests that only read."""
    folder = tmp_path_factory.mktemp("country")
    app = create_app(installed(folder, empty_platform), lambda: NOON)
    services: Services = app.extensions["passerelle"]
    listener = Listener()
    logging.getLogger().addHandler(listener)
    with services.sessions() as session:
        yield Country(app, session, village_of(session, services), listener.lines)
    logging.getLogger().removeHandler(listener)
    services.engine.dispose()


@pytest.fixture(scope="session")
def visits(country: Country) -> list[Visit]:
    """What everybody is answered everywhere in French, and in the other languages who may read it."""
    found: list[Visit] = []
    browsers = {who: country.browser_of(user) for who, user in country.village.people.items()}
    first, *others = ([*addresses(country.app, country.village.values, code)] for code in LANGUAGES)
    for place, address in enumerate(first):
        seen = [Visit(address, who, browser.get(address.path)) for who, browser in browsers.items()]
        readers = [visit.who for visit in seen if visit.answer.status_code == 200]
        found += seen
        for other in others:
            found += [Visit(other[place], who, browsers[who].get(other[place].path)) for who in readers[:1]]
    return found


def village_of(session: Session, services: Services) -> Village:
    """A village, everything committed, and the index in step."""
    make = Factories(session)
    quaregnon = make.commune("53065")
    author = make.user(of=quaregnon, name="Ann Contributor")
    coordinator = make.coordinator(language="nl")
    people = {
        "visitor": None,
        "contributor": author,
        "manager": make.user(of=quaregnon, role=Role.MANAGER, language="de"),
        "reader": make.user(of=quaregnon, role=Role.READER),
        "stranger": make.user(of=make.commune("53053"), role=Role.MANAGER),
        "coordinator": coordinator,
        "administrator": make.administrator(),
    }
    sheets = _sheets(make, quaregnon, author, coordinator)
    tokens = {
        "accounts.invitation": _token(session, _invited(make), LinkPurpose.INVITATION, services),
        "accounts.reset": _token(session, author, LinkPurpose.RESET, services),
    }
    fixed = {"nis": "53065", "code": "group", "revision": 1, "member": author.memberships[0].id}
    numbers = {key: sheet.id for key, sheet in sheets.items()}
    session.commit()
    services.search.catch_up()
    return Village(people, numbers, Values(fixed, tokens, tuple(numbers.values())))


def _sheets(make: Factories, commune: Commune, author: User, coordinator: User) -> dict[str, Sheet]:
    """One sheet in each state that a text or a sheet can be in, brought there by the usual moves."""
    session, say = make.session, {"summary": COMMENT}

    def begun(word: str) -> Revision:
        sheet = make.sheet(of=commune, by=author, title=f"Café {word}", summary=f"{word} de la commune.")
        sheet.revisions[0].contact_json = CANARY.to_json()
        return sheet.revisions[0]

    def sent(word: str) -> Revision:
        revision = begun(word)
        moves.submit(session, revision, author, NOON, revision.version, NOTE)
        return revision

    def online(word: str) -> Revision:
        revision = sent(word)
        moves.publish(session, revision, coordinator, NOON, revision.version)
        return revision

    def again(revision: Revision, word: str) -> Revision:
        second = start_revision(session, revision.sheet, author, NOON)
        text = replace(second.content, title=f"Café {word}", summary=f"{word} de la commune.")
        return save(session, second, text, CANARY, author, NOON, second.version)

    draft, submitted = begun(HIDDEN["draft"]), sent(HIDDEN["submitted"])
    returned, declined, thrown = sent(HIDDEN["returned"]), sent(HIDDEN["declined"]), begun(HIDDEN["thrown"])
    moves.ask_for_changes(session, returned, coordinator, NOON, returned.version, say, REASON)
    moves.decline(session, declined, coordinator, NOON, declined.version, REASON)
    moves.discard(session, thrown, author, NOON, thrown.version)
    live, both, archived, removed = (online(word) for word in (FORMER, LIVE, LIVE, GONE))
    second = again(live, LIVE)
    moves.submit(session, second, author, NOON, second.version, NOTE)
    moves.publish(session, second, coordinator, NOON, second.version)
    third = again(both, HIDDEN["submitted"])
    moves.submit(session, third, author, NOON, third.version, NOTE)
    moves.archive(session, archived.sheet, coordinator, NOON, "Le projet est fini.")
    moves.remove(session, removed.sheet, coordinator, NOON, "Une personne y était nommée.")
    return {
        "live": live.sheet,
        "both": both.sheet,
        "archived": archived.sheet,
        "removed": removed.sheet,
        "draft": draft.sheet,
        "submitted": submitted.sheet,
        "returned": returned.sheet,
        "declined": declined.sheet,
        "thrown": thrown.sheet,
    }


def _invited(make: Factories) -> User:
    """Somebody who has not accepted the invitation yet."""
    user = make.user()
    user.password_hash = None
    return user


def _token(session: Session, user: User, purpose: LinkPurpose, services: Services) -> str:
    link = make_link(session, purpose, user, NOON)
    return token_of(link.id, purpose, services.settings.secret_key)
