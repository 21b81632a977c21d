"""Know who is asking: a cookie with a random token, a row that says it still counts."""

import logging
from typing import cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.exc import SQLAlchemyError

from passerelle.accounts.models import SignIn, User
from passerelle.accounts.queries import living_sign_in
from passerelle.accounts.sign_ins import begin_sign_in, end_sign_in, hash_of, is_due, touch
from passerelle.core.database import writing
from passerelle.policy import Actor
from passerelle.web.accounts.addresses import is_from_ourselves
from passerelle.web.accounts.answers import ask_again, show_sign_in
from passerelle.web.accounts.kept import Kept
from passerelle.web.database import SAFE_METHODS, db
from passerelle.web.services import now, services

logger = logging.getLogger("passerelle.web")
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


@login_manager.user_loader  # type: ignore[untyped-decorator]  # flask_login has no types
def load_signed_in(token: str) -> SignedIn | None:
    """The person whose living sign-in has this token, else nobody."""
    sign_in = db.session.scalar(living_sign_in(hash_of(token), now()))
    if sign_in is None:
        return None
    if is_due(sign_in, now()):
        _touch(sign_in.id)
    return SignedIn(token, sign_in)


def _touch(number: int) -> None:
    """Write down that the sign-in is used: in a transaction of its own while a page is only read.

    A full disk must not keep anybody from reading: what cannot be written down now is written next time.
    """
    if request.method not in SAFE_METHODS:
        touch(db.session(), number, now())
        return
    try:
        with writing(services().sessions) as own:
            touch(own, number, now())
    except SQLAlchemyError as error:
        logger.warning("the use of a sign-in could not be written down: %s", type(error).__name__)


def current_person() -> User | None:
    """The signed-in person, or None."""
    return cast("SignedIn", current_user).user if current_user.is_authenticated else None


def current_sign_in() -> SignIn | None:
    """The sign-in of this browser, or None."""
    return cast("SignedIn", current_user).sign_in if current_user.is_authenticated else None


def current_actor() -> Actor:
    """The signed-in person as far as permissions go; nobody when nobody is signed in."""
    if "actor" not in g:
        g.actor = Actor.of(current_person())
    return cast("Actor", g.actor)  # g is untyped in Flask


def sign_in_as(user: User, *, stay: bool) -> None:
    """This browser is `user` from now on, under a new session: what it held before, tokens too, is over.

    `stay` keeps the cookie when the browser is closed. Nothing counts before the caller commits.
    """
    if (before := current_sign_in()) is not None:
        end_sign_in(db.session(), before.id, now())
    token, sign_in = begin_sign_in(db.session(), user, now())
    forget_session()
    session.permanent = stay
    login_user(SignedIn(token, sign_in))
    session.pop("_id", None)  # made of the browser's address and name: we keep neither
    g.actor = Actor.of(user)


def forget_session() -> None:
    """The browser's session is empty, and whatever this request knew from it is forgotten."""
    logout_user()
    session.clear()
    g.pop("csrf_token", None)
    g.pop("actor", None)


def ask_nobody() -> None:
    """For the rest of this request nobody is signed in: its page is made without asking the database."""
    g.actor = Actor()
    g._login_user = login_manager.anonymous_user()  # where Flask-Login keeps the person


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead a visitor to the sign-in page, and back here afterwards.

    What a form sent is not lost: the sign-in page carries it along, and gives it back for sending again.
    """
    if request.method in SAFE_METHODS:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    return show_sign_in(kept=Kept.of_request(request), status=401)


def answer_lost_token() -> ResponseReturnValue | None:
    """Answer one of our own forms whose token no longer fits: what was typed is kept, the form sent again.

    It happens after signing in again in another tab, or when the browser lost its cookies. None for a form
    that another site may have made: it would show its words as the visitor's own, and end their sign-in by
    setting a new cookie.
    """
    if not is_from_ourselves(request):
        return None
    if request.endpoint == "accounts.enter":
        return show_sign_in(kept=Kept.of_sign_in(request.form), status=400, expired=True)
    kept = Kept.of_request(request)
    if kept is None:
        return None
    view = current_app.view_functions[str(request.endpoint)]
    if getattr(view, "permission", None) is not None and not current_actor().signed_in:
        return show_sign_in(kept=kept, status=401)
    return ask_again(kept, status=400)


def init_identity(app: Flask) -> None:
    """Connect Flask-Login to `app`."""
    login_manager.init_app(app)
    # It would read the session for every answer, to keep a cookie that we do not have: then no answer
    # could be the same for everybody (`Vary: Cookie`).
    app.after_request_funcs[None].remove(login_manager._update_remember_cookie)
