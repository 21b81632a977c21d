"""The addresses that a supervisor asks: does the process answer, and can it do its work."""

from flask import Blueprint, Response

from passerelle.web.health.readiness import Readiness, readiness
from passerelle.web.permissions import public

pages = Blueprint("health", __name__)


@pages.route("/healthz")
@public
def alive() -> Response:
    """The process answers; nothing else is asked of it."""
    return _answer(Readiness.OK)


@pages.route("/readyz")
@public
def ready() -> Response:
    """`ok`, `degraded` (it works, somebody should look) or, with status 503, `fail`. Never a detail."""
    return _answer(readiness())


def _answer(found: Readiness) -> Response:
    status = 503 if found is Readiness.FAIL else 200
    return Response(f"{found.value}\n", status, {"Cache-Control": "no-store"}, mimetype="text/plain")
