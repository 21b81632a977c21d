"""The pages of review."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from passerelle.web.permissions import public

pages = Blueprint("review", __name__, url_prefix="/<lang:lang>")


@pages.route("/review")
@public
def queue(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)
