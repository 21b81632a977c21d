"""The thesaurus: concepts with words in four languages, and no loop above them."""

from collections import Counter

import pytest

from passerelle.vocabulary import (
    FORMS,
    LANGUAGES,
    PARTNER_KINDS,
    TARGET_GROUPS,
    Edit,
    EditKind,
    Thesaurus,
    UnknownConcept,
    ancestors,
    base_thesaurus,
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
    kinds = Counter(found.kind for found in concepts())
    assert (kinds["form"], kinds["target"], kinds["partner_type"]) == (8, 18, 18)


def test_what_is_broader_exists_and_never_loops() -> None:
    for found in concepts():
        assert found.code not in ancestors(found.code)


def test_broader_concepts_come_nearest_first() -> None:
    assert ancestors("revengeporn") == ("sexting", "sexual", "digital")
    assert ancestors("mothers") == ("parents", "women")
    assert ancestors("lgbt") == ()


def test_the_closed_lists_are_the_concepts_of_their_kind() -> None:
    for words, kind in ((FORMS, "form"), (TARGET_GROUPS, "target"), (PARTNER_KINDS, "partner_type")):
        assert words.codes == tuple(found.code for found in concepts() if found.kind == kind)


def test_an_unknown_concept_is_named() -> None:
    with pytest.raises(UnknownConcept, match="the thesaurus has no concept 'weather'"):
        concept("weather")


def _edit(kind: EditKind, term: str, concept: str = "group", language: str = "nl") -> Edit:
    return Edit(concept=concept, language=language, term=term, kind=kind)


def test_a_term_added_and_taken_away_again_leaves_the_same_thesaurus() -> None:
    base = base_thesaurus()
    added, removed = _edit(EditKind.ADD, "kletskring"), _edit(EditKind.REMOVE, "kletskring")

    longer = base.with_edits([added])

    assert longer.concept("group").terms["nl"][-1] == "kletskring"
    assert longer.version != base.version
    assert longer != base
    assert longer.with_edits([removed]) == base
    assert base.with_edits([added, removed]).version == base.version
    assert base.with_edits([]) == base


def test_the_preferred_term_stays_whatever_is_taken_away() -> None:
    label = concept("group").label("nl")

    edited = base_thesaurus().with_edits([_edit(EditKind.REMOVE, label)])

    assert edited.concept("group").label("nl") == label


def test_an_edit_that_no_longer_fits_changes_nothing() -> None:
    edits = [
        _edit(EditKind.ADD, concept("group").label("nl")),
        _edit(EditKind.REMOVE, "niet daar"),
        _edit(EditKind.ADD, "regen", concept="weather"),
        _edit(EditKind.ADD, "chuva", language="pt"),
        _edit(EditKind.ADD, " = "),
    ]

    assert base_thesaurus().with_edits(edits) == base_thesaurus()


def test_a_term_with_an_equals_sign_is_kept_without_it_and_remembered_as_exact() -> None:
    edited = base_thesaurus().with_edits([_edit(EditKind.ADD, "= StoP", language="de")])

    assert edited.concept("group").terms["de"][-1] == "StoP"
    assert "StoP" in edited.concept("group").exact["de"]
    assert edited.version != base_thesaurus().with_edits([_edit(EditKind.ADD, "StoP", language="de")]).version


def test_the_same_concepts_are_the_same_thesaurus() -> None:
    again = Thesaurus(concepts())

    assert again == base_thesaurus()
    assert hash(again) == hash(base_thesaurus())
    assert "group" in again
    assert "weather" not in again
