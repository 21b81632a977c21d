"""The thesaurus: concepts with words in four languages, and no loop above them."""

from collections import Counter

import pytest

from passerelle.vocabulary import (
    FORMS,
    LANGUAGES,
    PARTNER_KINDS,
    TARGET_GROUPS,
    UnknownConcept,
    ancestors,
    concept,
    concepts,
)


def test_every_concept_has_words_in_four_languages() -> None:
    for found in concepts():
        assert set(found.terms) == set(LANGUAGES)
        assert all(found.terms[language] for language in LANGUAGES), found.code


def test_no_word_stands_twice_in_a_concept() -> None:
    for found in concepts():
        for language, words in found.terms.items():
            assert len(words) == len(set(words)), (found.code, language)


def test_no_code_stands_twice_and_the_kinds_are_known() -> None:
    codes = [found.code for found in concepts()]

    assert len(codes) == len(set(codes))
    assert Counter(found.kind for found in concepts()) == {
        "form": 8,
        "theme": 13,
        "method": 20,
        "target": 18,
        "partner_type": 18,
    }


def test_what_is_broader_exists_and_never_loops() -> None:
    for found in concepts():
        assert found.code not in ancestors(found.code)


def test_broader_concepts_come_nearest_first() -> None:
    assert ancestors("codeword") == ("nightlife", "sexual")
    assert ancestors("mothers") == ("parents", "women")
    assert ancestors("lgbt") == ()


def test_the_closed_lists_are_the_concepts_of_their_kind() -> None:
    for words, kind in ((FORMS, "form"), (TARGET_GROUPS, "target"), (PARTNER_KINDS, "partner_type")):
        assert words.codes == tuple(found.code for found in concepts() if found.kind == kind)


def test_an_unknown_concept_is_named() -> None:
    with pytest.raises(UnknownConcept, match="the thesaurus has no concept 'weather'"):
        concept("weather")
