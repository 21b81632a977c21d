"""Words as sheets write them: completed while they are typed, and offered in the place of misspelt ones."""

import pytest

from passerelle.search.engine import SearchEngine
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.lexicon import LONGEST
from tests.search.samples import dutch, sheet


def suggested(engine: SearchEngine, words: str) -> str | None:
    return engine.search(SearchRequest(words, language="fr")).suggestion


def test_words_are_completed_the_most_frequent_first(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Parole"), sheet(2, "Parole et parents"), dutch(3, "Parket")], 1)
    search_engine.put([sheet(4, "Parents et parole")], 2)

    assert search_engine.complete("par", 8) == ["parole", "parents", "parket"]
    assert search_engine.complete("par", 2) == ["parole", "parents"]
    assert search_engine.complete("parole", 8) == ["parole"]


@pytest.mark.parametrize("prefix", ["ecol", "éco", "ÉCO", "ECOL"])
def test_accents_and_capitals_do_not_matter(search_engine: SearchEngine, prefix: str) -> None:
    search_engine.put([sheet(1, "L'École ouverte")], 1)

    assert search_engine.complete(prefix, 8) == ["école"]


@pytest.mark.parametrize("prefix", ["", " ", "x y", "*", "a*", "[", "\0", "\x7f", "zzz", "é" * 300, "ſ"])
def test_what_begins_no_word_has_none(search_engine: SearchEngine, prefix: str) -> None:
    search_engine.put([sheet(1, "Une fiche")], 1)

    assert search_engine.complete(prefix, 8) == []


def test_words_of_sheets_that_are_gone_are_not_offered(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Xylophone"), sheet(2, "Tambour")], 1)

    search_engine.remove([1], 2)

    assert search_engine.complete("xyl", 8) == []
    assert search_engine.complete("tam", 8) == ["tambour"]
    assert suggested(search_engine, "xylophine") is None


def test_a_word_longer_than_is_looked_at_is_completed_whole(search_engine: SearchEngine) -> None:
    long = "inter" * 6 + "communale"
    assert len(long) > LONGEST
    search_engine.put([sheet(1, long)], 1)

    assert search_engine.complete("interinter", 8) == [long]


def test_the_accents_that_most_sheets_write_are_offered(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Ecole"), sheet(2, "École"), sheet(3, "École")], 1)

    assert suggested(search_engine, "eccole") == "école"


def test_words_of_merged_segments_are_counted_together(search_engine: SearchEngine) -> None:
    for number in range(1, 12):
        search_engine.put([sheet(number, "Chant" if number % 2 else "Chance rare")], number)
    before = search_engine.complete("cha", 8), suggested(search_engine, "chanr")

    while search_engine.tidy():
        pass

    assert before == (["chant", "chance"], "chant")
    assert (search_engine.complete("cha", 8), suggested(search_engine, "chanr")) == before


@pytest.mark.parametrize(("typed", "written"), [("oudersn", "Ouderen"), ("ouderens", "Ouders")])
def test_parents_are_never_offered_for_older_people(
    search_engine: SearchEngine, typed: str, written: str
) -> None:
    search_engine.put([dutch(1, written)], 1)

    assert suggested(search_engine, typed) != written.lower()
