"""The session of a request: one connection, one snapshot, and no writing while a page is read."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, User
from passerelle.web.database import db
from tests.factories import NOON


def test_a_page_reads_everything_through_one_connection(app: Flask) -> None:
    used = []
    pool = app.extensions["passerelle"].engine.pool

    with app.test_request_context("/en/"):
        for _ in range(20):
            db.session.scalars(select(Commune.nis).limit(1)).one()
            used.append(pool.checkedout())

    assert set(used) == {1}


def test_a_page_that_is_read_cannot_write(app: Flask) -> None:
    refused = []

    with app.test_request_context("/en/"):
        try:
            db.session.execute(text("UPDATE communes SET region = 'x'"))
        except OperationalError as error:
            refused.append(str(error.orig))

    assert refused == ["attempt to write a readonly database"]


def test_a_form_that_is_sent_can_write_after_a_page_was_read(app: Flask) -> None:
    with app.test_request_context("/en/"):
        db.session.scalars(select(Commune.nis).limit(1)).one()
    with app.test_request_context("/en/", method="POST"):
        written = db.session.execute(text("UPDATE communes SET region = 'x'"))
        count = written.rowcount  # type: ignore[attr-defined]  # an UPDATE answers a CursorResult

    assert count == 565


def test_an_error_of_the_application_names_nobody_either(app: Flask) -> None:
    with Session(app.extensions["passerelle"].engine) as session:
        session.add(User(email="claire@commune.example", language="unknown", created_at=NOON))

        with pytest.raises(IntegrityError) as refused:
            session.flush()

    assert "claire" not in str(refused.value)
