"""My account: name, language, password, and signing out everywhere."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passerelle.accounts.actions import describe, set_password
from passerelle.accounts.models import User
from passerelle.accounts.sign_ins import end_sign_ins
from passerelle.accounts.throttle import Throttled
from passerelle.policy import Permission, Subject, may
from passerelle.vocabulary import ROLES
from passerelle.web.accounts.answers import show, wait_in_words
from passerelle.web.accounts.blueprint import pages
from passerelle.web.accounts.entrance import confirm, passwords
from passerelle.web.accounts.forms import AccountForm, ChangePasswordForm
from passerelle.web.database import db
from passerelle.web.identity import current_actor, current_person, forget_session, sign_in_as
from passerelle.web.languages import current_language
from passerelle.web.permissions import requires
from passerelle.web.services import now


def _person() -> User:
    """The signed-in person: every page here requires one."""
    person = current_person()
    if person is None:  # the decorator lets nobody else through
        raise LookupError("nobody is signed in")
    return person


def _page(
    person: User,
    about: AccountForm | None = None,
    password: ChangePasswordForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    about = about or AccountForm(formdata=None, name=person.name, language=person.language)
    password = password or ChangePasswordForm(formdata=None)
    wrong = status != 200
    return show(
        "accounts/account.html",
        status,
        person=person,
        communes=_communes_of(person),
        about=about,
        form=password,
        has_errors=wrong,
    )


def _communes_of(person: User) -> list[tuple[str, str, str | None]]:
    """The communes of this person: name, role, and where the members are managed by whoever may."""
    language, actor = current_language(), current_actor()
    return [
        (
            each.commune.name(language),
            ROLES.label(each.role, language),
            url_for("accounts.members", nis=each.commune_nis)
            if may(actor, Permission.MANAGE_MEMBERS, Subject.of_commune(each.commune))
            else None,
        )
        for each in person.memberships
    ]


@pages.get("/account")
@requires(Permission.USE_DASHBOARD)
def account(**_values: object) -> ResponseReturnValue:
    """The page with everything that is one's own."""
    return _page(_person())


@pages.post("/account")
@requires(Permission.USE_DASHBOARD)
def change_account(**_values: object) -> ResponseReturnValue:
    """Keep the name and the language, and go on in that language."""
    form, person = AccountForm(), _person()
    if not form.validate():
        return _page(person, about=form, status=422)
    describe(db.session(), person, str(form.name.data), str(form.language.data))
    language = person.language
    db.session.commit()
    flash(_("Your name and your language are saved."), "ok")
    return redirect(url_for("accounts.account", lang=language))


@pages.get("/account/password")
@requires(Permission.USE_DASHBOARD)
def password(**_values: object) -> ResponseReturnValue:
    """The password is changed on the page of the account."""
    return redirect(url_for("accounts.account", _anchor="password-title"))


@pages.post("/account/password")
@requires(Permission.USE_DASHBOARD)
def change_password(**_values: object) -> ResponseReturnValue:
    """Change the password: every browser is signed out, but this one signed in anew."""
    form, person = ChangePasswordForm(), _person()
    form.person_email = person.email
    if not form.validate():
        return _page(person, password=form, status=422)
    try:
        known = confirm(person, str(form.current_password.data))
    except Throttled as refused:
        form.current_password.errors = [wait_in_words(refused.until)]
        return _page(person, password=form, status=429)
    if not known:
        form.current_password.errors = [_("This is not your current password.")]
        return _page(person, password=form, status=422)
    db.session.commit()  # let go of the database while hashing
    new = passwords().hash(str(form.password.data))
    set_password(db.session(), person, new, now())
    sign_in_as(person, stay=False)
    db.session.commit()
    flash(_("Your password is changed. All other browsers are signed out."), "ok")
    return redirect(url_for("accounts.account"))


@pages.post("/account/sign-out-everywhere")
@requires(Permission.USE_DASHBOARD)
def sign_out_everywhere(**_values: object) -> ResponseReturnValue:
    """End every sign-in of this person, this one too."""
    end_sign_ins(db.session(), _person(), now())
    forget_session()
    db.session.commit()
    flash(_("You are signed out in every browser."), "ok")
    return redirect(url_for("accounts.sign_in"))
