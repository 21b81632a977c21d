"""The common words: known for every language, and never in each other's way."""

import pytest

from passerelle.vocabulary import LANGUAGES
from passerelle.vocabulary.common_words import compound_parts, stop_words, telling_words, weak_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_lists_and_no_word_twice_in_one(language: str) -> None:
    for words in (stop_words(language), weak_words(language), tuple(telling_words(language))):
        assert words
        assert len(words) == len(set(words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_both_too_common_and_weak(language: str) -> None:
    assert not set(stop_words(language)) & set(weak_words(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_turn_the_sense_are_stop_words(language: str) -> None:
    assert set(telling_words(language)) <= set(stop_words(language))


def test_a_word_that_turns_the_sense_stands_for_all_of_its_sense() -> None:
    assert telling_words("fr")["envers"] == telling_words("fr")["contre"] == "contre"


def test_only_dutch_and_german_write_compounds_in_one_word() -> None:
    assert {language for language in LANGUAGES if compound_parts(language)} == {"nl", "de"}
    assert compound_parts("de")["schul"] == "schule"


def test_the_stop_list_of_french_has_what_the_stock_list_lacks() -> None:
    assert {"les", "cette", "leurs"} <= set(stop_words("fr"))
