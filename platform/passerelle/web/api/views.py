"""Addresses of api."""

from flask import Blueprint

pages = Blueprint("api", __name__)
