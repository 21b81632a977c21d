"""Read communes and people."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from passerelle.accounts.models import Commune, SignIn, User

LONGEST_SIGN_IN = timedelta(days=7)
LONGEST_IDLE = timedelta(hours=12)


def user_by_email(email: str) -> Select[User]:
    """The person with this address, compared in lower case."""
    return select(User).where(User.email == email.strip().lower())


def commune_by_nis(nis: str) -> Select[Commune]:
    """The commune with this NIS code."""
    return select(Commune).where(Commune.nis == nis)


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
