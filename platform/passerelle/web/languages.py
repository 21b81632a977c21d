"""Four languages: which one a request is in, and the same page in the others."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for
from flask.globals import request_ctx
from flask_babel import Babel
from werkzeug.routing import BaseConverter

LANGUAGES = {"fr": "Français", "nl": "Nederlands", "de": "Deutsch", "en": "English"}
DEFAULT = "fr"
SAFE = "!$'()*,/:;?@"  # stands in the question of an address as it is, as `url_for` writes it


class LanguageConverter(BaseConverter):
    """The first part of every page's address: one of the four languages."""

    regex = "fr|nl|de|en"


class NumberConverter(BaseConverter):
    """A number that every database can hold: up to 18 digits, ASCII only."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        """The number as an int."""
        return int(value)


class NisConverter(BaseConverter):
    """The NIS code of a commune: five digits."""

    regex = "[0-9]{5}"


@dataclass(frozen=True)
class LanguageLink:
    """The current page in one language."""

    code: str
    name: str
    url: str
    current: bool

    @property
    def short(self) -> str:
        """Two capitals, as in the header."""
        return self.code.upper()


def current_language() -> str:
    """The language of this request: of its address, else of its `lang` parameter, else the browser's."""
    if "language" not in g:
        values = request.view_args or {}
        asked = values.get("lang") or request.args.get("lang", "")
        if asked not in LANGUAGES:
            first = request.path.split("/")[1]  # an address that leads nowhere still has a language
            asked = first if first in LANGUAGES else preferred_language()
        g.language = asked
    return str(g.language)


def current_locale() -> str:
    """How dates and numbers are written in the language of this request: English as in Europe."""
    language = current_language()
    return "en_GB" if language == "en" else language


def preferred_language() -> str:
    """The language the browser asks for first among ours."""
    return request.accept_languages.best_match(list(LANGUAGES), default=DEFAULT) or DEFAULT


def _harmless_parameters() -> dict[str, Any]:  # Any: passed on to url_for as they come
    """The parameters of the address, but for names that mean something to `url_for`."""
    given = request.args.to_dict(flat=False)
    return {name: value for name, value in given.items() if name != "endpoint" and not name.startswith("_")}


def language_links() -> list[LanguageLink]:
    """The current page in the four languages; where it has no address, the home pages."""
    values = dict(request.view_args or {})
    endpoint = request.endpoint if request.endpoint and "lang" in values else "public.home"
    values.pop("lang", None)
    if endpoint == "public.home":
        values = {}
    question = question_of_page() if endpoint != "public.home" else ""
    here = current_language()
    return [
        LanguageLink(code, name, url_for(endpoint, lang=code, **values) + question, code == here)
        for code, name in LANGUAGES.items()
    ]


def question_of_page() -> str:
    """What the address of this page has from its `?` on, for the same page in another language."""
    if request.method not in ("GET", "HEAD"):
        return ""
    values = {"lang": "", **(request.view_args or {})}
    given = {name: each for name, each in _harmless_parameters().items() if name not in values}
    return f"?{urlencode(given, doseq=True, safe=SAFE)}" if given else ""


def init_languages(app: Flask) -> None:
    """Teach `app` the converters, and to take the language out of the address and put it back in."""
    app.url_map.converters.update(lang=LanguageConverter, number=NumberConverter, nis=NisConverter)
    Babel(app, locale_selector=current_locale)

    @app.url_value_preprocessor
    def find_addresses(_endpoint: str | None, _values: dict[str, object] | None) -> None:
        if request_ctx.url_adapter is None:  # the host is not ours; the page that says so has links, too
            request_ctx.url_adapter = app.url_map.bind("localhost", script_name=request.root_path)

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, object] | None) -> None:
        if values and "lang" in values:
            g.language = values["lang"]

    @app.url_defaults
    def put_language(endpoint: str, values: dict[str, object]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = current_language()
