"""Give back what was typed when the form could not be taken: no sign-in, no valid token, no database."""

import logging

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError

from passerelle.accounts.models import Commune
from passerelle.policy import Permission, Subject, may
from passerelle.web.accounts.addresses import is_from_ourselves
from passerelle.web.database import db
from passerelle.web.errors import RETRY_SECONDS, answer_error, answer_unavailable
from passerelle.web.identity import ask_nobody, current_actor
from passerelle.web.my.editor import Editor
from passerelle.web.my.forms import SheetForm
from passerelle.web.my.pages import pages
from passerelle.web.my.starting import start_page, typed_beginning

logger = logging.getLogger("passerelle.web")
FORM = "my.save"


@pages.before_request
def keep_what_a_visitor_typed() -> ResponseReturnValue | None:
    """A form sent after the sign-in ended comes back with every word, and says how to go on.

    Nothing stored is shown, so it is the same for every number.
    """
    if request.endpoint != FORM or "title" not in request.form or current_actor().signed_in:
        return None
    if request.form.get("do") == "autosave":
        return jsonify(error="signed out"), 401
    return _given_back("signed_out", 401)


@pages.errorhandler(CSRFError)
def keep_what_had_no_token(_error: CSRFError) -> ResponseReturnValue:
    """A form whose token is missing or from another session comes back with a new one; nothing was done.

    Not one that another site made its visitor send: those are not the visitor's words.
    """
    if not is_from_ourselves(request):
        return answer_error(400)
    if request.endpoint == FORM and "title" in request.form:
        if request.form.get("do") == "autosave":
            return jsonify(error="no valid token"), 401
        return _given_back("no_token", 400)
    if request.endpoint == "my.create":
        return _beginning_given_back()
    return answer_error(400)


@pages.errorhandler(OperationalError)
def keep_what_could_not_be_stored(error: OperationalError) -> ResponseReturnValue:
    """A form that the database could not take comes back too, to be sent again in a moment."""
    if request.endpoint != FORM or "title" not in request.form:
        return answer_unavailable(error)
    logger.error("%s %s could not be stored", request.method, request.path, exc_info=error)
    db.session.rollback()
    ask_nobody()
    page, status = _given_back("not_stored", 503)
    return page, status, {"Retry-After": RETRY_SECONDS, "Cache-Control": "no-store"}


def _given_back(remark: str, status: int) -> tuple[str, int]:
    """The form with what was typed, and nothing else."""
    typed = SheetForm.typed(request.form)
    version = request.form.get("version", "")
    page = Editor(typed, began=request.form.get("began", ""), remark=remark, sent_version=version).page(
        status
    )
    return page


def _beginning_given_back() -> ResponseReturnValue:
    """The first page with what was typed, for somebody who may begin a sheet there."""
    commune = db.session.get(Commune, str((request.view_args or {}).get("nis", "")))
    if commune is None or not may(current_actor(), Permission.CREATE_SHEET, Subject.of_commune(commune)):
        return answer_error(400)
    return start_page(commune, typed_beginning()), 400
