"""What the tests of mails share: an application context, and the folder that mails are written to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.ctx import AppContext

from tests.web.mails.mailbox import Mailbox


@pytest.fixture
def context(app: Flask) -> Iterator[AppContext]:
    """The context in which mails are written and sent, as a worker has it."""
    with app.app_context() as context:
        yield context


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    """Every mail that was sent in this test."""
    return Mailbox(tmp_path / "mails")
