"""What visitors type, analysed: which words must be there, which concepts they name, which say nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.search.analysis.questions import AnalysedQuestion, Wanted, analyse_question
from passerelle.search.analysis.term_words import term_words
from passerelle.search.engine import SearchEngine
from passerelle.search.query import read_question
from passerelle.search.request import SearchRequest
from passerelle.vocabulary import LANGUAGES
from tests.search.samples import sheet
from tests.search.words import SMALL


def analysed(text: str, language: str = "fr", *, literal: bool = False) -> AnalysedQuestion:
    return analyse_question(read_question(text), language, SMALL, literal=literal)


def concepts(text: str, language: str = "fr") -> list[tuple[str, tuple[str, ...]]]:
    """The words that name concepts, with the codes."""
    wanted = analysed(text, language).wanted
    return [
        (" ".join(each.words), tuple(term.removeprefix("c:") for term in each.concepts))
        for each in wanted
        if each.concepts
    ]


def asked(text: str, language: str = "fr") -> list[str]:
    """The words of the pieces that every sheet must have."""
    return [" ".join(each.words) for each in analysed(text, language).wanted if not each.optional]


def test_one_word_that_is_a_concept_is_looked_for_with_it() -> None:
    (wanted,) = analysed("praatgroepen", "nl").wanted

    assert wanted.words == ("praatgroepen",)
    assert "nl:praatgroep" in wanted.terms
    assert wanted.concepts == ("c:group",)


def test_several_words_that_are_a_concept_are_one_piece_with_a_part_a_word() -> None:
    (wanted,) = analysed("café des mamans").wanted

    assert wanted.words == ("café", "des", "mamans")
    assert wanted.concepts == ("c:cafe",)
    assert [part.words for part in wanted.parts] == [("café",), ("mamans",)]
    assert not wanted.terms


@pytest.mark.parametrize("reader", LANGUAGES)
def test_a_concept_is_recognised_in_any_language(reader: str) -> None:
    assert concepts("Gesprächsgruppe", reader) == [("Gesprächsgruppe", ("group",))]
    assert concepts("geweld tegen partners", reader) == [("geweld tegen partners", ("couple",))]


def test_the_longest_run_of_words_wins_whatever_its_language() -> None:
    assert concepts("support group femmes", "fr") == [("support group", ("group",)), ("femmes", ("women",))]


def test_a_term_that_crosses_a_longer_one_keeps_the_words_that_are_left() -> None:
    assert concepts("older people living alone", "en") == [
        ("older", ("grown",)),
        ("people living alone", ("alone",)),
    ]


def test_a_word_that_names_concepts_in_several_languages_names_all_of_them() -> None:
    assert concepts("chat", "fr") == [("chat", ("chat_fr", "chat_en"))]
    assert concepts("chat", "en") == [("chat", ("chat_en", "chat_fr"))]


def test_parents_and_older_people_are_never_confused_in_a_question() -> None:
    assert concepts("ouders", "nl") == [("ouders", ("parents",))]
    assert concepts("ouderen", "nl") == [("ouderen", ("seniors",))]
    assert concepts("oudermishandeling", "nl") == [("oudermishandeling", ("parental",))]
    assert concepts("ouderenmishandeling", "nl") == [("ouderenmishandeling", ("old",))]
    assert concepts("geweld ouders", "nl") == [("geweld ouders", ("parental",))]


def test_a_quoted_phrase_an_exclusion_and_a_literal_question_are_meant_as_written() -> None:
    assert concepts('"violence conjugale" -mamans') == []
    assert concepts("violence conjugale -mamans") == [("violence conjugale", ("couple",))]
    assert not any(each.concepts for each in analysed("violence conjugale mamans", literal=True).wanted)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("vif", "fr", True),
        ("plan vif", "fr", True),
        ("vif", "nl", True),
        ("plan vif", "nl", False),
        ("plan VIF", "nl", True),
        ("un débat vif entre voisins du quartier nord", "fr", False),
        ("un plan VIF entre voisins du quartier nord", "fr", True),
    ],
)
def test_an_acronym_in_small_letters_counts_in_a_short_question(
    text: str, language: str, found: bool
) -> None:
    assert bool(concepts(text, language)) is found


def test_a_compound_is_looked_for_by_what_it_is_made_of() -> None:
    (wanted,) = analysed("vrouwenpraatgroep", "fr").wanted

    assert "nl:vrouwenpraatgroep" in wanted.terms
    assert wanted.parts == (
        Wanted(("vrouwen",), ("nl:vrouw",), concepts=("c:women",)),
        Wanted(("praatgroep",), ("nl:praatgroep",), concepts=("c:group",)),
    )


def test_a_compound_whose_parts_together_are_a_term_is_that_concept() -> None:
    assert concepts("Partnerschaftsgewalt", "de") == [("Partnerschaftsgewalt", ("couple",))]


@pytest.mark.parametrize(
    ("text", "language", "must"),
    [
        ("comment aider les mamans du quartier ?", "fr", ["mamans", "quartier"]),
        ("Wie kann man Frauen im Viertel helfen?", "de", ["Frauen", "Viertel"]),
        ("hoe kunnen we jongens bereiken", "nl", ["jongens", "bereiken"]),
        ("how can we reach women at night", "en", ["reach", "women", "night"]),
        ("projet pour les femmes", "fr", ["femmes"]),
        ("goede praktijk rond ouders", "nl", ["ouders"]),
        ("violences contre les voisins", "fr", ["violences", "voisins"]),
        ("les projets", "fr", ["projets"]),
        ("les", "fr", ["les"]),
    ],
)
def test_words_that_ask_for_nothing_are_not_asked_of_a_sheet(
    text: str, language: str, must: list[str]
) -> None:
    assert asked(text, language) == must


def test_weak_words_still_raise_the_sheets_that_have_them() -> None:
    wanted = {piece.words: piece for piece in analysed("projet pour les femmes").wanted}

    assert set(wanted) == {("projet",), ("femmes",)}
    assert wanted["projet",].optional


def test_a_stop_word_of_another_language_is_asked_when_the_language_is_plain() -> None:
    assert asked("violence against men", "en") == ["violence", "men"]


@pytest.mark.parametrize(
    ("text", "reader", "asked_in"),
    [
        ("Trainer", "fr", ["fr"]),
        ("Trainer", "de", ["de"]),
        ("wie können wir die Trainer für Mannschaften gewinnen", "fr", ["de", "fr"]),
    ],
)
def test_stems_are_borrowed_of_languages_that_nobody_asks_in(
    text: str, reader: str, asked_in: list[str]
) -> None:
    trainer = next(each for each in analysed(text, reader).wanted if each.words == ("Trainer",))
    languages = {term.partition(":")[0] for term in trainer.borrowed}

    assert bool(languages) is (len(asked_in) == 1)
    assert languages.isdisjoint(asked_in)
    assert trainer.surface == "trainer"


def test_a_star_asks_for_the_words_that_begin_so() -> None:
    (wanted,) = analysed("Égal*").wanted

    assert wanted.prefixes == ("egal",)
    assert not wanted.optional
    assert analysed("l'éco*").wanted[0].prefixes == ("eco",)
    assert analysed("Tät*", "de").wanted[0].prefixes == ("tat", "taet")
    assert analysed("me*").wanted[0].prefixes == ()


def test_the_same_question_is_analysed_once() -> None:
    assert analysed("café des mamans") is analysed("café des mamans")


@given(st.text(max_size=256), st.sampled_from(LANGUAGES))
@settings(max_examples=300, deadline=None)
def test_any_text_is_analysed_and_every_piece_looks_for_something(text: str, language: str) -> None:
    question = analysed(text, language)

    for wanted in (*question.wanted, *question.excluded):
        assert not wanted.is_nothing
        assert all(term.startswith("c:") for term in wanted.concepts)
    assert not question.wanted or not all(wanted.optional for wanted in question.wanted)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("praat groepen", "nl", "group"),
        ("gespräch gruppe", "de", "group"),
        ("supportgroup", "en", "group"),
        ("violenceconjugale", "fr", "couple"),
        ("ouderen mishandeling", "nl", "old"),
        ("ouder mishandeling", "nl", "parental"),
    ],
)
def test_a_term_is_recognised_written_apart_or_in_one_by_mistake(
    text: str, language: str, found: str
) -> None:
    assert concepts(text, language) == [(text, (found,))]


def test_a_misspelt_word_is_mended_with_a_word_of_the_thesaurus(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Une", violence_forms=("partner",)), sheet(2, "Autre")], 1)

    answer = search_engine.search(SearchRequest("partnergeewld", language="nl"))

    assert (answer.suggestion, answer.corrected) == ("partnergeweld", True)
    assert [hit.number for hit in answer.hits] == [1]


def test_the_page_says_which_concepts_the_parts_of_a_compound_named(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Groupe de parole", target_groups=("women",))], 1)

    answer = search_engine.search(SearchRequest("vrouwenpraatgroep", language="nl"))

    assert [hit.number for hit in answer.hits] == [1]
    assert {(also.words, also.concept) for also in answer.also} == {
        (("vrouwen",), "women"),
        (("praatgroep",), "group"),
    }


def test_parents_are_never_mended_to_older_people_by_the_thesaurus(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Une", violence_forms=("elder",))], 1)

    answer = search_engine.search(SearchRequest("oudernmishandeling", language="nl"))

    assert answer.suggestion != "ouderenmishandeling"


def test_the_words_of_the_thesaurus_are_known_as_they_are_written() -> None:
    words = term_words(SMALL)

    assert words["gesprachsgruppe"] == "gesprächsgruppe"
    assert "des" not in words
