"""People at their desks, for the pages of a contributor."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, User
from tests.factories import Factories
from tests.web.my.officer import Officer

Desk = Callable[[User], Officer]


@pytest.fixture
def desk(app: Flask, session: Session) -> Desk:
    """Sits a person down at a browser."""
    return lambda person: Officer(app, session, person)


@pytest.fixture
def claire(make: Factories, quaregnon: Commune) -> User:
    """A contributor of Quaregnon."""
    return make.user(of=quaregnon, name="Claire")


@pytest.fixture
def officer(claire: User, desk: Desk) -> Officer:
    """Claire at her browser."""
    return desk(claire)


@pytest.fixture
def in_english(app: Flask) -> Iterator[None]:
    """Words are given as on an English page."""
    with app.test_request_context("/en/my"):
        yield


@pytest.fixture
def number(session: Session, make: Factories, quaregnon: Commune, claire: User) -> int:
    """The number of a complete draft of Claire's."""
    number = make.sheet(of=quaregnon, by=claire).id
    session.commit()
    return number
