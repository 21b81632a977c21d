"""The helplines: somebody answers in the language of every reader."""

import re

import pytest

from passerelle.vocabulary import LANGUAGES, UnknownTerm
from passerelle.vocabulary.helplines import EMERGENCY, all_helplines, helplines
from passerelle.vocabulary.tables import read_table

each_language = pytest.mark.parametrize("language", LANGUAGES)


def test_every_helpline_is_named_in_four_languages_and_never_twice() -> None:
    rows = read_table("helplines")

    assert len({row["code"] for row in rows}) == len(rows)
    for language in LANGUAGES:
        assert all(row[language].strip() for row in rows)
        assert len({row[language] for row in rows}) == len(rows)


@each_language
def test_every_helpline_can_be_reached(language: str) -> None:
    for line in all_helplines(language):
        assert line.number
        assert re.fullmatch(r"tel:\d{3,}|https://[a-z0-9.]+", line.href)


@pytest.mark.parametrize(
    ("language", "numbers"),
    [("fr", ["0800 30 030"]), ("nl", ["1712"]), ("de", ["108"]), ("en", ["0800 30 030", "1712", "108"])],
)
def test_the_foot_of_every_page_has_a_number_for_its_readers(language: str, numbers: list[str]) -> None:
    assert [line.number for line in helplines(language)] == [*numbers, "101", "112"]


def test_a_helpline_speaks_the_language_of_the_page() -> None:
    for language in ("fr", "nl", "de"):
        assert all(language in line.spoken for line in all_helplines(language))


def test_the_number_is_dialled_without_spaces() -> None:
    assert helplines("fr")[0].href == "tel:080030030"


def test_a_chat_is_reached_by_its_address() -> None:
    chat = next(line for line in all_helplines("nl") if line.code == "young_chat")

    assert (chat.number, chat.href) == ("nupraatikerover.be", "https://nupraatikerover.be")
    assert chat not in helplines("nl")


@each_language
def test_the_emergency_numbers_come_last(language: str) -> None:
    assert [line.audience == EMERGENCY for line in helplines(language)][-3:] == [False, True, True]


def test_languages_and_audiences_are_known_ones() -> None:
    for row in read_table("helplines"):
        assert set(row["readers"].split()) | set(row["spoken"].split()) <= set(LANGUAGES)
        assert row["audience"] in {"everyone", "seniors", "children", EMERGENCY}


def test_a_fifth_language_has_no_helplines() -> None:
    with pytest.raises(UnknownTerm, match="languages has no 'it'"):
        helplines("it")
