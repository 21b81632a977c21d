"""Every problem has a sentence, in every language, at a place that exists in the form."""

import pytest
from flask import Flask

from passerelle.sheets.problems import CODES, WARNINGS, Problem
from passerelle.sheets.sections import FIELDS
from passerelle.vocabulary import LANGUAGES
from passerelle.web.problem_words import place_of, sentence_of, summary_of

PLACES = (*FIELDS, "language", "inhabitants", "sheet_date", "contact_email", "sheet")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_at_every_place_has_a_sentence(app: Flask, language: str) -> None:
    with app.test_request_context(f"/{language}/my"):
        for code in (*CODES, *WARNINGS):
            for field in PLACES:
                assert len(sentence_of(Problem(field, code, limit=3))) > 5
                assert sentence_of(Problem(field, code, limit=3)) in summary_of(Problem(field, code, limit=3))


@pytest.mark.usefixtures("in_english")
def test_the_sentences_are_those_that_people_were_promised() -> None:
    assert sentence_of(Problem("starts", "missing")) == "Enter the start year, for example 2021"
    assert sentence_of(Problem("violence_forms", "missing")) == "Tick at least one form"
    assert sentence_of(Problem("title", "too_long", limit=1)) == "Shorten this: 1 character is allowed"
    assert sentence_of(Problem("activities", "too_long", limit=10_000)).endswith(
        "10,000 characters are allowed"
    )


@pytest.mark.usefixtures("in_english")
def test_a_problem_in_a_line_says_which_line() -> None:
    assert place_of(Problem("costs", "negative", 1, part="euros")) == "Annual cost, line 2"
    assert place_of(Problem("starts", "missing")) == "Duration"
    assert place_of(Problem("contact_email", "not_an_email")) == "E-mail"
    assert summary_of(Problem("starts", "missing")) == "Duration: Enter the start year, for example 2021"
