"""The blueprint of what is mine: every module of views in this folder adds its routes to it."""

from flask import Blueprint

pages = Blueprint("my", __name__, url_prefix="/<lang:lang>")
