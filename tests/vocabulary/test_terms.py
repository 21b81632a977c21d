"""The closed word lists: complete in four languages, stable in order and in codes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from passerelle.vocabulary import (
    ALL_LISTS,
    COST_UNITS,
    FORMS,
    LANGUAGE_NAMES,
    LANGUAGES,
    PARTNER_KINDS,
    PROVINCES,
    REGIONS,
    SECTION_HEADINGS,
    SECTION_QUESTIONS,
    SECTIONS,
    SHEET_LANGUAGES,
    TARGET_GROUPS,
    UnknownTerm,
    VocabularyList,
    provinces_of,
)
from passerelle.vocabulary.tables import DamagedTable, read_table

each_list = pytest.mark.parametrize("words", ALL_LISTS, ids=lambda words: words.name)


@each_list
def test_every_list_is_complete_in_four_languages(words: VocabularyList) -> None:
    assert len(words) > 0
    for term in words:
        assert set(term.labels) == set(LANGUAGES)
        assert all(label.strip() == label != "" for label in term.labels.values()), term.code


@each_list
def test_no_two_values_of_a_list_look_alike(words: VocabularyList) -> None:
    for language in LANGUAGES:
        labels = [words.label(code, language).casefold() for code in words.codes]
        assert sorted(labels) == sorted(set(labels)), language


def test_no_code_stands_twice_in_a_list() -> None:
    keys = [(row["list"], row["code"]) for row in read_table("words")]

    assert len(keys) == len(set(keys))
    assert {row["list"] for row in read_table("words")} < {words.name for words in ALL_LISTS}


@each_list
def test_what_is_broader_exists(words: VocabularyList) -> None:
    above = REGIONS if words is PROVINCES else words

    assert all(code in above for term in words for code in term.broader)


@each_list
def test_labels_are_shown_in_sentence_case_with_curly_apostrophes(words: VocabularyList) -> None:
    for language in LANGUAGES:
        for _, label in words.choices(language):
            assert label[0] == label[0].upper()
            assert "'" not in label


def test_the_eight_forms_keep_the_order_and_the_words_of_the_fiche() -> None:
    assert FORMS.choices("fr") == (
        ("intrafamilial", "Violence intrafamiliale"),
        ("partner", "Violence entre partenaires"),
        ("child", "Violence envers les enfants"),
        ("elder", "Violence envers les personnes âgées"),
        ("parent", "Violence envers les parents"),
        ("honour", "Violences liées à l’honneur et mariages forcés"),
        ("sexual", "Violences sexuelles"),
        ("lgbt", "Violences envers les LGBT"),
    )


def test_intrafamilial_violence_is_broader_than_the_next_four() -> None:
    assert FORMS.narrower("intrafamilial") == ("partner", "child", "elder", "parent")
    assert FORMS.narrower("sexual") == ()


def test_there_are_eighteen_target_groups_and_mothers_are_parents_and_women() -> None:
    assert len(TARGET_GROUPS) == 18
    assert TARGET_GROUPS.term("mothers").broader == ("parents", "women")
    assert TARGET_GROUPS.narrower("parents") == ("mothers", "fathers")
    assert TARGET_GROUPS.narrower("women") == ("mothers",)


def test_the_words_of_the_field_are_synonyms() -> None:
    assert "VIF" in FORMS.term("intrafamilial").synonyms["fr"]
    assert "mama's" in TARGET_GROUPS.term("mothers").synonyms["nl"]
    assert "OCMW" in PARTNER_KINDS.label("cpas", "nl")


def test_the_twelve_sections_stand_in_the_order_of_the_fiche() -> None:
    assert SECTIONS.codes == SECTION_HEADINGS.codes
    assert SECTIONS.codes == (
        *("title", "summary", "duration", "activities", "violence_forms", "objectives"),
        *("target_groups", "partnerships", "communication", "innovation", "evaluation", "costs"),
    )


def test_the_paper_headings_keep_the_exact_words_of_the_fiche() -> None:
    headings = {code: label.replace("\u00a0", " ") for code, label in SECTION_HEADINGS.choices("fr")}

    assert headings["duration"] == "Durée du projet : dates de début et fin"
    assert headings["violence_forms"] == "Formes de violences (indiquer)"
    assert headings["innovation"] == "Originalité – Innovation"
    assert headings["costs"] == "Coût annuel (moyens humains et matériels)"
    assert [label.replace("\u00a0", " ") for _, label in SECTION_QUESTIONS.choices("fr")] == [
        "Comment atteignez-vous le public cible ?",
        "Quelle est l’adresse de la page web ?",
    ]


def test_a_language_names_itself() -> None:
    assert LANGUAGE_NAMES.codes == LANGUAGES == SHEET_LANGUAGES
    assert [LANGUAGE_NAMES.label(code, code) for code in LANGUAGES] == [
        *("Français", "Nederlands", "Deutsch", "English")
    ]


def test_ten_provinces_and_brussels_lie_in_three_regions() -> None:
    assert len(PROVINCES) == 11
    assert [len(provinces_of(region)) for region in ("flanders", "wallonia", "brussels")] == [5, 5, 1]
    assert PROVINCES.label("hainaut", "nl") == "Henegouwen"
    assert PROVINCES.label("west-vlaanderen", "de") == "Westflandern"


def test_a_cost_without_a_unit_has_a_label_too() -> None:
    assert COST_UNITS.codes[0] == ""
    assert COST_UNITS.label("", "en") == "Not stated"
    assert COST_UNITS.label("fte", "fr") == "ETP"


def test_codes_are_put_in_order_and_unknown_ones_left_out() -> None:
    assert FORMS.in_order(["lgbt", "nothing", "partner", "lgbt"]) == ("partner", "lgbt")


@pytest.mark.parametrize("ask", [FORMS.term, FORMS.narrower, lambda code: FORMS.label(code, "fr")])
def test_an_unknown_code_is_named_with_its_list(ask: Callable[[str], object]) -> None:
    with pytest.raises(UnknownTerm, match=r"forms has no 'theft'; it has: intrafamilial, ") as caught:
        ask("theft")

    assert isinstance(caught.value, KeyError)
    assert (caught.value.list_name, caught.value.code) == ("forms", "theft")


def test_a_fifth_language_is_named_too() -> None:
    with pytest.raises(UnknownTerm, match=r"languages has no 'it'; it has: fr, nl, de, en"):
        FORMS.label("partner", "it")


def test_an_unknown_region_has_no_provinces() -> None:
    with pytest.raises(UnknownTerm, match="regions has no 'bavaria'"):
        provinces_of("bavaria")


def test_a_damaged_table_is_refused_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "torn.tsv").write_text("code\tfr\nparent\n", encoding="utf-8")
    monkeypatch.setattr("passerelle.vocabulary.tables.DATA", tmp_path)

    with pytest.raises(DamagedTable, match=r"torn.tsv: 'parent' has 1 cells, the header has 2"):
        read_table("torn")
