"""People on the command line: `users invite`, `users disable`, `users enable`, `users list`."""

import sys
from collections.abc import Collection, Mapping

import click
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from passerelle.accounts import actions
from passerelle.accounts.emails import NotAnAddress
from passerelle.accounts.models import Role, ScopeKind, User
from passerelle.accounts.queries import user_by_email
from passerelle.cli.opening import fail, opened
from passerelle.core.database import reading
from passerelle.vocabulary import LANGUAGES, PROVINCES, REGIONS
from passerelle.vocabulary.communes import AmbiguousCommune, UnknownCommune, find_commune
from passerelle.web.keeper import work_once
from passerelle.web.services import now

SCOPES: Mapping[ScopeKind, Collection[str]] = {
    ScopeKind.NATIONAL: ("",),
    ScopeKind.REGION: REGIONS.codes,
    ScopeKind.PROVINCE: PROVINCES.codes,
    ScopeKind.LANGUAGE: LANGUAGES,
}


@click.group()
def users() -> None:
    """Invite, disable, enable and list the people who can sign in."""


@users.command()
@click.argument("email")
@click.option("--name", default="", help="The person's name, if known.")
@click.option("--language", type=click.Choice(["fr", "nl", "de", "en"]), default="fr", show_default=True)
@click.option("--commune", help="NIS code or name of the commune the person is a member of.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default="contributor")
@click.option("--coordinator", metavar="SCOPE", help="national, region:CODE, province:CODE or language:CODE.")
@click.option("--administrator", is_flag=True, help="Accounts, communes and vocabulary; nothing editorial.")
def invite(  # noqa: PLR0913, PLR0917 (click hands every option over as an argument)
    email: str,
    name: str,
    language: str,
    commune: str | None,
    role: str,
    coordinator: str | None,
    administrator: bool,
) -> None:
    """Send EMAIL an invitation by mail that works once, for fourteen days."""
    if not (commune or coordinator or administrator):
        fail("say what for: --commune, --coordinator or --administrator")
    membership = (_commune(commune), Role(role)) if commune else None
    scope = _scope(coordinator) if coordinator else None
    with opened() as platform:
        with platform.sessions.begin() as session:
            try:
                link = actions.invite(
                    session,
                    email,
                    language,
                    now(),
                    name=name,
                    membership=membership,
                    scope=scope,
                    administrator=administrator,
                )
            except NotAnAddress:
                fail(f"{email!r} is not an e-mail address")
        work_once(platform)
    click.echo(f"Invited {email}." if link else f"{email} has an account already: it was given this too.")


def _commune(text: str) -> str:
    try:
        return find_commune(text).nis
    except (UnknownCommune, AmbiguousCommune) as error:
        fail(str(error))


def _scope(text: str) -> tuple[ScopeKind, str]:
    kind, _, value = text.partition(":")
    if kind not in tuple(ScopeKind) or (kind == ScopeKind.NATIONAL) != (value == ""):
        fail(f"{text!r} is no scope: use national, region:CODE, province:CODE or language:CODE")
    known = SCOPES[ScopeKind(kind)]
    if value not in known:
        fail(f"{value!r} is no {kind}: use {', '.join(known)}")
    return ScopeKind(kind), value


@users.command()
@click.argument("email")
def disable(email: str) -> None:
    """Keep EMAIL from signing in, and end every sign-in of theirs now."""
    with opened() as platform, platform.sessions.begin() as session:
        actions.disable(session, _person(session, email), now())
    click.echo(f"{email} cannot sign in any more.")


@users.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let EMAIL sign in again after `users disable`, with the password and the duties they had."""
    with opened() as platform, platform.sessions.begin() as session:
        actions.enable(session, _person(session, email))
    click.echo(f"{email} can sign in again.")


def _person(session: Session, email: str) -> User:
    """The person with this address; leaves when there is none."""
    return session.scalar(user_by_email(email)) or fail(f"nobody has the address {email}")


@users.command("list")
def list_command() -> None:
    """One line a person: address, state, and what they may do."""
    with opened() as platform, reading(platform.sessions) as session:
        for user in _everybody(session):
            sys.stdout.write("\t".join((user.email, _state(user), _duties(user))) + "\n")


def _everybody(session: Session) -> list[User]:
    query = select(User).order_by(User.email)
    return list(session.scalars(query.options(selectinload(User.memberships), selectinload(User.scopes))))


def _state(user: User) -> str:
    if user.disabled_at is not None:
        return "disabled"
    return "active" if user.password_hash else "invited"


def _duties(user: User) -> str:
    found = [f"{each.role} of {each.commune_nis}" for each in user.memberships]
    found += [f"coordinator {each.kind} {each.value}".strip() for each in user.scopes]
    return ", ".join(found + (["administrator"] if user.is_administrator else [])) or "-"
