"""Words, questions and sheets, turned into terms."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.search.analysis.folding import fold, transcribed
from passerelle.search.analysis.readings import MAX_TERM, read_word
from passerelle.search.analysis.sheets import MAX_DISTINCT, analyse_sheet
from passerelle.search.analysis.stemming import never_confused, stems
from passerelle.search.analysis.stops import STOPS
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.query import Piece, read_question
from passerelle.vocabulary import LANGUAGES
from tests.search.samples import CAFE, sheet


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Égalité", "egalite"), ("Straße", "strasse"), ("cœur", "coeur"), ("İSTANBUL", "istanbul"), ("a", "a")],
)
def test_folding_takes_accents_and_capitals_away(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_umlauts_are_transcribed_as_on_a_keyboard_without_them() -> None:
    assert transcribed("täter fördern über") == "taeter foerdern ueber"


def test_an_accented_word_is_folded_before_and_after_its_stem_is_taken() -> None:
    assert stems("égalité", "fr") == ("egal", "egalit")
    assert set(stems("egalite", "fr")) & set(stems("égalité", "fr"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’école, mis(be)handeling; LGBTQIA+!", ["L’école", "mis(be)handeling", "LGBTQIA+"]),
        ("0800 30 030 ou 107", ["0800 30 030", "ou", "107"]),
        ("18.988 habitants", ["18.988", "habitants"]),
        ("de 2013 à 2014", ["de", "2013", "à", "2014"]),
        ("cyber-harcèlement / cyber harcèlement", ["cyber-harcèlement", "cyber", "harcèlement"]),
        ("snake_case", ["snake", "case"]),
        ("(*) ?!", []),
    ],
)
def test_a_text_is_cut_into_words_as_people_see_them(text: str, words: list[str]) -> None:
    assert TOKEN.findall(text) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stop_word_has_no_term_with_or_without_its_accents(language: str) -> None:
    for word in STOPS[language]:
        assert read_word(word, language).is_stop


def test_stop_words_go_before_stemming_and_not_after() -> None:
    assert "wel" in STOPS["nl"]
    assert not read_word("geweld", "nl").is_stop
    assert not read_word("welen", "nl").is_stop


@pytest.mark.parametrize(
    ("one", "other", "never"),
    [
        ("ouders", "ouderen", True),
        ("oudermishandeling", "ouderenmishandeling", True),
        ("ouders", "ouder", False),
        ("ouderen", "oudere", False),
        ("ouders", "oudjes", True),
        ("police", "polices", False),
    ],
)
def test_which_words_must_never_stand_for_each_other(one: str, other: str, never: bool) -> None:
    assert never_confused(one, other) is never


@given(st.text(min_size=1, max_size=100), st.sampled_from(LANGUAGES))
@settings(max_examples=500, deadline=None)
def test_any_word_has_readings_and_every_term_belongs_to_the_language(text: str, language: str) -> None:
    for token in TOKEN.findall(text):
        parts, joined, _ = read_word(token[:MAX_TERM], language)
        terms = [*joined, *(term for part in parts for term in part)]
        assert parts
        assert all(term.startswith(f"{language}:") and len(term) > 3 for term in terms)


def test_a_question_is_words_phrases_exclusions_and_beginnings() -> None:
    question = read_question('café -police "groupe de parole" -"maison de repos" a-b - c coif* me*')

    assert question.pieces == (
        Piece(("café",)),
        Piece(("police",), excluded=True),
        Piece(("groupe", "de", "parole"), quoted=True),
        Piece(("maison", "de", "repos"), excluded=True, quoted=True),
        Piece(("a-b",)),
        Piece(("c",)),
        Piece(("coif",), begun=True),
        Piece(("me",)),
    )
    assert question.cut == ()


def test_a_quotation_mark_without_its_partner_means_nothing() -> None:
    assert read_question('groupe "de parole').pieces == tuple(
        Piece((word,), excluded=False) for word in ("groupe", "de", "parole")
    )


def test_long_words_and_many_words_are_cut_and_named() -> None:
    question = read_question(f"{'x' * 70} " + " ".join(f"b{n}" for n in range(40)))

    assert question.pieces[0].words == ("x" * 64,)
    assert len(question.pieces) == 32
    assert question.cut == ("x" * 70, *(f"b{n}" for n in range(31, 40)))


def test_the_title_weighs_most_and_labels_least() -> None:
    weights = analyse_sheet(CAFE).weights

    assert weights["fr:caf"] > weights["fr:discuss"] > weights["fr:quarti"] > weights["fr:intrafamilial"]


def test_a_sheet_of_countless_words_keeps_a_bounded_number() -> None:
    long = sheet(1, texts={"activities": "encore un mot " * 30_000 + " ".join(f"b{n}" for n in range(6000))})

    analysed = analyse_sheet(long)

    assert len(analysed.weights) == MAX_DISTINCT
    assert max(max(places) for places in analysed.places.values()) <= 65_535


def test_the_words_kept_for_mending_are_those_written_and_no_numbers() -> None:
    assert {"café", "mamans", "égalité", "école"} <= analyse_sheet(CAFE).surfaces
    assert not {"0800", "030", "un", "de"} & analyse_sheet(CAFE).surfaces
