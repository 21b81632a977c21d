"""What the tests of the thesaurus share: a coordinator at the desk, and the shipped concepts."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import User
from passerelle.web.keeper import services_of
from tests.factories import Factories
from tests.web.review.desk import Desk


@pytest.fixture
def an(make: Factories) -> User:
    """A coordinator of the whole country."""
    return make.coordinator(name="An Peeters")


@pytest.fixture
def desk(app: Flask, session: Session, an: User) -> Desk:
    """An's browser, on a platform whose index is built."""
    session.commit()
    services_of(app).search.rebuild()
    return Desk(app, session, an)
