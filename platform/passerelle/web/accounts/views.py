"""The pages of accounts."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from passerelle.web.permissions import public

pages = Blueprint("accounts", __name__, url_prefix="/<lang:lang>")


@pages.route("/sign-in")
@public
def sign_in(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/sign-out", methods=["POST"])
@public
def sign_out(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/communes/<nis:nis>/members")
@public
def members(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)
