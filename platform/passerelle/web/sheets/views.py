"""The pages of sheets."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from passerelle.web.permissions import public

pages = Blueprint("sheets", __name__, url_prefix="/<lang:lang>")


@pages.route("/sheets")
@public
def search(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/sheets/feed")
@public
def feed(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/sheets/<number:number>")
@public
def show(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)
