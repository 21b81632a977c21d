"""Make and use the links that work once: what is sent is a signed number, what counts is its row."""

from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, joinedload

from passerelle.accounts.models import LinkPurpose, OneTimeLink, User

LIFE = {LinkPurpose.INVITATION: timedelta(days=14), LinkPurpose.RESET: timedelta(hours=2)}
LONGEST_TOKEN = 200


class LinkIsOver(Exception):
    """The link was used, is too old, was never ours, or its person has no account any more."""


def make_link(
    session: Session, purpose: LinkPurpose, user: User, at: datetime, by: User | None = None
) -> OneTimeLink:
    """A new link for `user`: an invitation works for fourteen days, a reset for two hours."""
    link = OneTimeLink(
        purpose=purpose,
        user=user,
        created_at=at,
        created_by=by.id if by else None,
        expires_at=at + LIFE[purpose],
    )
    session.add(link)
    session.flush()
    return link


def token_of(number: int, purpose: LinkPurpose, secret: str) -> str:
    """What stands in the address of the link with this number: signed, for this purpose only."""
    return _signer(purpose, secret).dumps(number)


def number_of(token: str, purpose: LinkPurpose, secret: str) -> int:
    """The number that `token_of` signed. Raises `LinkIsOver` when we never signed it for this purpose."""
    try:
        number = _signer(purpose, secret).loads(token[:LONGEST_TOKEN])
    except BadData:
        raise LinkIsOver("the signature is not ours") from None
    return int(number)


def living_link(number: int, purpose: LinkPurpose, at: datetime) -> Select[OneTimeLink]:
    """The link with this number and its person, if it still works at `at`. Reading it uses nothing up."""
    return (
        select(OneTimeLink)
        .join(OneTimeLink.user)
        .where(
            OneTimeLink.id == number,
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > at,
            User.disabled_at.is_(None),
        )
        .options(joinedload(OneTimeLink.user))
    )


def use_link(session: Session, number: int, purpose: LinkPurpose, at: datetime) -> User:
    """Use the link up and answer its person. Raises `LinkIsOver`: of two at the same moment, one succeeds."""
    link = session.scalar(living_link(number, purpose, at))
    if link is None:
        raise LinkIsOver(f"link {number} does not work any more: ask for a new one")
    used = session.connection().execute(
        update(OneTimeLink).where(OneTimeLink.id == number, OneTimeLink.used_at.is_(None)).values(used_at=at)
    )
    if used.rowcount != 1:
        raise LinkIsOver(f"link {number} was used a moment ago")
    session.expire(link)
    return link.user


def end_links(session: Session, user: User, at: datetime) -> None:
    """No link sent to `user` so far works any more."""
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None))
        .values(used_at=at)
        .execution_options(synchronize_session="fetch")
    )


def _signer(purpose: LinkPurpose, secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=f"passerelle.link.{purpose}")
