"""Long Dutch and German words, taken apart into words people know."""

import pytest

from passerelle.search.analysis.compounds import inside, split
from passerelle.search.analysis.sheets import analyse_sheet
from passerelle.search.engine import SearchEngine
from passerelle.search.request import SearchRequest
from tests.search.samples import dutch, sheet


def found(engine: SearchEngine, words: str, language: str) -> list[int]:
    return [hit.number for hit in engine.search(SearchRequest(words, language=language, literal=True)).hits]


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("ouderenmishandeling", "nl", ("ouderen", "mishandeling")),
        ("oudermishandeling", "nl", ("ouder", "mishandeling")),
        ("Ouderenmishandelingen", "nl", ("ouderen", "mishandelingen")),
        ("oudersavond", "nl", ("ouders", "avond")),
        ("jeugdhuiswerker", "nl", ("jeugdhuis", "werker")),
        ("praatgroepen", "nl", ("praat", "groepen")),
        ("gezinsgeweld", "nl", ("gezin", "geweld")),
        ("kindermishandeling", "nl", ("kinderen", "mishandeling")),
        ("Partnerschaftsgewalt", "de", ("partnerschaft", "gewalt")),
        ("Täterarbeit", "de", ("täter", "arbeit")),
        ("Taeterarbeit", "de", ("täter", "arbeit")),
        ("Kindesmisshandlung", "de", ("kind", "misshandlung")),
        ("Schulsozialarbeiter", "de", ("schule", "sozialarbeiter")),
    ],
)
def test_a_compound_is_split_into_known_words(word: str, language: str, parts: tuple[str, ...]) -> None:
    assert split(word, language) == parts


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("kinderen", "nl"),
        ("ouderen", "nl"),
        ("burgemeester", "nl"),
        ("grensoverschrijdend", "nl"),
        ("geweldloos", "nl"),
        ("Partnerschaft", "de"),
        ("Deutschland", "de"),
        ("Veranstaltung", "de"),
        ("Gemeinschaft", "de"),
        ("violences", "fr"),
        ("hairdresser", "en"),
        ("x" * 64, "nl"),
        ("kind" * 15, "nl"),
    ],
)
def test_a_word_that_is_not_made_of_known_words_stays_whole(word: str, language: str) -> None:
    assert split(word, language) == ()


def test_a_part_that_is_a_compound_itself_is_there_whole_and_in_parts() -> None:
    assert inside("jeugdhuiswerker", "nl") == ("jeugdhuis", "jeugd", "huis", "werker")


def test_the_parts_of_a_compound_weigh_less_than_the_compound_and_stand_at_its_place() -> None:
    analysed = analyse_sheet(dutch(1, "De praatgroep"))

    assert analysed.weights["nl:praatgroep"] > analysed.weights["nl:groep"] > 0
    assert analysed.places["nl:praatgroep"] == analysed.places["nl:groep"] == [1]


def test_a_word_finds_the_compounds_it_is_in_after_the_word_itself(search_engine: SearchEngine) -> None:
    search_engine.put([dutch(1, "Praatgroep"), dutch(2, "Groep"), dutch(3, "Gebouw")], 1)

    assert found(search_engine, "groep", "nl") == [2, 1]
    assert found(search_engine, "praat", "nl") == [1]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("nl", "mishandeling van ouderen", "ouderenmishandeling"),
        ("nl", "werker in het jeugdhuis", "jeugdhuiswerker"),
        ("de", "Gewalt in der Partnerschaft", "Partnerschaftsgewalt"),
    ],
)
def test_a_compound_finds_what_it_is_made_of_written_apart(
    search_engine: SearchEngine, language: str, written: str, typed: str
) -> None:
    search_engine.put([sheet(1, written, language=language), sheet(2, "Huis", language=language)], 1)

    assert found(search_engine, typed, language) == [1]


def test_the_parts_of_older_people_never_find_parents(search_engine: SearchEngine) -> None:
    search_engine.put([dutch(1, "Ouderengroep"), dutch(2, "Oudergroep"), dutch(3, "Oudersgroep")], 1)

    assert found(search_engine, "ouderen", "nl") == [1]
    assert found(search_engine, "ouders", "nl") == [3, 2]
    assert found(search_engine, "ouderenpraatgroep", "nl") == []
