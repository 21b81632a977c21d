"""The helplines: somebody answers in the language of every reader."""

import re

import pytest

from passerelle.vocabulary import LANGUAGES, emergency_numbers, footer_helplines, helplines_for
from passerelle.vocabulary.helplines import helplines


def test_every_helpline_is_named_in_four_languages_and_can_be_reached() -> None:
    for line in helplines():
        assert all(line.name(language).strip() for language in LANGUAGES)
        assert line.number or line.url
        assert re.fullmatch(r"\d*", line.dial)
        assert line.url is None or line.url.startswith("https://")


def test_no_helpline_stands_twice() -> None:
    codes = [line.code for line in helplines()]

    assert len(codes) == len(set(codes))
    for language in LANGUAGES:
        names = [line.name(language) for line in helplines()]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("language", "numbers"),
    [("fr", ["0800 30 030"]), ("nl", ["1712"]), ("de", ["108"]), ("en", ["0800 30 030", "1712", "108"])],
)
def test_the_foot_of_every_page_has_a_number_for_its_readers(language: str, numbers: list[str]) -> None:
    assert [line.number for line in footer_helplines(language)] == numbers


def test_the_number_is_dialled_without_spaces() -> None:
    assert footer_helplines("fr")[0].dial == "080030030"


def test_the_emergency_numbers_stand_apart_and_serve_everybody() -> None:
    assert [line.number for line in emergency_numbers()] == ["101", "112"]
    assert all(line.readers == LANGUAGES for line in emergency_numbers())
    assert not set(emergency_numbers()) & set(helplines_for("fr"))


def test_languages_and_audiences_are_known_ones() -> None:
    for line in helplines():
        assert set(line.readers) | set(line.spoken) <= set(LANGUAGES)
        assert line.audience in {"everyone", "seniors", "children", "emergency"}
