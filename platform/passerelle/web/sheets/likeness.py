"""Say what the commune of the reader is like: members can have the sheets of communes like theirs first."""

from flask import current_app, request

from passerelle.search.documents import size_class
from passerelle.search.request import Mine, Sort
from passerelle.sheets.queries import inhabitants_declared_by
from passerelle.vocabulary.communes import commune
from passerelle.web.database import db
from passerelle.web.identity import current_actor


def commune_of_reader() -> str | None:
    """The NIS code of the commune whose member reads this page, the first of several; None for others.

    Who has no session is not looked for: then the page asks nothing of the database.
    """
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return None
    return min(current_actor().roles, default=None)


def likeness(nis: str | None) -> Mine | None:
    """What the commune `nis` is like, when this page is asked for in that order: one query."""
    if nis is None or request.args.get("sort") != Sort.ALIKE:
        return None
    found = commune(nis)
    inhabitants = db.session.scalar(inhabitants_declared_by(nis))
    return Mine(size_class(inhabitants), found.area, found.languages[0])
