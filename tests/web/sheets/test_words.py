"""Years, dates and amounts in the reader's words."""

import pytest
from flask import Flask

from passerelle.web.sheets.words import (
    euros_words,
    number_words,
    partial_date,
    period_line,
    quantity_words,
    years_line,
)


@pytest.mark.parametrize(
    ("starts", "ends", "ongoing", "line"),
    [
        ("2013", None, True, "since 2013"),
        ("2013-06-26", None, None, "begun in 2013"),
        ("2018", "2022-12", False, "2018–2022"),
        ("2018-01", "2018-06", None, "2018"),
        (None, "2022", None, "until 2022"),
        (None, None, True, "running"),
        (None, None, None, None),
    ],
)
def test_the_years_of_a_project_in_a_few_words(
    app: Flask, starts: str | None, ends: str | None, ongoing: bool | None, line: str | None
) -> None:
    with app.test_request_context("/en/"):
        assert years_line(starts, ends, ongoing) == line


@pytest.mark.parametrize(
    ("starts", "ends", "ongoing", "line"),
    [
        ("2013", None, True, "Since 2013, running"),
        ("2013-06-26", None, True, "Since 26 June 2013, running"),
        ("2013-06", None, None, "Begun: June 2013"),
        ("2018", "2022-12-31", False, "From 2018 to 31 December 2022"),
        (None, "2022", None, "Until 2022"),
        (None, None, True, "Running"),
        (None, None, False, "Finished"),
        (None, None, None, None),
    ],
)
def test_the_period_of_a_project_with_its_dates(
    app: Flask, starts: str | None, ends: str | None, ongoing: bool | None, line: str | None
) -> None:
    with app.test_request_context("/en/"):
        assert period_line(starts, ends, ongoing) == line


@pytest.mark.parametrize(
    ("language", "date"), [("fr", "26 juin 2019"), ("nl", "26 juni 2019"), ("de", "26. Juni 2019")]
)
def test_a_date_is_written_as_the_reader_does(app: Flask, language: str, date: str) -> None:
    with app.test_request_context(f"/{language}/"):
        assert partial_date("2019-06-26") == date
        assert partial_date("in de lente") == "in de lente"


def test_a_quantity_is_never_made_up(app: Flask) -> None:
    with app.test_request_context("/fr/"):
        assert number_words("0.5") == "0,5"
        assert quantity_words("1", "fte", "fr") == "1 ETP"
        assert quantity_words("2", "", "fr") == "2"
        assert quantity_words(None, "fte", "fr") == "Non précisé"
        assert euros_words(None, "fr") == "Non précisé"
        assert euros_words("1e999999", "fr") == "1e999999"
