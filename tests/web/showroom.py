"""A small application that has the look, the layout and the errors, and nothing else of the platform."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import html5lib
from flask import Flask, render_template_string
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

from passerelle.core.paths import shipped
from passerelle.web.look import init_look

LANGUAGES = {"fr": "Français", "nl": "Nederlands", "de": "Deutsch", "en": "English"}


@dataclass
class Element:
    """One element of a parsed page."""

    tag: str
    attributes: dict[str, str]
    text: str


def showroom(*, signed_in: bool = False, theme: str | None = None) -> Flask:
    """An application whose templates know what the layout needs; its reader reads English."""
    app = Flask("showroom", template_folder=str(shipped("templates")), static_folder=None)
    app.config["SECRET_KEY"] = "only for looking"
    Babel(app)
    CSRFProtect(app)
    init_look(app)
    rights = {"may_contribute": signed_in, "may_review": signed_in}

    @app.context_processor
    def everywhere() -> dict[str, object]:
        return {
            "site_name": "Passerelle",
            "language": "en",
            "languages": [
                SimpleNamespace(
                    code=code, name=name, short=code.upper(), url=f"/{code}/", current=code == "en"
                )
                for code, name in LANGUAGES.items()
            ],
            "actor": SimpleNamespace(signed_in=signed_in, name="Ann" if signed_in else "", **rights),
            "current_section": "sheets",
            "helplines": [SimpleNamespace(name="Violence helpline", number="1712", href="tel:1712")],
            "theme": theme,
            "url": lambda endpoint, **_values: f"/en/{endpoint}",
        }

    return app


def rendered(source: str, app: Flask | None = None, **values: object) -> str:
    """What the template `source` gives with `values`."""
    app = app or showroom()
    with app.test_request_context("/en/"):
        return render_template_string(source, **values)


def parsed(markup: str) -> list[Element]:
    """The elements of a whole page, in order. Raises when the page is not correct HTML5."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(markup)
    return list(_elements(tree))


def parsed_part(markup: str) -> list[Element]:
    """The elements of a part of a page. Raises when it is not correct HTML5."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(markup)
    return [element for element in _elements(tree) if element.tag != "DOCUMENT_FRAGMENT"]


def attributes(elements: list[Element], tag: str) -> dict[str, str]:
    """Those of the first element with that tag."""
    return next(element.attributes for element in elements if element.tag == tag)


def _elements(tree: object) -> Iterator[Element]:
    for node in tree.iter():  # type: ignore[attr-defined]  # an ElementTree of html5lib, which has no types
        if isinstance(node.tag, str):
            words = " ".join("".join(node.itertext()).split())
            yield Element(node.tag.split("}")[-1], dict(node.attrib), words)
