"""Dates as people in Belgium write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.sheets.dates import ends_before, is_date, is_day, read_date, write_date


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2013", "2013"),
        (" 2013 ", "2013"),
        ("06/2013", "2013-06"),
        ("6-2013", "2013-06"),
        ("2013-06", "2013-06"),
        ("26/06/2013", "2013-06-26"),
        ("26.6.2013", "2013-06-26"),
        ("26 06 2013", "2013-06-26"),
        ("2013-06-26", "2013-06-26"),
        ("26 juin 2019", "2019-06-26"),
        ("1er août 2019", "2019-08-01"),
        ("26 juni 2019", "2019-06-26"),
        ("1. März 2020", "2020-03-01"),
        ("März 2020", "2020-03"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, stored: str) -> None:
    assert read_date(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "bientôt",
        "13/2013",
        "31/04/2013",
        "29/02/2023",
        "0202",
        "20133",
        "2013-6-",
        "٢٠١٣",
        "26 brol 2013",
        "2013 à maintenant",
        "1/2/3",
        "00/2013",
        "2013/00/01",
        "9999",
        "\x00",
        "2013\n\n2014",
    ],
)
def test_what_is_no_day_of_the_calendar_is_not_a_date(typed: str) -> None:
    assert read_date(typed) is None


@given(
    st.dates().map(str) | st.dates().map(lambda day: str(day)[:7]) | st.dates().map(lambda day: str(day)[:4])
)
def test_a_stored_date_comes_back_the_same_from_the_form(stored: str) -> None:
    if is_date(stored):
        assert read_date(write_date(stored)) == stored


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_a_date_or_none(typed: str) -> None:
    stored = read_date(typed)

    assert stored is None or is_date(stored)


def test_only_a_whole_date_is_a_day() -> None:
    assert is_day("2019-06-26")
    assert not is_day("2019-06")
    assert not is_day("2019-06-31")


@pytest.mark.parametrize(
    ("ends", "starts", "too_early"),
    [
        ("2012", "2013", True),
        ("2013", "2013", False),
        ("2013", "2013-06", False),
        ("2013-05", "2013-06-26", True),
        ("2013-06", "2013-06-26", False),
        ("2013-06-25", "2013-06-26", True),
        ("2014-01", "2013-12", False),
    ],
)
def test_a_year_or_month_lasts_to_its_last_day(ends: str, starts: str, too_early: bool) -> None:
    assert ends_before(ends, starts) is too_early
