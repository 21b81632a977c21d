"""The blueprint that the pages of accounts hang on."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from passerelle.policy import Permission, may
from passerelle.web.accounts.addresses import own_path
from passerelle.web.identity import current_actor

pages = Blueprint("accounts", __name__, url_prefix="/<lang:lang>")


def go_on(wanted: str | None = None) -> Response:
    """Lead whoever came in to where they wanted to go, else to what waits: the queue, or the dashboard."""
    if path := own_path(wanted):
        return redirect(path)
    reviews = may(current_actor(), Permission.SEE_QUEUE)
    return redirect(url_for("review.queue" if reviews else "my.dashboard"))
