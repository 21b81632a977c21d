"""A prevention officer's browser without JavaScript: it reads pages, types in forms, presses buttons."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from passerelle.accounts.models import SignIn, User
from passerelle.accounts.sign_ins import hash_of
from tests.factories import NOON

Typed = Mapping[str, str | list[str]]


class Page:
    """One answer, parsed strictly: a page that is not HTML5 raises."""

    def __init__(self, answer: TestResponse) -> None:
        self.status = answer.status_code
        self.location = answer.headers.get("Location", "")
        self.text = answer.get_data(as_text=True)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.tree: Element = parser.parse(self.text) if self.status not in (301, 302) else Element("html")

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements with this tag and these attributes."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [each for each in self.tree.iter(tag) if wanted.items() <= dict(each.attrib).items()]

    def by_id(self, wanted: str) -> Element:
        """The one element with this id."""
        (found,) = [each for each in self.tree.iter() if each.get("id") == wanted]
        return found

    def words(self, element: Element | None = None) -> str:
        """The words of an element, or of the main part, with single spaces."""
        root = self.all("main")[0] if element is None else element
        return " ".join(" ".join(root.itertext()).split())

    @property
    def title(self) -> str:
        """What stands in the tab of the browser."""
        return self.words(self.all("title")[0])

    @property
    def summary(self) -> dict[str, str]:
        """The links of the error summary: the id they lead to, and their sentence."""
        boxes = [each for each in self.tree.iter() if each.get("id") == "errors"]
        links = [link for box in boxes for link in box.iter("a")]
        return {str(link.get("href")).removeprefix("#"): self.words(link) for link in links}

    def fields(self, action: str = "/edit") -> dict[str, str | list[str]]:
        """What the browser would send with the form whose address ends with `action`, but for the button."""
        (form,) = [
            each for each in self.all("form", method="post") if each.get("action", "").endswith(action)
        ]
        found: dict[str, list[str]] = {}
        for control in form.iter():
            value = _value(control)
            if value is not None and control.get("name"):
                found.setdefault(str(control.get("name")), []).append(value)
        return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def _value(control: Element) -> str | None:
    """What a control sends; None when it sends nothing."""
    kind = control.get("type", "text")
    if control.tag == "textarea":
        return "".join(control.itertext()).removeprefix("\n") if control.text is None else control.text
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [each for each in options if "selected" in each.attrib] or options[:1]
        return chosen[0].get("value", "")
    if control.tag != "input" or kind in ("submit", "file"):
        return None
    if kind in ("checkbox", "radio"):
        return control.get("value", "on") if "checked" in control.attrib else None
    return control.get("value", "")


class Officer:
    """One browser of one person, signed in."""

    def __init__(self, app: Flask, session: Session, person: User, tab: int = 1) -> None:
        token = f"token {tab} of {person.id}"
        session.add(SignIn(token_hash=hash_of(token), user_id=person.id, created_at=NOON, last_seen_at=NOON))
        session.commit()
        self.client: FlaskClient = app.test_client()
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True

    def open(self, path: str) -> Page:
        """Read a page."""
        return Page(self.client.get(path))

    def press(self, page: Page, do: str, typed: Typed | None = None, action: str = "/edit") -> Page:
        """Press a button of the form on `page`, after typing; the answer, not followed."""
        (form,) = [
            each for each in page.all("form", method="post") if each.get("action", "").endswith(action)
        ]
        sent = {**page.fields(action), **(typed or {}), **({"do": do} if do else {})}
        return self.send(str(form.get("action")), sent)

    def send(self, path: str, sent: Typed) -> Page:
        """Send exactly this."""
        return Page(self.client.post(path, data=sent))

    def follow(self, page: Page) -> Page:
        """Go where an answer leads."""
        assert page.status == 302, page.text
        return self.open(page.location)
