"""Know who is asking: a cookie with a random token, a row that says it still counts."""

import hashlib
from typing import cast

from flask import Flask, g, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from passerelle.accounts.models import SignIn, User
from passerelle.accounts.queries import living_sign_in
from passerelle.policy import Actor
from passerelle.web.database import db
from passerelle.web.services import now

login_manager = LoginManager()
login_manager.session_protection = None  # it stores the browser's address; our rows end sessions themselves


class SignedIn(UserMixin):  # type: ignore[misc]  # flask_login has no types
    """The person of a living sign-in, as Flask-Login wants it: its id is the token of the cookie."""

    def __init__(self, token: str, sign_in: SignIn) -> None:
        self.token = token
        self.sign_in = sign_in

    @property
    def user(self) -> User:
        """The person."""
        return self.sign_in.user

    def get_id(self) -> str:
        """The token: what the session keeps."""
        return self.token


def hash_of(token: str) -> str:
    """What the database keeps of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


@login_manager.user_loader  # type: ignore[untyped-decorator]  # flask_login has no types
def load_signed_in(token: str) -> SignedIn | None:
    """The person whose living sign-in has this token, else nobody."""
    sign_in = db.session.scalar(living_sign_in(hash_of(token), now()))
    return SignedIn(token, sign_in) if sign_in else None


def current_person() -> User | None:
    """The signed-in person, or None."""
    return cast("SignedIn", current_user).user if current_user.is_authenticated else None


def current_actor() -> Actor:
    """The signed-in person as far as permissions go; nobody when nobody is signed in."""
    if "actor" not in g:
        g.actor = Actor.of(current_person())
    return cast("Actor", g.actor)  # g is untyped in Flask


def ask_to_sign_in() -> Response:
    """Lead a visitor to the sign-in page, and back here afterwards (only to a page that can be read)."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=back))


def init_identity(app: Flask) -> None:
    """Connect Flask-Login to `app`, but not its remember cookie: it opens the session on every page."""
    app.login_manager = login_manager  # type: ignore[attr-defined]  # where Flask-Login looks for it
