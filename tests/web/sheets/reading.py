"""Read a page in a test as a strict browser would: its parts, its words, its links."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from passerelle.accounts.models import SignIn, User
from passerelle.accounts.sign_ins import hash_of
from tests.factories import NOON

SVG = "{http://www.w3.org/2000/svg}"


class Page:
    """A page that parsed without a single error of HTML5."""

    def __init__(self, answer: TestResponse) -> None:
        assert answer.status_code == 200, (answer.status, answer.text)
        self.html = answer.text
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(answer.text)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of that name with those attributes (`class_`: one of its classes)."""
        wanted = attributes.pop("class_", "")
        return [
            each
            for each in self.root.iter()
            if each.tag in (tag, SVG + tag)
            and all(each.get(name) == value for name, value in attributes.items())
            and (not wanted or wanted in (each.get("class") or "").split())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only element of that name with those attributes."""
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def heading(self) -> str:
        """The words of the only h1."""
        return words(self.one("h1"))

    @property
    def text(self) -> str:
        """All words of the part that differs from page to page."""
        return words(self.one("main"))

    @property
    def links(self) -> dict[str, str]:
        """The words of every link of `main`, and where it leads (the last one wins)."""
        return {words(link): link.get("href", "") for link in self.one("main").iter("a")}

    def language_of(self, text: str) -> str | None:
        """The language in force where `text` stands, that is the `lang` of the nearest element around it."""
        found = list(self._languages(self.root, None, text))
        assert found, f"not on the page: {text}"
        assert len(set(found)) == 1, found
        return found[0]

    def _languages(self, element: Element, around: str | None, text: str) -> Iterator[str | None]:
        here = element.get("lang", around)
        if element.tag in ("head", "nav"):
            return
        if text in (element.text or ""):
            yield here
        for child in element:
            yield from self._languages(child, here, text)
            if text in (child.tail or ""):
                yield here


def words(element: Element) -> str:
    """The words in `element`, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def put_online(app: Flask, session: Session) -> None:
    """Commit what the test made and bring the index up to it."""
    session.commit()
    app.extensions["passerelle"].search.rebuild()


def sign_in(client: object, session: Session, user: User) -> None:
    """Let the browser `client` be `user`, as the sign-in page would."""
    token = f"token of {user.email}"
    session.add(SignIn(token_hash=hash_of(token), user_id=user.id, created_at=NOON, last_seen_at=NOON))
    session.commit()
    with client.session_transaction() as kept:  # type: ignore[attr-defined]  # a FlaskClient
        kept["_user_id"] = token
        kept["_fresh"] = True
