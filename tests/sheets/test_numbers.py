"""Numbers as people in Belgium write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.sheets.numbers import (
    is_decimal,
    is_euros,
    is_negative,
    read_decimal,
    read_euros,
    read_whole,
    write_decimal,
)

DECIMALS = st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,3})?", fullmatch=True)
AMOUNTS = st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,2})?", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("18.988", 18_988),
        ("18 988", 18_988),
        ("18\u202f988", 18_988),
        ("18\u00a0988", 18_988),
        ("18,988", 18_988),
        ("18988", 18_988),
        ("1.211.035", 1_211_035),
        ("0", 0),
        (" 9 ", 9),
    ],
)
def test_inhabitants_are_read_with_or_without_marked_thousands(typed: str, number: int) -> None:
    assert read_whole(typed) == number


@pytest.mark.parametrize("typed", ["", "18.98", "18.9888", "environ 18000", "-5", "1e5", "٣", "9" * 10, "½"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert read_whole(typed) is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0,5", "0.5"),
        ("0.5", "0.5"),
        ("1", "1"),
        ("1,200", "1.200"),
        ("1.200", "1200"),
        ("1 200", "1200"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("0.500", "0.500"),
    ],
)
def test_a_quantity_is_read_with_comma_or_point(typed: str, stored: str) -> None:
    assert read_decimal(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("27.000", "27000"),
        ("27 000 €", "27000"),
        ("27,000", "27000"),
        ("27.000,50", "27000.50"),
        ("600,-", "600"),
        ("€ 12,5", "12.5"),
    ],
)
def test_an_amount_is_read_with_marked_thousands(typed: str, stored: str) -> None:
    assert read_euros(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "gratuit", "1,2345", "12.34.56", "NaN", "inf", "1e3", "-1", "1/2", "٣,٥"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert read_decimal(typed) is None
    assert read_euros(typed) is None


def test_a_negative_number_is_told_apart_from_words() -> None:
    assert is_negative("-5")
    assert is_negative("− 12,5")
    assert not is_negative("-")
    assert not is_negative("5")


@given(DECIMALS)
def test_a_stored_quantity_comes_back_the_same_from_the_form(stored: str) -> None:
    assert read_decimal(write_decimal(stored)) == stored


@given(AMOUNTS)
def test_a_stored_amount_comes_back_the_same_from_the_form(stored: str) -> None:
    assert read_euros(write_decimal(stored)) == stored


@given(st.text(max_size=20) | st.text("0123456789., -€", max_size=14))
def test_whatever_is_typed_gives_a_number_or_none(typed: str) -> None:
    quantity, amount = read_decimal(typed), read_euros(typed)

    assert quantity is None or is_decimal(quantity)
    assert amount is None or is_euros(amount)
    assert (read_whole(typed) or 0) >= 0
