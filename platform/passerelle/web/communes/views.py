"""The pages of communes."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from passerelle.web.permissions import public

pages = Blueprint("communes", __name__, url_prefix="/<lang:lang>")


@pages.route("/communes")
@public
def index(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/communes/<nis:nis>")
@public
def show(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)
