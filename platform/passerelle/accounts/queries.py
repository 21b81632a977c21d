"""Read communes and people."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from passerelle.accounts.models import Membership, Role, SignIn, User

LONGEST_SIGN_IN = timedelta(days=7)
LONGEST_IDLE = timedelta(hours=12)


def user_by_email(email: str) -> Select[User]:
    """The person with this address, compared in lower case."""
    return select(User).where(User.email == email.strip().lower())


def people() -> Select[User]:
    """Everybody, by address, with memberships and scopes."""
    return (
        select(User).order_by(User.email).options(selectinload(User.memberships), selectinload(User.scopes))
    )


def members_of(nis: str) -> Select[Membership]:
    """The members of a commune with their persons: those who can manage it first, then by address."""
    return (
        select(Membership)
        .join(Membership.user)
        .where(Membership.commune_nis == nis)
        .order_by(Membership.role != Role.MANAGER, User.email)
        .options(joinedload(Membership.user))
    )


def membership_in(nis: str, number: int) -> Select[Membership]:
    """The membership with this number, if it is one of this commune."""
    return members_of(nis).where(Membership.id == number)


def managers_of(nis: str) -> Select[Membership]:
    """The members who manage a commune and can sign in: invited or suspended ones do not count."""
    return (
        select(Membership)
        .join(Membership.user)
        .where(
            Membership.commune_nis == nis,
            Membership.role == Role.MANAGER,
            User.disabled_at.is_(None),
            User.password_hash.is_not(None),
        )
    )


def living_sign_in(token_hash: str, at: datetime) -> Select[SignIn]:
    """The sign-in of the token with this hash, unless it was ended, is too old or idle, or its person is out.

    A sign-in lives seven days at the most, and twelve hours without being used (RELIABILITY, goal 14).
    """
    return (
        select(SignIn)
        .join(SignIn.user)
        .where(
            SignIn.token_hash == token_hash,
            SignIn.ended_at.is_(None),
            SignIn.created_at > at - LONGEST_SIGN_IN,
            SignIn.last_seen_at > at - LONGEST_IDLE,
            User.disabled_at.is_(None),
        )
        .options(
            selectinload(SignIn.user).selectinload(User.memberships),
            selectinload(SignIn.user).selectinload(User.scopes),
        )
    )
