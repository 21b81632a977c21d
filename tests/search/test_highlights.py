"""Highlights are plain text in pieces: the words as written, marked, and nothing lost or added."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.search.analysis.questions import analyse_question
from passerelle.search.engine import SearchEngine
from passerelle.search.highlights import Marker, Sought
from passerelle.search.looked_for import LookedFor
from passerelle.search.page import Highlights
from passerelle.search.query import read_question
from passerelle.search.request import SearchRequest
from passerelle.search.texts import EXTRACT_WIDTH, texts_of
from tests.search.samples import CAFE, dutch, marked, sheet, text_of


def highlights(engine: SearchEngine, words: str, language: str = "fr") -> Highlights:
    return engine.search(SearchRequest(words, language=language)).hits[0].highlights


def test_the_words_are_marked_where_they_stand_and_the_texts_stay_whole(search_engine: SearchEngine) -> None:
    search_engine.put([CAFE], 1)

    shown = highlights(search_engine, "maman groupe parole")

    assert text_of(shown.title) == CAFE.title
    assert marked(shown.title) == ["Mamans"]
    assert text_of(shown.summary) == CAFE.summary
    assert marked(shown.summary) == ["Groupe", "parole"]
    assert (shown.section, shown.language) == ("activities", "fr")
    assert marked(shown.extract) == ["groupe", "parole"]


def test_an_elided_article_is_not_marked(search_engine: SearchEngine) -> None:
    search_engine.put([CAFE], 1)

    shown = highlights(search_engine, "école")

    assert marked(shown.extract) == ["école"]
    assert "L'école" in text_of(shown.extract)


def test_without_words_nothing_is_marked_and_there_is_no_extract(search_engine: SearchEngine) -> None:
    search_engine.put([CAFE], 1)

    shown = highlights(search_engine, "")

    assert (marked(shown.title), marked(shown.summary), shown.extract, shown.section) == ([], [], (), "")


def test_markup_in_a_sheet_is_text_like_any_other(search_engine: SearchEngine) -> None:
    text = "<script>alert('police')</script> & <b>police</b>"
    search_engine.put([sheet(1, text, summary=text, texts={"activities": text})], 1)

    shown = highlights(search_engine, "police")

    for fragments in (shown.title, shown.summary, shown.extract):
        assert text_of(fragments) == text
        assert marked(fragments) == ["police", "police"]


def test_an_extract_is_cut_between_words_around_the_first_marked_one(search_engine: SearchEngine) -> None:
    filling = "atelier jardin cuisine " * 40
    search_engine.put([sheet(1, "Une", texts={"objectives": f"{filling}tambour {filling}"})], 1)

    shown = highlights(search_engine, "tambour")

    text = text_of(shown.extract)
    assert shown.section == "objectives"
    assert marked(shown.extract) == ["tambour"]
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) <= EXTRACT_WIDTH + 2
    assert set(text.strip("…").split()) == {"atelier", "jardin", "cuisine", "tambour"}


def test_a_word_written_with_brackets_or_a_ligature_is_marked_too(search_engine: SearchEngine) -> None:
    search_engine.put([dutch(1, "Ouderenmis(be)handeling"), sheet(2, "Un chef d’œuvre")], 1)

    assert marked(highlights(search_engine, "ouderenmishandeling", "nl").title) == ["Ouderenmis(be)handeling"]
    assert marked(highlights(search_engine, "oeuvre").title) == ["œuvre"]


def test_words_of_a_label_mark_nothing_in_a_sheet_without_them(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Accueil", violence_forms=("partner",))], 1)

    shown = highlights(search_engine, "partnergeweld", "nl")

    assert (marked(shown.title), shown.extract) == ([], ())


def test_a_text_on_several_lines_is_shown_on_one(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Une", texts={"activities": "Un\nTambour\n\nbat"})], 1)

    assert text_of(highlights(search_engine, "tambour").extract) == "Un Tambour  bat"


@pytest.mark.timeout(5, method="signal")
def test_a_long_term_that_nearly_stands_in_a_text_a_hundred_times_keeps_nobody_waiting() -> None:
    term = " ".join(["xa"] * 26)
    texts = texts_of("Une", "xa " * 200, {}, "fr")

    nearly = Marker([Sought((), LookedFor("fr", (), [f"{term} ya"]))], "fr").highlights(texts)
    wholly = Marker([Sought((), LookedFor("fr", (), [f"{term} xa"]))], "fr").highlights(texts)

    assert marked(nearly.summary) == []
    assert marked(wholly.summary)[0] == f"{term} xa"


def test_the_words_of_a_term_are_marked_together_with_the_few_short_ones_between_them() -> None:
    texts = texts_of("Groupe de la parole", "Un groupe, sa parole. Groupe pour jeunes: parole.", {}, "fr")

    shown = Marker([Sought((), LookedFor("fr", (), ["groupe de parole"]))], "fr").highlights(texts)

    assert marked(shown.title) == ["Groupe de la parole"]
    assert marked(shown.summary) == ["groupe, sa parole"]


@given(st.text(max_size=600), st.text(max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_marked_for_any_words_is_still_the_same_text(text: str, words: str) -> None:
    question = analyse_question(read_question(words + " a " + text[:20]), "fr")
    marker = Marker([Sought((LookedFor("fr", wanted.terms),)) for wanted in question.wanted], "fr")

    shown = marker.highlights(texts_of(text, text, {"activities": text}, "fr"))

    assert text_of(shown.title) == text.replace("\n", " ")
    assert text_of(shown.extract).strip("…") in text.replace("\n", " ")
