"""Concepts of the thesaurus, found in words."""

import pytest

from passerelle.search.analysis.concepts import finder
from passerelle.search.analysis.matching import Gaps
from passerelle.search.analysis.sheets import analyse_sheet
from passerelle.vocabulary import LANGUAGES, Edit, EditKind, base_thesaurus
from tests.search.samples import dutch, sheet
from tests.search.words import SMALL, beside, code_of, named


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("fr", "La violence conjugale", ["couple"]),
        ("fr", "VIOLENCES CONJUGALES", ["couple"]),
        ("fr", "des violences dans un couple", ["couple"]),
        ("fr", "la violence au sein du couple", []),
        ("fr", "Café des Mamans", ["cafe"]),
        ("fr", "le café de la maman", ["cafe"]),
        ("fr", "café, mamans", ["mothers"]),
        ("nl", "praatgroepen", ["group"]),
        ("nl", "een praat groep", ["group"]),
        ("nl", "een praat-groep", ["group"]),
        ("de", "Partnergewalt", ["couple"]),
        ("de", "Gewalt in einer Partnerschaft", ["couple"]),
        ("fr", "personnes agees", ["seniors"]),
        ("de", "Taeterarbeit", ["doers"]),
        ("nl", "mama's en mamas", ["mothers", "mothers"]),
        ("fr", "cyberharcèlement, cyber harcèlement, cyber-harcelement", ["bullying"] * 3),
        ("fr", "harcèlement dans l'école", ["bullying"]),
        ("fr", "0800/30.030 ou 080030030", ["line", "line"]),
        ("nl", "LGBTQIA+-personen en lgbtqia", ["rainbow", "rainbow"]),
        ("fr", "", []),
    ],
)
def test_a_term_is_found_in_all_the_ways_it_is_written(language: str, text: str, codes: list[str]) -> None:
    assert named(text, language) == codes


def test_the_longest_term_wins_and_what_is_inside_it_counts_less() -> None:
    assert named("café des mamans", "fr") == ["cafe"]
    assert beside("café des mamans", "fr") == {"mothers"}


def test_a_term_that_crosses_a_longer_one_counts_less() -> None:
    assert named("older people living alone", "en") == ["alone"]
    assert beside("older people living alone", "en") == {"grown"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("enseignants", ["teachers"]),
        ("l'enseignante", ["teachers"]),
        ("éducatrices", ["teachers"]),
        ("enseignement", ["teaching"]),
        ("réfugiés", ["refugees"]),
        ("un refuge", ["refuge"]),
        ("éducation", []),
        ("abus", []),
        ("sensibilisations", ["course"]),
        ("sensibiliser", ["course"]),
    ],
)
def test_words_of_one_stem_are_told_apart_by_their_endings(text: str, codes: list[str]) -> None:
    assert named(text, "fr") == codes


@pytest.mark.parametrize("text", ["Friseur", "Friseurin", "Friseurinnen", "Friseur*innen", "Friseure"])
def test_a_german_word_for_a_woman_is_the_same_concept(text: str) -> None:
    assert named(text, "de") == ["hairdresser"]


def test_an_umlaut_is_the_mark_of_a_plural_and_not_of_another_word() -> None:
    assert named("Ein Mann, zwei Männer, zwei Maenner", "de") == ["men", "men", "men"]
    assert named("Wer hört zu? Der Hort.", "de") == ["afterschool"]


def test_parents_and_older_people_are_two_concepts_in_words_phrases_and_compounds() -> None:
    assert named("ouders", "nl") == ["parents"]
    assert named("ouderen", "nl") == ["seniors"]
    assert named("oudermishandeling", "nl") == ["parental"]
    assert named("ouderenmishandeling", "nl") == ["old"]
    assert named("ouderenmis(be)handeling", "nl") == ["old"]
    assert named("geweld tegen ouders", "nl") == ["parental"]
    assert named("geweld tegen ouderen", "nl") == ["seniors"]
    assert beside("oudersgroep", "nl") == {"parents"}
    assert beside("ouderengroep", "nl") == {"seniors"}


def test_brackets_never_lend_a_concept_the_word_of_another() -> None:
    assert named("oudermisbehandeling", "nl") == ["old"]
    assert named("oudermishandeling", "nl") == ["parental"]


