"""Tries are counted for somebody who stays unnamed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from passerelle.accounts import throttle
from passerelle.accounts.models import Attempt
from passerelle.accounts.throttle import SIGN_IN_BY_EMAIL, Throttled, counted
from tests.factories import NOON

SECRET = "a secret of this installation only"
CLAIRE = counted(SIGN_IN_BY_EMAIL, "claire@commune.example", SECRET)
SECOND = timedelta(seconds=1)


def test_the_eleventh_try_within_five_minutes_waits_for_the_first_to_be_old(session: Session) -> None:
    for number in range(10):
        throttle.count(session, [CLAIRE], NOON + number * SECOND)

    with pytest.raises(Throttled) as refused:
        throttle.count(session, [CLAIRE], NOON + 10 * SECOND)

    assert refused.value.until == NOON + timedelta(minutes=5)
    assert throttle.count(session, [CLAIRE], refused.value.until)


def test_a_refused_try_is_not_counted_so_nobody_stays_out(session: Session) -> None:
    for _ in range(10):
        throttle.count(session, [CLAIRE], NOON)
    for _ in range(100):
        with pytest.raises(Throttled):
            throttle.count(session, [CLAIRE], NOON + SECOND)

    assert session.scalar(select(func.count(Attempt.id))) == 10


def test_others_are_not_held_up(session: Session) -> None:
    for _ in range(10):
        throttle.count(session, [CLAIRE], NOON)

    assert throttle.count(session, [counted(SIGN_IN_BY_EMAIL, "other@commune.example", SECRET)], NOON)


def test_a_try_that_went_well_no_longer_counts(session: Session) -> None:
    for _ in range(50):
        throttle.forgive(session, throttle.count(session, [CLAIRE], NOON))

    assert session.scalar(select(func.count(Attempt.id))) == 0


def test_a_key_can_be_cleared(session: Session) -> None:
    for _ in range(10):
        throttle.count(session, [CLAIRE], NOON)

    throttle.clear(session, CLAIRE)

    assert throttle.count(session, [CLAIRE], NOON)


def test_the_table_names_nobody(session: Session) -> None:
    throttle.count(session, [CLAIRE], NOON)

    key = session.scalar(select(Attempt.key))

    assert key is not None
    assert "claire" not in key
    assert "commune" not in key
    assert len(key) <= 80
    assert counted(SIGN_IN_BY_EMAIL, "claire@commune.example", "another secret").key != key
    assert counted(SIGN_IN_BY_EMAIL, "CLAIRE@commune.example", SECRET).key == key


def test_tries_older_than_a_day_are_gone(session: Session) -> None:
    throttle.count(session, [CLAIRE], NOON)

    throttle.count(session, [CLAIRE], NOON + timedelta(days=1))

    assert session.scalars(select(Attempt.at)).all() == [NOON + timedelta(days=1)]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:aaaa:bbbb::1", "2001:db8:aaaa::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("127.0.0.1", None),
        ("::1", None),
        ("", None),
        (None, None),
        ("unix:", None),
    ],
)
def test_an_address_stands_for_its_network(address: str | None, network: str | None) -> None:
    assert throttle.network_of(address) == network
