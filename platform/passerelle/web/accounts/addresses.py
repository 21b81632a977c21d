"""Tell an address of our own from one that leads somewhere else."""

from urllib.parse import urlsplit

from flask import Request, current_app
from werkzeug.exceptions import HTTPException

LONGEST_ADDRESS = 2_000


def own_path(target: str | None) -> str | None:
    """`target` if it is a path of this installation, that a redirect may lead to; else None.

    Browsers read `//host`, `/\\host` and `/<tab>/host` as another host: none of them is a path here.
    """
    if not target or len(target) > LONGEST_ADDRESS or not target.startswith("/"):
        return None
    if "\\" in target or any(ord(character) <= 32 or ord(character) == 127 for character in target):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    written = target.partition("?")[0].partition("#")[0]  # urlsplit reads `///host` as the path `/host`
    if parts.scheme or parts.netloc or "//" in written:
        return None
    return target


def own_form_address(target: str | None) -> str | None:
    """`target` if it is a path of this installation that takes a form, outside the accounts; else None."""
    path = own_path(target)
    if path is None:
        return None
    try:
        endpoint, _values = current_app.url_map.bind("").match(urlsplit(path).path, method="POST")
    except HTTPException:
        return None
    return None if endpoint in ("accounts.sign_in", "accounts.enter", "accounts.sign_out") else path


def is_from_ourselves(request: Request) -> bool:
    """Whether the browser says that one of our own pages sent this form; a browser that says nothing may.

    A form that another site made its visitor send must not be shown back as the visitor's own text.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    said = request.headers.get("Origin") or request.headers.get("Referer")
    return said is None or urlsplit(said).netloc == request.host
