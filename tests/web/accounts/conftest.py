"""What the tests of accounts share: people who exist, and a browser that fills in forms."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, Role, User
from tests.factories import Factories
from tests.web.accounts.browser import Browser
from tests.web.mails.mailbox import Mailbox


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser that has not signed in."""
    return Browser(app)


@pytest.fixture
def claire(make: Factories, session: Session, quaregnon: Commune) -> User:
    """A contributor of Quaregnon, known to the application."""
    user = make.user(of=quaregnon, email="claire@commune.example", name="Claire", language="en")
    session.commit()
    return user


@pytest.fixture
def manager(make: Factories, session: Session, quaregnon: Commune) -> User:
    """The manager of Quaregnon, known to the application."""
    user = make.user(of=quaregnon, role=Role.MANAGER, email="manager@commune.example", name="Maya")
    session.commit()
    return user


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    """Every mail that was sent in this test."""
    return Mailbox(tmp_path / "mails")