@pytest.mark.parametrize(
    ("term", "language", "code", "never"),
    [
        ("ouders", "nl", "parents", "seniors"),
        ("ouderen", "nl", "seniors", "parents"),
        ("oudermishandeling", "nl", "parent", "elder"),
        ("ouderenmishandeling", "nl", "elder", "parent"),
        ("geweld tegen ouders", "nl", "parent", "elder"),
        ("geweld tegen ouderen", "nl", "elder", "parent"),
    ],
)
def test_the_shipped_thesaurus_keeps_parents_and_older_people_apart(
    term: str, language: str, code: str, never: str
) -> None:
    assert code in code_of(term, language)
    assert never not in code_of(term, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_term_is_found_in_its_own_language(language: str) -> None:
    missed = [
        (concept.code, term)
        for concept in base_thesaurus().concepts
        for term in concept.terms[language]
        if concept.code not in code_of(term, language)
    ]

    assert missed == []


def test_violence_by_somebody_is_not_violence_against_them() -> None:
    assert named("geweld door ouders", "nl") == ["parents"]
    assert named("geweld van ouders", "nl") == ["parents"]


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("fr", "le plan VIF", ["home"]),
        ("fr", "un débat vif", []),
        ("fr", "le plan V.I.F.", ["home"]),
        ("en", "DV services", ["home"]),
        ("en", "dv", []),
        ("fr", "l'asbl Praxis et PRAXIS", ["doers", "doers"]),
        ("fr", "les praxies", []),
        ("de", "Das Projekt StoP", ["stop"]),
        ("de", "Stop der Gewalt", []),
    ],
)
def test_acronyms_and_names_must_be_written_as_they_are(language: str, text: str, codes: list[str]) -> None:
    assert named(text, language) == codes


def test_a_term_of_one_telling_word_keeps_its_stop_words() -> None:
    assert named("no means no", "en") == ["line"]
    assert named("by all means", "en") == []


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("nl", "vrouwenpraatgroep", {"women", "group"}),
        ("nl", "jeugdhuiswerker", {"youth"}),
        ("de", "Partnerschaftsgewalt", {"couple"}),
        ("de", "Frauengesprächsgruppen", {"women", "group"}),
        ("nl", "huisnummer", set()),
    ],
)
def test_a_compound_names_what_its_parts_name(language: str, text: str, codes: set[str]) -> None:
    assert beside(text, language) == codes


def test_a_question_may_leave_out_the_small_words() -> None:
    assert named("violence couple", "fr", gaps=Gaps.FREE) == ["couple"]
    assert named("violence couple", "fr") == []


def test_a_sheet_is_kept_under_its_concepts_with_the_weight_of_the_section() -> None:
    title = analyse_sheet(sheet(1, "Violence conjugale"), SMALL)
    section = analyse_sheet(sheet(1, "Une", texts={"activities": "Violence conjugale"}), SMALL)

    assert title.weights["c:couple"] == 4 * section.weights["c:couple"]
    assert title.places["c:couple"] == [0]


def test_broader_concepts_count_less_than_the_concept() -> None:
    weights = analyse_sheet(sheet(1, "Café des mamans"), SMALL).weights

    assert weights["c:cafe"] > weights["c:group"] > 0


def test_a_concept_named_twice_counts_twice() -> None:
    once, twice = (analyse_sheet(sheet(1, " et ".join(["parents"] * n)), SMALL) for n in (1, 2))

    assert twice.weights["c:parents"] == 2 * once.weights["c:parents"]
    assert twice.places["c:parents"] == [0, 2]


def test_a_form_that_was_ticked_is_a_concept_without_a_word() -> None:
    weights = analyse_sheet(sheet(1, "Une", violence_forms=("elder",), target_groups=("mothers",))).weights

    assert weights["c:elder"] > weights["c:intrafamilial"] > 0
    assert weights["c:mothers"] > weights["c:women"] > 0
    assert "c:parent" not in weights


def test_the_labels_of_codes_are_words_of_the_language_of_the_sheet_only() -> None:
    weights = analyse_sheet(dutch(1, "Een", violence_forms=("partner",))).weights

    assert "nl:partnergeweld" in weights
    assert not {"fr:partenair", "de:partnergewalt", "en:partner"} & set(weights)


def test_an_added_term_is_found_from_then_on_and_a_removed_one_no_longer() -> None:
    added = Edit(concept="group", language="nl", term="kletskring", kind=EditKind.ADD)
    removed = Edit(concept="group", language="nl", term="steungroep", kind=EditKind.REMOVE)

    edited = base_thesaurus().with_edits([added, removed])

    assert "group" in named("kletskringen", "nl", thesaurus=edited)
    assert "group" in named("steungroep", "nl", thesaurus=base_thesaurus())
    assert "group" not in named("steungroep", "nl", thesaurus=edited)


def test_the_finder_of_a_thesaurus_is_made_once() -> None:
    assert finder(base_thesaurus(), "fr") is finder(base_thesaurus().with_edits([]), "fr")
