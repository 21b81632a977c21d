"""The pages that more than one view of accounts answers with."""

from datetime import datetime
from math import ceil

from flask import make_response, render_template
from flask.wrappers import Response
from flask_babel import ngettext

from passerelle.web.accounts.forms import SignInForm
from passerelle.web.accounts.kept import Kept
from passerelle.web.services import now


def show_sign_in(
    form: SignInForm | None = None,
    *,
    kept: Kept | None = None,
    status: int = 200,
    expired: bool = False,
    until: datetime | None = None,
) -> Response:
    """The sign-in page with what was typed so far; `until` says when too many tries may go on."""
    form = form or SignInForm(formdata=None)
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        kept=kept,
        expired=expired,
        refused=status == 422 and not form.errors,
        wait=wait_in_words(until) if until else None,
        has_errors=status in (422, 429),
    )
    return _private(page, status, until)


def ask_again(kept: Kept, status: int = 200, *, busy: bool = False) -> Response:
    """The page that shows that nothing was lost, and sends the kept form again with one button.

    `busy` says that it could not be taken just now.
    """
    return _private(render_template("accounts/continue.html", kept=kept, busy=busy), status)


def show(template: str, status: int = 200, until: datetime | None = None, **values: object) -> Response:
    """The page `template`, which nobody but its reader keeps."""
    wait = wait_in_words(until) if until else None
    return _private(render_template(template, wait=wait, **values), status, until)


def wait_in_words(until: datetime) -> str:
    """How long it is to `until`, in whole minutes or hours, never less than one."""
    minutes = max(1, ceil((until - now()).total_seconds() / 60))
    if minutes <= 90:
        return str(ngettext("Try again in %(num)s minute.", "Try again in %(num)s minutes.", minutes))
    return str(ngettext("Try again in %(num)s hour.", "Try again in %(num)s hours.", ceil(minutes / 60)))


def _private(page: str, status: int, until: datetime | None = None) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if until is not None:
        response.headers["Retry-After"] = str(max(1, ceil((until - now()).total_seconds())))
    return response
