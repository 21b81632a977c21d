"""A coordinator's desk in a test: signed in by hand, it reads pages and sends their forms."""

import html
import re
from collections.abc import Mapping

import html5lib
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from passerelle.accounts.models import SignIn, User
from passerelle.accounts.sign_ins import hash_of
from tests.factories import NOON


class Desk:
    """One browser of one person."""

    def __init__(self, app: Flask, session: Session, person: User) -> None:
        token = f"token of {person.id}"
        session.add(SignIn(token_hash=hash_of(token), user_id=person.id, created_at=NOON, last_seen_at=NOON))
        self.session = session
        self.client = app.test_client()
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True

    def read(self, path: str, status: int = 200) -> str:
        """The page at `path`, correct HTML5, answered with `status`."""
        return checked(self.get(path), status)

    def get(self, path: str) -> TestResponse:
        """Whatever `path` answers; the test's own transaction is ended first, since SQLite has one writer."""
        self.session.commit()
        return self.client.get(path)

    def send(
        self, path: str, to: str | None = None, status: int = 302, typed: Mapping[str, object] | None = None
    ) -> str:
        """Send the form of the page at `path` to the address `to`, with what was typed in it."""
        return checked(self.post(to or path, self.get(path).text, typed), status)

    def post(self, path: str, page: str, typed: Mapping[str, object] | None = None) -> TestResponse:
        """Send something to `path` with the hidden fields of a page that was read before."""
        self.session.commit()
        hidden = {name: value_of(page, name) for name in ("csrf_token", "seen", "view")}
        return self.client.post(path, data={**hidden, **(typed or {})})


def checked(answer: TestResponse, status: int) -> str:
    """The text of `answer`, once it has this status and parses without a single error of HTML5."""
    assert answer.status_code == status, (answer.status, answer.text)
    if status != 302:
        html5lib.HTMLParser(strict=True).parse(answer.text)
        assert answer.text.count("<h1") == 1
    return answer.text


def value_of(page: str, name: str) -> str:
    """The value of the hidden field `name`, empty when the page has none."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def words(page: str) -> str:
    """The words of the main part of `page`, each space a single one."""
    main = re.search(r"<main.*?</main>", page, re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0] if main else page)).split())
