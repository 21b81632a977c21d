"""The addresses of the JSON API: what everybody may read, for programs. No session, no cookie, no writing."""

from dataclasses import replace

from flask import Blueprint, Response, abort, g, jsonify, request
from sqlalchemy import select

from passerelle.accounts.models import Commune
from passerelle.policy import Actor, Permission, Subject, may
from passerelle.sheets.models import SheetStatus
from passerelle.web.api.answers import JsonObject, answer_of, communes_of, sheet_of, vocabulary_in
from passerelle.web.database import db
from passerelle.web.languages import DEFAULT, LANGUAGES, current_language
from passerelle.web.permissions import find_sheet, public
from passerelle.web.search_parameters import read_number, read_request
from passerelle.web.services import services

pages = Blueprint("api", __name__, url_prefix="/api/v1")

PER_PAGE = 20
ANYBODY = Actor()  # whoever asks, the API answers as it answers a visitor


@pages.before_request
def take_language() -> None:
    """Names and labels are in the language of `lang`, else in French: no header of the program decides."""
    given = request.args.get("lang", "")
    g.language = given if given in LANGUAGES else DEFAULT


@pages.after_request
def open_to_every_site(response: Response) -> Response:
    """Let pages of other sites read the answers: there is nothing in them that is not public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@pages.route("/sheets")
@public
def search() -> Response:
    """The search of the page of sheets, with the same parameters."""
    asked = read_request(request.args, current_language())
    page = services().search.search(replace(asked, per_page=read_number(request.args, "per_page", PER_PAGE)))
    return _answer(answer_of(asked, page))


@pages.route("/sheets/<number:number>")
@public
def sheet(number: int) -> Response:
    """One published sheet; 410 when it was taken offline, 404 when there is nothing for the public."""
    found = find_sheet(number)
    shown = found.published or abort(404)
    if found.status == SheetStatus.REMOVED:
        abort(410)
    if not may(ANYBODY, Permission.VIEW_PUBLISHED, Subject.of_sheet(found)):
        abort(404)
    return _answer(sheet_of(found, shown, current_language()))


@pages.route("/communes")
@public
def communes() -> Response:
    """All communes, in the order of their NIS codes."""
    return _answer(communes_of(db.session.scalars(select(Commune).order_by(Commune.nis)), current_language()))


@pages.route("/vocabulary")
@public
def vocabulary() -> Response:
    """The closed lists whose codes stand in the answers."""
    return _answer(vocabulary_in(current_language()))


def _answer(body: JsonObject) -> Response:
    """`body` as JSON; a program that has it already, and says so, is told that nothing changed."""
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # it is the same object
