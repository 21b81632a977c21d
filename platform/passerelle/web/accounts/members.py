"""The members of a commune, for those who manage them."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passerelle.accounts import actions
from passerelle.accounts.actions import AlreadyMember, IsCoordinator, LastManager
from passerelle.accounts.models import Commune, Membership, Role
from passerelle.accounts.queries import members_of, membership_in
from passerelle.policy import Permission
from passerelle.vocabulary import ROLES
from passerelle.web.accounts.answers import show
from passerelle.web.accounts.blueprint import pages
from passerelle.web.accounts.forms import InviteForm, RoleForm, role_choices
from passerelle.web.database import db
from passerelle.web.identity import current_actor, current_person
from passerelle.web.languages import current_language
from passerelle.web.permissions import requires
from passerelle.web.services import now


def _invite_form(commune: Commune, *, typed: bool) -> InviteForm:
    """The form to invite somebody, in the commune's own language unless another is chosen."""
    spoken = commune.languages.split(",")[0]
    form = InviteForm(language=spoken) if typed else InviteForm(formdata=None, language=spoken)
    form.role.choices = role_choices(current_language())
    return form


def _page(
    commune: Commune, form: InviteForm | None = None, status: int = 200, *, orphan: bool = False
) -> ResponseReturnValue:
    return show(
        "accounts/members.html",
        status,
        commune=commune,
        members=db.session.scalars(members_of(commune.nis)).all(),
        roles=[(role.value, ROLES.label(role.value, current_language())) for role in Role],
        form=form or _invite_form(commune, typed=False),
        orphan=orphan,
        has_errors=status != 200,
    )


@pages.get("/communes/<nis:nis>/members")
@requires(Permission.MANAGE_MEMBERS)
def members(commune: Commune) -> ResponseReturnValue:
    """Who belongs to the commune, and as what."""
    return _page(commune)


@pages.post("/communes/<nis:nis>/members")
@requires(Permission.MANAGE_MEMBERS)
def invite(commune: Commune) -> ResponseReturnValue:
    """Invite somebody to the commune by mail."""
    form, by = _invite_form(commune, typed=True), current_person()
    if not form.validate() or by is None:
        return _page(commune, form, 422)
    email, nis = str(form.email.data), commune.nis
    asked = (nis, Role(str(form.role.data)))
    try:
        actions.invite_member(db.session(), email, str(form.language.data), now(), membership=asked, by=by)
    except AlreadyMember:
        form.email.errors = [_("This person is a member already. You can change the role in the list.")]
        return _page(commune, form, 422)
    except IsCoordinator:
        form.email.errors = [
            _("This person coordinates and reviews sheets. Only an administrator can make them a member.")
        ]
        return _page(commune, form, 422)
    db.session.commit()
    flash(_("We are writing to %(email)s.", email=email), "ok")
    return redirect(url_for("accounts.members", nis=nis))


@pages.get("/communes/<nis:nis>/members/<number:member>/role")
@requires(Permission.MANAGE_MEMBERS)
def role_of(commune: Commune, member: int) -> ResponseReturnValue:
    """The role is chosen in the list."""
    return redirect(url_for("accounts.members", nis=commune.nis, _anchor=f"member-{member}"))


@pages.post("/communes/<nis:nis>/members/<number:member>/role")
@requires(Permission.MANAGE_MEMBERS)
def change_role(commune: Commune, member: int) -> ResponseReturnValue:
    """Give a member another role; the last manager stays one."""
    membership, form = _membership(commune, member), RoleForm()
    form.role.choices = role_choices(current_language())
    if not form.validate():
        abort(422)
    role = Role(str(form.role.data))
    try:
        actions.change_role(db.session(), membership, role, may_orphan=_may_orphan())
    except LastManager:
        return _page(commune, status=409, orphan=True)
    said = _("The role of %(email)s is changed.", email=membership.user.email)
    return _changed(commune, membership, said, stays=role is Role.MANAGER)


@pages.get("/communes/<nis:nis>/members/<number:member>/remove")
@requires(Permission.MANAGE_MEMBERS)
def ask_to_remove(commune: Commune, member: int) -> ResponseReturnValue:
    """Ask whether the member shall really go."""
    membership = _membership(commune, member)
    return show("accounts/remove_member.html", commune=commune, membership=membership)


@pages.post("/communes/<nis:nis>/members/<number:member>/remove")
@requires(Permission.MANAGE_MEMBERS)
def remove(commune: Commune, member: int) -> ResponseReturnValue:
    """The person is no member any more; the last manager stays."""
    membership = _membership(commune, member)
    try:
        actions.remove_member(db.session(), membership, may_orphan=_may_orphan())
    except LastManager:
        return _page(commune, status=409, orphan=True)
    said = _("%(email)s is no longer a member.", email=membership.user.email)
    return _changed(commune, membership, said, stays=False)


def _membership(commune: Commune, number: int) -> Membership:
    """The membership with this number in this commune; 404 when there is none, in another commune too."""
    return db.session.scalar(membership_in(commune.nis, number)) or abort(404)


def _may_orphan() -> bool:
    """Whether this person may leave a commune without a manager: an administrator can invite the next one."""
    return current_actor().is_administrator


def _changed(commune: Commune, membership: Membership, said: str, *, stays: bool) -> ResponseReturnValue:
    """Commit, and lead back to the list; whoever gave up managing goes to the dashboard."""
    own = membership.user_id == current_actor().user_id and not current_actor().is_administrator
    away = own and not stays
    address = url_for("my.dashboard") if away else url_for("accounts.members", nis=commune.nis)
    db.session.commit()
    flash(said, "ok")
    return redirect(address)
