"""Sign in and out."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from passerelle.accounts.sign_ins import end_sign_in
from passerelle.accounts.throttle import Throttled
from passerelle.web.accounts import account, links, members
from passerelle.web.accounts.answers import ask_again, show_sign_in
from passerelle.web.accounts.blueprint import go_on, pages
from passerelle.web.accounts.entrance import NotRecognised, recognise
from passerelle.web.accounts.forms import SignInForm
from passerelle.web.accounts.kept import Kept
from passerelle.web.database import db
from passerelle.web.identity import current_actor, current_sign_in, forget_session, sign_in_as
from passerelle.web.permissions import public
from passerelle.web.services import now

__all__ = ["account", "links", "members", "pages"]


@pages.get("/sign-in")
@public
def sign_in(**_values: object) -> ResponseReturnValue:
    """The sign-in page; who is signed in already goes on."""
    if current_actor().signed_in:
        return go_on(request.args.get("next"))
    return show_sign_in(SignInForm(formdata=None, next=request.args.get("next")))


@pages.post("/sign-in")
@public
def enter(**_values: object) -> ResponseReturnValue:
    """Sign in: a new session, and on to where the person wanted to go, with what they had typed."""
    form, kept = SignInForm(), Kept.of_sign_in(request.form)
    if not form.validate():
        return show_sign_in(form, kept=kept, status=422)
    try:
        user = recognise(form.email.data, form.password.data, request)
    except Throttled as refused:
        return show_sign_in(form, kept=kept, status=429, until=refused.until)
    except NotRecognised:
        return show_sign_in(form, kept=kept, status=422)
    sign_in_as(user, stay=bool(form.keep.data))
    db.session.commit()
    return ask_again(kept) if kept else go_on(form.next.data)


@pages.post("/sign-out")
@public
def sign_out(**_values: object) -> ResponseReturnValue:
    """End the sign-in for good: a copy of the cookie is worth nothing any more."""
    row = current_sign_in()
    if row is not None:
        end_sign_in(db.session(), row.id, now())
    forget_session()
    db.session.commit()
    return redirect(url_for("public.home"))
