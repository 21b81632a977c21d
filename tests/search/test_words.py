"""What words, phrases, exclusions and mistakes find, and what the reader is told about them."""

import pytest

from passerelle.search.engine import SearchEngine
from passerelle.search.page import Note, NoteKind
from passerelle.search.request import SearchRequest
from tests.search.samples import CAFE, dutch, sheet


def found(engine: SearchEngine, words: str) -> list[int]:
    return [hit.number for hit in engine.search(SearchRequest(words, language="fr")).hits]


@pytest.fixture
def three(search_engine: SearchEngine) -> SearchEngine:
    search_engine.put(
        [
            sheet(1, "Groupe de parole"),
            sheet(2, "Parole de groupe", texts={"activities": "Avec la police."}),
            sheet(3, "Groupe", texts={"activities": "parole", "objectives": "maison de repos"}),
        ],
        1,
    )
    return search_engine


def test_all_the_words_must_be_there(three: SearchEngine) -> None:
    assert set(found(three, "parole groupe")) == {1, 2, 3}
    assert found(three, "parole police") == [2]


def test_a_phrase_is_found_word_by_word_and_not_across_sections(three: SearchEngine) -> None:
    assert found(three, '"groupe de parole"') == [1]
    assert found(three, "«Groupe de Paroles»") == [1]
    assert found(three, '"groupe parole"') == []
    assert found(three, '"maison de repos" groupe') == [3]


def test_an_excluded_word_or_phrase_takes_sheets_away(three: SearchEngine) -> None:
    assert set(found(three, "groupe -police")) == {1, 3}
    assert set(found(three, 'groupe -"groupe de parole"')) == {2, 3}
    assert set(found(three, "-police")) == {1, 3}


def test_a_hyphen_inside_a_word_excludes_nothing(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "L'arc-en-ciel")], 1)

    assert found(search_engine, "arc-en-ciel") == [1]


def test_when_few_sheets_have_all_the_words_those_with_most_follow_and_it_is_said(
    search_engine: SearchEngine,
) -> None:
    others = [sheet(number, "Atelier") for number in range(10, 40)]
    search_engine.put(
        [sheet(1, "Tambour trompette"), sheet(2, "Tambour trompette violon"), sheet(3, "Tambour"), *others], 1
    )

    answer = search_engine.search(SearchRequest("tambour trompette violon", language="fr"))

    assert [hit.number for hit in answer.hits] == [2, 1]
    assert answer.notes == (Note(NoteKind.SOME, ()),)


def test_words_that_no_sheet_has_are_named(search_engine: SearchEngine) -> None:
    others = [sheet(number, "Atelier") for number in range(10, 40)]
    search_engine.put([sheet(1, "Tambour trompette"), *others], 1)

    answer = search_engine.search(SearchRequest("tambour trompette xylophone", language="fr"))

    assert [hit.number for hit in answer.hits] == [1]
    assert answer.notes == (Note(NoteKind.SOME, ("xylophone",)),)


def test_when_enough_sheets_have_all_the_words_no_others_follow(search_engine: SearchEngine) -> None:
    whole = [sheet(number, "Tambour trompette") for number in range(1, 11)]
    search_engine.put([*whole, sheet(11, "Tambour violon")], 1)

    answer = search_engine.search(SearchRequest("tambour trompette", language="fr"))

    assert (answer.total, answer.notes) == (10, ())


def test_words_that_everybody_has_are_not_enough(three: SearchEngine) -> None:
    answer = three.search(SearchRequest("groupe parole tambourin", language="fr"))

    assert (answer.total, answer.notes) == (0, ())


def test_a_choice_that_leaves_nothing_does_not_loosen_the_words(three: SearchEngine) -> None:
    answer = three.search(SearchRequest("groupe police", {"written": ("de",)}, language="fr"))

    assert (answer.total, answer.notes) == (0, ())


def test_a_word_that_is_common_in_some_language_only_raises_the_sheets_that_have_it(
    search_engine: SearchEngine,
) -> None:
    search_engine.put([sheet(1, "Groupe"), sheet(2, "Dit groupe"), sheet(3, "Dit")], 1)

    assert found(search_engine, "dit groupe") == [2, 1]


def test_words_common_in_every_language_are_reported_as_ignored(three: SearchEngine) -> None:
    answer = three.search(SearchRequest("groupe was", language="fr"))
    assert answer.notes == ()

    answer = three.search(SearchRequest("s groupe", language="fr"))
    assert (answer.total, answer.notes) == (3, (Note(NoteKind.IGNORED, ("s",)),))


def test_words_beyond_the_limits_are_reported_as_cut(three: SearchEngine) -> None:
    answer = three.search(SearchRequest(" ".join(f"b{n}" for n in range(32)) + " police", language="fr"))

    assert answer.notes == (Note(NoteKind.CUT, ("police",)),)


@pytest.mark.parametrize("typed", ["mamns", "mamaans", "mamens", "mmaans", "xmamans"])
def test_a_word_one_slip_away_is_mended(search_engine: SearchEngine, typed: str) -> None:
    search_engine.put([CAFE], 1)

    answer = search_engine.search(SearchRequest(f"café {typed}", language="fr"))

    assert answer.suggestion == "café mamans"
    assert answer.corrected
    assert [hit.number for hit in answer.hits] == [1]


def test_a_suggestion_has_the_accents_of_the_sheets(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Bébés et aînées")], 1)

    assert search_engine.search(SearchRequest("ainneés", language="fr")).suggestion == "aînées"


def test_a_word_that_stands_in_a_sheet_is_never_mended(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Poule"), sheet(2, "Poulet"), sheet(3, "Poulets")], 1)

    assert search_engine.search(SearchRequest("poule", language="fr")).suggestion is None


def test_a_stem_is_never_suggested(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Partenaires")], 1)

    answer = search_engine.search(SearchRequest("partenaiires", language="fr"))

    assert answer.suggestion == "partenaires"


def test_the_more_frequent_of_two_words_is_suggested(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Tambour"), sheet(2, "Tamboer"), sheet(3, "Tamboer")], 1)

    assert search_engine.search(SearchRequest("tambor", language="fr")).suggestion == "tamboer"


def test_words_of_sheets_in_another_language_mend_nothing(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Tambour"), dutch(2, "Tamboer"), dutch(3, "Tamboer")], 1)

    assert search_engine.search(SearchRequest("tambor", language="fr")).suggestion == "tambour"
    assert search_engine.search(SearchRequest("tambor", language="nl")).suggestion == "tamboer"
    assert search_engine.search(SearchRequest("tambor", language="de")).suggestion is None


def test_short_words_are_not_mended(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Forme et form")], 1)

    assert search_engine.search(SearchRequest("farm", language="fr")).suggestion is None


def test_nothing_is_suggested_for_nothing_like_it(search_engine: SearchEngine) -> None:
    search_engine.put([CAFE], 1)

    answer = search_engine.search(SearchRequest("zzzzzz qqqqqq", language="fr"))

    assert (answer.total, answer.suggestion, answer.corrected) == (0, None, False)
