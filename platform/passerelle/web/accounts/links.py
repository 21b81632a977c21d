"""Come in by a link from a mail: a forgotten password, an invitation. Opening the link uses nothing up."""

from flask import request
from flask.typing import ResponseReturnValue

from passerelle.accounts.actions import describe, set_password
from passerelle.accounts.links import LinkIsOver, living_link, make_link, number_of, use_link
from passerelle.accounts.models import LinkPurpose, OneTimeLink
from passerelle.accounts.queries import user_by_email
from passerelle.accounts.throttle import Throttled
from passerelle.core.jobs import ask_for_mail
from passerelle.web.accounts.answers import show
from passerelle.web.accounts.blueprint import go_on, pages
from passerelle.web.accounts.entrance import count_reset, let_in_again, passwords
from passerelle.web.accounts.forms import AcceptForm, NewPasswordForm, ResetForm
from passerelle.web.database import db
from passerelle.web.identity import sign_in_as
from passerelle.web.permissions import public
from passerelle.web.services import now, services

NOBODY = 0  # a mail to this number is written down like any other, and sent to nobody


@pages.get("/reset")
@public
def forgotten(**_values: object) -> ResponseReturnValue:
    """Ask for the address of whoever forgot the password."""
    return show("accounts/forgotten.html", form=ResetForm(formdata=None))


@pages.post("/reset")
@public
def send_reset(**_values: object) -> ResponseReturnValue:
    """Have a link sent, if anybody has this address: the answer and the work are the same if nobody has."""
    form = ResetForm()
    if not form.validate():
        return show("accounts/forgotten.html", 422, form=form, has_errors=True)
    session, email = db.session(), str(form.email.data)
    try:
        count_reset(email, request)
    except Throttled as refused:
        return show("accounts/forgotten.html", 429, refused.until, form=form, has_errors=True)
    user = session.scalar(user_by_email(email))
    known = user if user and user.disabled_at is None else None
    link = make_link(session, LinkPurpose.RESET, known, now()).id if known else 0
    ask_for_mail(session, "reset", known.id if known else NOBODY, now(), {"link": link})
    session.commit()
    return show("accounts/reset_sent.html", email=email)


@pages.get("/reset/<token>")
@public
def reset(token: str, **_values: object) -> ResponseReturnValue:
    """Ask for a new password; the link stays good until one is chosen."""
    try:
        link = _link(token, LinkPurpose.RESET)
    except LinkIsOver:
        return show("accounts/link_over.html", 410, purpose="reset")
    return show("accounts/new_password.html", form=NewPasswordForm(formdata=None), email=link.user.email)


@pages.post("/reset/<token>")
@public
def set_new_password(token: str, **_values: object) -> ResponseReturnValue:
    """Choose a new password, once: every other sign-in ends, failed tries are forgotten."""
    return _choose(token, LinkPurpose.RESET, NewPasswordForm(), "accounts/new_password.html")


@pages.get("/invitation/<token>")
@public
def invitation(token: str, **_values: object) -> ResponseReturnValue:
    """Ask an invited person for a name and a password; the link stays good until they are given."""
    try:
        link = _link(token, LinkPurpose.INVITATION)
    except LinkIsOver:
        return show("accounts/link_over.html", 410, purpose="invitation")
    form = AcceptForm(formdata=None, name=link.user.name)
    return show("accounts/accept.html", form=form, email=link.user.email)


@pages.post("/invitation/<token>")
@public
def accept(token: str, **_values: object) -> ResponseReturnValue:
    """Accept an invitation, once: the person has a name and a password, and is signed in."""
    return _choose(token, LinkPurpose.INVITATION, AcceptForm(), "accounts/accept.html")


def _link(token: str, purpose: LinkPurpose) -> OneTimeLink:
    """The living link of this token, read only. Raises `LinkIsOver`."""
    number = number_of(token, purpose, services().settings.secret_key)
    link = db.session.scalar(living_link(number, purpose, now()))
    if link is None:
        raise LinkIsOver(f"link {number} does not work any more")
    return link


def _choose(token: str, purpose: LinkPurpose, form: NewPasswordForm, page: str) -> ResponseReturnValue:
    """Use the link up for the password in `form`, and go on signed in; nothing is used up by a mistake."""
    session = db.session()
    try:
        link = _link(token, purpose)
        number, email = link.id, link.user.email
        form.person_email = email
        if not form.validate():
            return show(page, 422, form=form, email=email, has_errors=True)
        session.rollback()  # let go of the database while hashing
        new = passwords().hash(str(form.password.data))
        user = use_link(session, number, purpose, now())
    except LinkIsOver:
        return show("accounts/link_over.html", 410, purpose=purpose.value)
    set_password(session, user, new, now())
    if isinstance(form, AcceptForm):
        describe(session, user, str(form.name.data), user.language)
    let_in_again(email)
    sign_in_as(user, stay=False)
    session.commit()
    return go_on()
