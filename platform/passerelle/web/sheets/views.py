"""The pages of published sheets: search, feed, sheet, history."""

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from passerelle.policy import Permission
from passerelle.search.engine import SearchError
from passerelle.search.request import Sort
from passerelle.sheets.models import Revision, RevisionStatus, Sheet
from passerelle.web.languages import current_language
from passerelle.web.page_cache import keep_page
from passerelle.web.permissions import public, requires
from passerelle.web.search_parameters import read_request
from passerelle.web.services import now, services
from passerelle.web.sheets.deeds import deeds_of
from passerelle.web.sheets.feed import feed_of
from passerelle.web.sheets.kept_results import write_results
from passerelle.web.sheets.likeness import commune_of_reader, likeness
from passerelle.web.sheets.page import contact_for_reader, moves_for_reader, sheet_page
from passerelle.web.sheets.page_frame import page_of
from passerelle.web.sheets.prose import blocks
from passerelle.web.sheets.similar import similar_to
from passerelle.web.sheets.suggestions import suggestions

pages = Blueprint("sheets", __name__, url_prefix="/<lang:lang>")
pages.add_app_template_global(blocks, "prose_blocks")
LIVE = (RevisionStatus.PUBLISHED, RevisionStatus.SUPERSEDED)


@pages.route("/sheets")
@public
def search(**_values: object) -> ResponseReturnValue:
    """The search: every part of the page comes from the answer of the index, none from the database."""
    own = commune_of_reader()
    asked = read_request(request.args, current_language(), likeness(own))
    return page_of(write_results(asked, for_member=own is not None))


@pages.route("/suggest")
@public
def suggest(**_values: object) -> ResponseReturnValue:
    """What somebody who types `q` may look for, for the script; nothing while there is no index."""
    language, text = current_language(), request.args.get("q", "")
    try:
        found = suggestions(services().search.engine, text, language)
    except SearchError:
        return jsonify(suggestions=[])
    answer = jsonify(suggestions=found)
    keep_page(answer.get_data())
    return answer


@pages.route("/sheets/feed")
@public
def feed(**_values: object) -> ResponseReturnValue:
    """The newest sheets of a search (of all sheets, without parameters), as an Atom feed."""
    asked = read_request(request.args, current_language()).sorted_by(Sort.NEWEST)
    page = services().search.search(asked)
    body = render_template("sheets/feed.xml", feed=feed_of(asked, page, now()))
    answer = make_response(body)
    answer.content_type = "application/atom+xml; charset=utf-8"
    return answer


@pages.route("/sheets/<number:number>")
@requires(Permission.VIEW_PUBLISHED)
def show(sheet: Sheet) -> ResponseReturnValue:
    """The published sheet."""
    shown = sheet.published or abort(404)
    return _page_of(sheet, shown)


@pages.route("/sheets/<number:number>/history")
@requires(Permission.VIEW_HISTORY)
def history(sheet: Sheet) -> ResponseReturnValue:
    """The revisions that are or were online, newest first."""
    shown = sheet.published or abort(404)
    live = [each for each in reversed(sheet.revisions) if each.status in LIVE]
    return render_template(
        "sheets/history.html", page=sheet_page(sheet, shown, current_language()), live=live
    )


@pages.route("/sheets/<number:number>/revisions/<number:revision>")
@requires(Permission.VIEW_HISTORY)
def revision(sheet: Sheet, revision: int) -> ResponseReturnValue:
    """A revision of this very sheet that is or was online, by its number within the sheet."""
    found = [each for each in sheet.revisions if each.number == revision and each.status in LIVE]
    return _page_of(sheet, found[0]) if found else abort(404)


def _page_of(sheet: Sheet, shown: Revision) -> Response:
    language = current_language()
    page = sheet_page(sheet, shown, language)
    body = render_template(
        "sheets/show.html",
        page=page,
        contact=contact_for_reader(sheet, shown),
        moves=moves_for_reader(sheet) if page.is_current else set(),
        deeds=deeds_of(sheet) if page.is_current else (),
        similar=similar_to(page.content, page.number, page.commune_nis, language) if page.is_current else (),
        printed_at=now(),
        canonical=page.address if page.is_current else None,
    )
    return make_response(body)
