"""Count tries in the database, by keys that name nobody, and say when the next one may be made."""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Attempt


@dataclass(frozen=True)
class Limit:
    """At most `most` tries of one kind within `within`."""

    name: str
    most: int
    within: timedelta


SIGN_IN_BY_EMAIL = Limit("sign-in-email", 10, timedelta(minutes=5))
SIGN_IN_BY_NETWORK = Limit("sign-in-network", 10, timedelta(minutes=5))
RESET_BY_EMAIL = Limit("reset-email", 5, timedelta(days=1))
RESET_BY_NETWORK = Limit("reset-network", 20, timedelta(hours=1))  # each wish leaves a row behind
CHECK_BY_PERSON = Limit("check-person", 10, timedelta(minutes=5))  # the old password, before a new one
LONGEST_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """Who tries what: a limit, and the key of whoever it counts."""

    limit: Limit
    key: str


class Throttled(Exception):
    """There were too many tries; `until` is when the next one may be made."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"too many tries: wait until {until.isoformat(timespec='seconds')}")
        self.until = until


def counted(limit: Limit, who: str, secret: str) -> Counted:
    """What `limit` counts for `who`: without the installation's secret nobody can tell who it is."""
    digest = hmac.new(secret.encode(), f"{limit.name}:{who.lower()}".encode(), hashlib.sha256).hexdigest()
    return Counted(limit, f"{limit.name}:{digest[:48]}")


def network_of(address: str | None) -> str | None:
    """The network of an internet address: its /24 or /48; None for this machine itself and for no address."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback:
        return None
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))


def count(session: Session, tries: Sequence[Counted], at: datetime) -> list[int]:
    """Write down one try for each of `tries`; answers their numbers, for `forgive`.

    Raises `Throttled`, and writes nothing, when one of them is over its limit at `at`. Old tries go.
    """
    session.execute(delete(Attempt).where(Attempt.at <= at - LONGEST_KEPT))
    waits = [until for each in tries if (until := _wait(session, each, at))]
    if waits:
        raise Throttled(max(waits))
    rows = [Attempt(key=each.key, at=at) for each in tries]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def forgive(session: Session, numbers: Sequence[int]) -> None:
    """The tries with these numbers no longer count: they went well."""
    session.execute(delete(Attempt).where(Attempt.id.in_(numbers)))


def clear(session: Session, each: Counted) -> None:
    """Nothing counts any more for this key."""
    session.execute(delete(Attempt).where(Attempt.key == each.key))


def _wait(session: Session, each: Counted, at: datetime) -> datetime | None:
    """When the next try may be made, or None for now."""
    if session.get_bind().dialect.name == "postgresql":  # simultaneous tries are counted one after another
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(each.key))))
    limit = each.limit
    moments = session.scalars(
        select(Attempt.at)
        .where(Attempt.key == each.key, Attempt.at > at - limit.within)
        .order_by(Attempt.at.desc())
        .limit(limit.most)
    ).all()
    return moments[-1] + limit.within if len(moments) >= limit.most else None
