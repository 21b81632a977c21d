"""What gunicorn serves when pages are measured: a bare Flask application, or ours with more or less kept."""

import os

from flask import Flask

from passerelle.core.settings import read_settings
from passerelle.web.app import create_app

KEEPS = "BENCH_KEEPS"
"""The variable that says what our application may keep: `nothing`, `parts` (of pages) or `pages`."""

hello = Flask("hello")


@hello.route("/")
def say_hello() -> str:
    """The least a page can be."""
    return "Hello, World!"


def ours() -> Flask:
    """Our application, keeping what the environment says."""
    app = create_app(read_settings())
    cache, keeps = app.extensions["page_cache"], os.environ[KEEPS]
    if keeps != "pages":
        cache.pages.most = 0
    if keeps == "nothing":
        cache.parts.most = 0
    return app
