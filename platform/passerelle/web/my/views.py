"""The pages of my."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from passerelle.web.permissions import public

pages = Blueprint("my", __name__, url_prefix="/<lang:lang>")


@pages.route("/my")
@public
def dashboard(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/my/sheets/new")
@public
def start(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/my/sheets/<number:number>/edit")
@public
def edit(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)
