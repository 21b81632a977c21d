"""Answer every error calmly: a page in the reader's language, or JSON for the API; never a trace."""

import logging
import secrets

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from passerelle.web.accounts.answers import ask_again
from passerelle.web.accounts.kept import Kept
from passerelle.web.database import db
from passerelle.web.identity import answer_lost_token, ask_nobody
from passerelle.web.languages import current_language

logger = logging.getLogger("passerelle.web")
RETRY_SECONDS = "30"
PAGES = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503})


def answer_error(code: int, reference: str = "") -> ResponseReturnValue:
    """The calm page for status `code`, or a JSON object for the API; `reference` is what the log calls it."""
    headers = {"Cache-Control": "no-store"}
    if code == 503:
        headers["Retry-After"] = RETRY_SECONDS
    if request.path.startswith("/api/"):
        return jsonify(error={"status": code, "reference": reference or None}), code, headers
    try:
        page = render_template(f"errors/{code if code in PAGES else 400}.html", reference=reference)
    except Exception:  # whatever broke the page must not break the apology
        logger.exception("the page for error %s failed", code)
        plain = current_app.jinja_env.get_template("errors/plain.html")
        page = plain.render(reference=reference, language=current_language())
    return page, code, headers


def init_errors(app: Flask) -> None:
    """Let `app` answer its errors this way."""

    @app.errorhandler(HTTPException)
    def answer_http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400 or error.response is not None:
            return error  # a redirect, or an answer that is complete already
        answer = current_app.make_response(answer_error(error.code))
        if isinstance(error, MethodNotAllowed):  # RFC 9110, 15.5.6: such an answer names what is allowed
            answer.allow.update(error.valid_methods or ())
        return answer

    @app.errorhandler(CSRFError)
    def answer_csrf(_error: CSRFError) -> ResponseReturnValue:
        return answer_lost_token() or answer_error(400)

    @app.errorhandler(OperationalError)
    def answer_database(error: OperationalError) -> ResponseReturnValue:
        return answer_unavailable(error)

    @app.errorhandler(Exception)
    def answer_any(error: Exception) -> ResponseReturnValue:
        return answer_failure(error, 500)


def answer_unavailable(error: OperationalError) -> ResponseReturnValue:
    """Say that the database cannot be used now; what a form sent comes back, to be sent again in a moment."""
    ask_nobody()
    answer = answer_failure(error, 503)
    kept = Kept.of_request(request)
    if kept is None:
        return answer
    page = ask_again(kept, 503, busy=True)
    page.headers["Retry-After"] = RETRY_SECONDS
    return page


def answer_failure(error: Exception, code: int) -> ResponseReturnValue:
    """Log `error` under a reference and answer with that reference only."""
    reference = secrets.token_hex(4)
    logger.error("%s %s failed, reference %s", request.method, request.endpoint, reference, exc_info=error)
    db.session.rollback()
    return answer_error(code, reference)
