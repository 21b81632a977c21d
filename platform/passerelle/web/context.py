"""What every template can use: the reader, the languages, addresses, dates and numbers."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import format_date, format_datetime, format_decimal

from passerelle.accounts.models import Role
from passerelle.policy import Permission, may
from passerelle.vocabulary.helplines import helplines
from passerelle.web.identity import current_actor, current_person
from passerelle.web.languages import current_language, language_links
from passerelle.web.services import services

THEMES = ("light", "dark")
SECTION_OF_PAGES = {"accounts": "sign-in"}  # blueprints whose place in the menu has another name


@dataclass(frozen=True)
class Reader:
    """Who looks at the page, as far as the page's frame is concerned."""

    signed_in: bool
    name: str
    may_contribute: bool
    may_review: bool
    may_edit_thesaurus: bool


def current_reader() -> Reader:
    """The person reading this page."""
    actor, person = current_actor(), current_person()
    return Reader(
        signed_in=actor.signed_in,
        name=person.name if person else "",
        may_contribute=bool(actor.communes_as(Role.CONTRIBUTOR, Role.MANAGER)),
        may_review=may(actor, Permission.SEE_QUEUE),
        may_edit_thesaurus=may(actor, Permission.EDIT_THESAURUS),
    )


def current_theme() -> str | None:
    """The display the reader chose: light, dark, or None for what the device says."""
    chosen = request.cookies.get("theme")
    return chosen if chosen in THEMES else None


def init_context(app: Flask) -> None:
    """Give every template of `app` the names its layout uses."""

    @app.context_processor
    def everywhere() -> dict[str, object]:
        language = current_language()
        return {
            "site_name": services().settings.site_name,
            "language": language,
            "languages": language_links(),
            "origin": services().settings.base_url,
            "actor": current_reader(),
            "current_section": SECTION_OF_PAGES.get(request.blueprint or "", request.blueprint or "none"),
            "helplines": helplines(language),
            "theme": current_theme(),
            "url": url_for,
            "format_date": format_date,
            "format_datetime": format_datetime,
            "format_number": format_decimal,
        }
