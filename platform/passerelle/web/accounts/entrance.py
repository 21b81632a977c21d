"""Check who comes in: tries are counted first, and hashing never holds the database."""

import ipaddress

from flask import Request

from passerelle.accounts import throttle
from passerelle.accounts.models import User
from passerelle.accounts.passwords import Passwords, passwords_for
from passerelle.accounts.queries import user_by_email
from passerelle.accounts.throttle import (
    CHECK_BY_PERSON,
    RESET_BY_EMAIL,
    RESET_BY_NETWORK,
    SIGN_IN_BY_EMAIL,
    SIGN_IN_BY_NETWORK,
    Counted,
    Limit,
)
from passerelle.web.database import db
from passerelle.web.services import now, services


class NotRecognised(Exception):
    """The address and the password do not belong together; which of the two is wrong is never said."""


def passwords() -> Passwords:
    """What this installation hashes with."""
    return passwords_for(services().settings)


def counted_as(limit: Limit, who: str) -> Counted:
    """What `limit` counts for `who` in this installation."""
    return throttle.counted(limit, who, services().settings.secret_key)


def recognise(email: str, password: str, request: Request) -> User:
    """The person with this address and password, in a new transaction that the caller commits.

    A try is counted for the address and for the network before anything is hashed, and counts no longer once
    it went well: only failures add up. The work is the same for an address nobody has. Raises `Throttled`,
    `NotRecognised`.
    """
    session, by_email = db.session(), counted_as(SIGN_IN_BY_EMAIL, email.strip())
    numbers = throttle.count(session, [by_email, *_of_network(SIGN_IN_BY_NETWORK, request)], now())
    user = session.scalar(user_by_email(email))
    kept = user.password_hash if user and user.disabled_at is None else None
    session.commit()
    if not passwords().match(kept, password):
        raise NotRecognised
    renewed = passwords().hash(password) if kept and passwords().is_outdated(kept) else kept
    user = session.scalar(user_by_email(email))
    if user is None or user.disabled_at is not None or user.password_hash != kept:
        raise NotRecognised  # suspended, or another password, a moment ago
    user.password_hash = renewed
    throttle.forgive(session, numbers)
    throttle.clear(session, by_email)
    return user


def confirm(user: User, password: str) -> bool:
    """Whether this is the person's own password; commits the counted try. Raises `Throttled`."""
    session, kept = db.session(), user.password_hash
    numbers = throttle.count(session, [counted_as(CHECK_BY_PERSON, str(user.id))], now())
    session.commit()
    if not passwords().match(kept, password):
        return False
    throttle.forgive(session, numbers)
    return True


def count_reset(email: str, request: Request) -> None:
    """Count a wish for a new password for this address, whether anybody has it or not. Raises `Throttled`."""
    tries = [counted_as(RESET_BY_EMAIL, email), *_of_network(RESET_BY_NETWORK, request)]
    throttle.count(db.session(), tries, now())


def let_in_again(email: str) -> None:
    """Failed sign-ins for this address no longer count: its owner proved to be the owner."""
    throttle.clear(db.session(), counted_as(SIGN_IN_BY_EMAIL, email))


def _of_network(limit: Limit, request: Request) -> list[Counted]:
    """What `limit` counts for the network that asks: nothing for this machine itself."""
    network = throttle.network_of(address_of(request))
    return [counted_as(limit, network)] if network else []


def address_of(request: Request) -> str | None:
    """The internet address that asks: the one a proxy on this very machine saw, if there is such a proxy.

    A proxy appends the address it saw to X-Forwarded-For; what stands before it anybody can have written.
    """
    peer = request.remote_addr
    try:
        behind_proxy = ipaddress.ip_address(peer or "").is_loopback
    except ValueError:
        behind_proxy = True  # a socket of this machine has no address
    seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return seen if behind_proxy and seen else peer
