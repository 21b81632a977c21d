"""Begin, prolong and end sign-ins: each is a row, and the browser holds only a random token."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from passerelle.accounts.models import SignIn, User

TOKEN_BYTES = 32
TOUCH_EVERY = timedelta(minutes=10)


def hash_of(token: str) -> str:
    """What the database keeps of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_sign_in(session: Session, user: User, at: datetime) -> tuple[str, SignIn]:
    """A new sign-in of `user`; answers the token for the browser, which is kept nowhere else, and the row."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = SignIn(token_hash=hash_of(token), user=user, created_at=at, last_seen_at=at)
    session.add(row)
    session.flush()
    return token, row


def is_due(sign_in: SignIn, at: datetime) -> bool:
    """Whether it is time to write down again that the sign-in is used."""
    return at - sign_in.last_seen_at >= TOUCH_EVERY


def touch(session: Session, number: int, at: datetime) -> None:
    """The sign-in with this number was used at `at`; written down once in ten minutes at the most."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == number, SignIn.ended_at.is_(None), SignIn.last_seen_at <= at - TOUCH_EVERY)
        .values(last_seen_at=at)
        .execution_options(synchronize_session=False)
    )


def end_sign_in(session: Session, number: int, at: datetime) -> None:
    """The sign-in with this number is over: its token, and every copy of the cookie, is dead."""
    _end(session, SignIn.id == number, at)


def end_sign_ins(session: Session, user: User, at: datetime) -> None:
    """Every sign-in of `user` is over, in every browser."""
    _end(session, SignIn.user_id == user.id, at)


def _end(session: Session, which: ColumnElement[bool], at: datetime) -> None:
    session.execute(
        update(SignIn)
        .where(which, SignIn.ended_at.is_(None))
        .values(ended_at=at)
        .execution_options(synchronize_session="fetch")
    )
