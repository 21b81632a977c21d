"""Set the headers that keep a page to itself: on every answer, errors and static files included."""

from flask import Flask, g
from flask.wrappers import Response

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


def init_headers(app: Flask, *, secure: bool) -> None:
    """Add the headers to every answer of `app`; `secure` when visitors reach it by https."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        given = {name for name, _value in response.headers}
        for name, value in HEADERS.items():
            if name not in given:
                response.headers.add(name, value)
        if secure:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        if "actor" in g and g.actor.signed_in:
            response.headers["Cache-Control"] = "no-store"
        return response
