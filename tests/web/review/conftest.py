"""What the tests of review share: a coordinator at the desk, and an author."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, User
from tests.factories import Factories
from tests.web.review.desk import Desk


@pytest.fixture
def author(make: Factories, quaregnon: Commune) -> User:
    """A contributor of Quaregnon."""
    return make.user(of=quaregnon, name="Claire Dubois")


@pytest.fixture
def an(make: Factories) -> User:
    """A coordinator of the whole country."""
    return make.coordinator(name="An Peeters")


@pytest.fixture
def desk(app: Flask, session: Session, an: User) -> Desk:
    """An's browser."""
    return Desk(app, session, an)
