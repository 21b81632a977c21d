"""A browser for tests: it opens pages, fills in their forms and sends every hidden field back."""

from collections.abc import Mapping
from datetime import datetime
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import PASSWORD

CLAIRE = "claire@commune.example"
NEW_PASSWORD = "quite another sentence for the door"


class Forms(HTMLParser):
    """Collects the forms of a page: address and fields of each, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form or one of its fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), []))
        kind = given.get("type", "text")
        unsent = kind in ("checkbox", "radio") and "checked" not in given
        if tag == "input" and self.forms and "name" in given and not unsent:
            self.forms[-1][1].append((given["name"], given.get("value", "")))


class Browser:
    """One browser with its cookies."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.headers: dict[str, str] = {}
        self.address = "127.0.0.1"

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, headers=self.headers, environ_overrides={"REMOTE_ADDR": self.address})

    def post(self, path: str, data: object) -> TestResponse:
        """Send a form as it is given."""
        overrides = {"REMOTE_ADDR": self.address}
        return self.client.post(path, data=data, headers=self.headers, environ_overrides=overrides)

    def fill(
        self, page: str | TestResponse, wanted: str, typed: Mapping[str, str], at: str = "", to: str = ""
    ) -> TestResponse:
        """Send the form of `page` (an address, or a page open already) whose address ends with `wanted`.

        `at` is where the open page came from, `to` another address than that of the form.
        """
        text = (self.get(page) if isinstance(page, str) else page).get_data(as_text=True)
        action, fields = next(
            form
            for form in Forms(text).forms
            if form[0].split("?")[0].endswith(wanted) and "theme" not in form[0]
        )
        sent: dict[str, list[str]] = {}
        for name, value in fields:
            if name not in typed:
                sent.setdefault(name, []).append(value)
        address = to or action or at or (page if isinstance(page, str) else "")
        return self.post(address, sent | {name: [value] for name, value in typed.items()})

    def sign_in(
        self, email: str, password: str = PASSWORD, *, path: str = "/en/sign-in", **more: str
    ) -> TestResponse:
        """Sign in on the page `path`."""
        return self.fill(path, "/sign-in", {"email": email, "password": password, **more})

    def is_signed_in(self) -> bool:
        """Whether the page of the account opens."""
        return self.get("/en/account").status_code == 200

    def cookie(self) -> str:
        """The session cookie."""
        found = self.client.get_cookie("session")
        return found.value if found else ""

    def expiry(self) -> datetime | None:
        """When the session cookie goes; None: with the browser."""
        found = self.client.get_cookie("session")
        return found.expires if found else None

    def paste_cookie(self, value: str) -> None:
        """Take a session cookie copied from elsewhere."""
        self.client.set_cookie("session", value)
