"""The pages of public."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from passerelle.web.permissions import public

pages = Blueprint("public", __name__, url_prefix="/<lang:lang>")


@pages.route("/")
@public
def home(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/about")
@public
def about(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/accessibility")
@public
def accessibility(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/privacy")
@public
def privacy(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/contact")
@public
def contact(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)


@pages.route("/theme", methods=["POST"])
@public
def theme(**_values: object) -> ResponseReturnValue:
    """To come."""
    abort(404)
