"""Write communes and people."""

from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.emails import clean_email
from passerelle.accounts.links import end_links, make_link
from passerelle.accounts.models import (
    Commune,
    CoordinatorScope,
    LinkPurpose,
    Membership,
    OneTimeLink,
    Role,
    ScopeKind,
    User,
)
from passerelle.accounts.queries import managers_of, user_by_email
from passerelle.accounts.sign_ins import end_sign_ins
from passerelle.core.jobs import ask_for_mail
from passerelle.core.text import clean_line
from passerelle.vocabulary.communes import communes


class LastManager(Exception):
    """Without this person the commune would have nobody who manages it."""


class AlreadyMember(Exception):
    """The person is a member of the commune already: change the role instead."""


class IsCoordinator(Exception):
    """The person coordinates: made a member, they could not review the sheets of the commune any more."""


class Grants(TypedDict, total=False):
    """What a person is given: a role in a commune (NIS code), a scope to coordinate, administration."""

    name: str
    membership: tuple[str, Role] | None
    scope: tuple[ScopeKind, str] | None
    administrator: bool


class Invited(Grants, total=False):
    """What an invitation gives, and who gives it (nobody: a command)."""

    by: User | None


def load_communes(session: Session) -> int:
    """Make the table of communes say what the vocabulary does; answers how many rows changed."""
    known = {commune.nis: commune for commune in session.scalars(select(Commune))}
    changed = 0
    for record in communes():
        row = known.get(record.nis) or Commune(nis=record.nis)
        values = {
            "name_fr": record.name_fr,
            "name_nl": record.name_nl,
            "name_de": record.name_de,
            "province": record.area,  # one of the ten provinces, or Brussels
            "region": record.region,
            "languages": ",".join(record.languages),
        }
        if row.nis not in known or any(getattr(row, key) != value for key, value in values.items()):
            for key, value in values.items():
                setattr(row, key, value)
            session.add(row)
            changed += 1
    session.flush()
    return changed


def add_person(session: Session, email: str, language: str, at: datetime, **grants: Unpack[Grants]) -> User:
    """The person with this address, made if there was none, with everything in `grants` added.

    Who exists already keeps name, language and password. Without a password nobody can sign in: see `invite`
    and `set_password`. Raises `NotAnAddress`.
    """
    email = clean_email(email)
    user = session.scalar(user_by_email(email))
    if user is None:
        name = clean_line(grants.get("name", ""))
        user = User(email=email, name=name, language=language, created_at=at)
        session.add(user)
    user.is_administrator = bool(user.is_administrator or grants.get("administrator"))
    _give(user, grants.get("membership"), grants.get("scope"), at)
    session.flush()
    return user


def _give(
    user: User, membership: tuple[str, Role] | None, scope: tuple[ScopeKind, str] | None, at: datetime
) -> None:
    """Add the membership and the scope that the person does not have yet; a role already held stays."""
    if membership and membership[0] not in {each.commune_nis for each in user.memberships}:
        user.memberships.append(Membership(commune_nis=membership[0], role=membership[1], created_at=at))
    if scope and scope not in {(each.kind, each.value) for each in user.scopes}:
        user.scopes.append(CoordinatorScope(kind=scope[0], value=scope[1], created_at=at))


def invite(
    session: Session, email: str, language: str, at: datetime, **invited: Unpack[Invited]
) -> OneTimeLink | None:
    """Ask a person in by mail: answers the link with which they choose a password.

    Who has a password already is told by mail what they were given, and keeps it: the answer is None. A
    suspended person is told nothing. Raises `NotAnAddress`.
    """
    membership = invited.get("membership")
    grants: Grants = {
        "name": invited.get("name", ""),
        "membership": membership,
        "scope": invited.get("scope"),
        "administrator": invited.get("administrator", False),
    }
    user = add_person(session, email, language, at, **grants)
    about: dict[str, object] = {"commune": membership[0]} if membership else {}
    if user.disabled_at is not None:
        return None
    if user.password_hash:
        ask_for_mail(session, "membership_added", user.id, at, about)
        return None
    link = make_link(session, LinkPurpose.INVITATION, user, at, invited.get("by"))
    ask_for_mail(session, "invitation", user.id, at, about | {"link": link.id})
    return link


def invite_member(
    session: Session, email: str, language: str, at: datetime, *, membership: tuple[str, Role], by: User
) -> OneTimeLink | None:
    """`invite` to one commune. Raises `AlreadyMember`, `IsCoordinator` for people who are, `NotAnAddress`.

    Who is a member but has not chosen a password yet gets a new mail: the first may have been lost.
    """
    known = session.scalar(user_by_email(clean_email(email)))
    if known and known.scopes:
        raise IsCoordinator(f"user {known.id} coordinates: an administrator gives them a role")
    if known and known.password_hash and membership[0] in {each.commune_nis for each in known.memberships}:
        raise AlreadyMember(f"{membership[0]} has this member already")
    return invite(session, email, language, at, membership=membership, by=by)


def set_password(session: Session, user: User, password_hash: str, at: datetime) -> None:
    """From now on only this password opens the account: every sign-in and every link sent before is over."""
    user.password_hash = password_hash
    end_sign_ins(session, user, at)
    end_links(session, user, at)
    session.flush()


def describe(session: Session, user: User, name: str, language: str) -> None:
    """The person is called `name` and reads `language`. Raises `UnreadableText`."""
    user.name, user.language = clean_line(name), language
    session.flush()


def disable(session: Session, user: User, at: datetime) -> None:
    """The person cannot come in any more, in no browser and by no link; what they wrote stays."""
    user.disabled_at = user.disabled_at or at
    end_sign_ins(session, user, at)
    end_links(session, user, at)
    session.flush()


def enable(session: Session, user: User) -> None:
    """The person may sign in again, with the password they had."""
    user.disabled_at = None
    session.flush()


def change_role(session: Session, membership: Membership, role: Role, *, may_orphan: bool) -> None:
    """The member has this role from now on. Raises `LastManager`, unless `may_orphan`."""
    if role is not Role.MANAGER and not may_orphan:
        _keep_a_manager(session, membership)
    membership.role = role
    session.flush()


def remove_member(session: Session, membership: Membership, *, may_orphan: bool) -> None:
    """The person is no member of the commune any more; the account stays. Raises `LastManager`."""
    if not may_orphan:
        _keep_a_manager(session, membership)
    session.delete(membership)
    session.flush()


def _keep_a_manager(session: Session, leaving: Membership) -> None:
    """Raise `LastManager` when nobody else manages the commune; the rows are locked until the commit."""
    if leaving.role != Role.MANAGER:
        return
    managers = session.scalars(managers_of(leaving.commune_nis).with_for_update(of=Membership)).all()
    if not any(each.id != leaving.id for each in managers):
        raise LastManager(f"{leaving.commune_nis} would have no manager: make somebody else one first")
