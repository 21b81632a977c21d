"""What comes first: whole words before concepts, near words before far ones, running before finished."""

import pytest

from passerelle.search.engine import SearchEngine
from passerelle.search.request import Mine, SearchRequest, Sort
from tests.search.samples import dutch, sheet

FILLING = " ".join(["atelier", "cuisine", "sport", "jardin"] * 8)


def found(engine: SearchEngine, words: str, language: str = "fr") -> list[int]:
    return [hit.number for hit in engine.search(SearchRequest(words, language=language)).hits]


def test_words_that_stand_together_come_before_words_far_apart(search_engine: SearchEngine) -> None:
    search_engine.put(
        [
            sheet(1, "Une", texts={"activities": f"tambour {FILLING} xylophone"}),
            sheet(2, "Une", texts={"activities": f"tambour xylophone {FILLING}"}),
            sheet(3, "Une", texts={"activities": f"xylophone {FILLING} tambour"}),
            *(sheet(number, "Atelier") for number in range(10, 20)),
        ],
        1,
    )

    assert found(search_engine, "tambour xylophone")[0] == 2


def test_the_order_of_words_near_each_other_counts_a_little(search_engine: SearchEngine) -> None:
    search_engine.put(
        [
            sheet(1, "Une", texts={"activities": f"tambour xylophone {FILLING}"}),
            sheet(2, "Une", texts={"activities": f"xylophone tambour {FILLING}"}),
        ],
        1,
    )

    assert found(search_engine, "tambour xylophone") == [1, 2]
    assert found(search_engine, "xylophone tambour") == [2, 1]


def test_words_in_two_texts_are_not_near(search_engine: SearchEngine) -> None:
    search_engine.put(
        [
            sheet(1, "Tambour", summary=f"xylophone {FILLING}"),
            sheet(2, "Tambour", summary=f"xylophone {FILLING}", texts={"activities": "tambour xylophone"}),
        ],
        1,
    )

    near, far = (search_engine.explain(SearchRequest("tambour xylophone", language="fr"), n) for n in (2, 1))

    assert near is not None
    assert far is not None
    assert (near.nearness > 0, far.nearness) == (True, 0)


def test_of_two_things_that_no_sheet_has_together_both_are_shown(search_engine: SearchEngine) -> None:
    search_engine.put(
        [
            sheet(1, "Tambour"),
            *(sheet(number, "Xylophone") for number in (2, 3, 4)),
            *(sheet(number, "Atelier") for number in range(10, 30)),
        ],
        1,
    )

    assert sorted(found(search_engine, "tambour xylophone")) == [1, 2, 3, 4]
    assert found(search_engine, "xylophone zzgrmbl") == []


def test_the_word_itself_comes_before_the_same_concept_in_other_words(search_engine: SearchEngine) -> None:
    search_engine.put(
        [
            dutch(1, "Praatgroep"),
            sheet(2, "Une", texts={"activities": f"groupe de parole {FILLING}"}),
            *(sheet(number, "Atelier") for number in range(10, 20)),
        ],
        1,
    )

    assert found(search_engine, "groupe de parole") == [2, 1]
    assert found(search_engine, "groupe de parole", "nl") == [2, 1]
    assert found(search_engine, "praatgroep") == [1, 2]


def test_a_word_with_the_same_stem_in_a_language_nobody_asked_in_counts_little(
    search_engine: SearchEngine,
) -> None:
    search_engine.put([sheet(1, "Trainer"), sheet(2, "Trains"), sheet(3, "Trainer")], 1)

    assert found(search_engine, "Trainer", "fr") == [3, 2, 1]
    assert found(search_engine, "Trainer", "de") == [3, 1, 2]


def test_a_literal_question_finds_no_concept(search_engine: SearchEngine) -> None:
    search_engine.put([dutch(1, "Praatgroep"), sheet(2, "Groupe de parole")], 1)

    answer = search_engine.search(SearchRequest("praatgroep", language="nl", literal=True))

    assert [hit.number for hit in answer.hits] == [1]
    assert answer.also == ()


def test_what_was_also_searched_is_said(search_engine: SearchEngine) -> None:
    search_engine.put([dutch(1, "Praatgroep")], 1)

    (also,) = search_engine.search(SearchRequest("groupe de parole", language="fr")).also

    assert (also.words, also.concept) == (("groupe", "de", "parole"), "group")
    assert also.terms["nl"] == "praatgroep"
    assert "fr" not in also.terms


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        ({"ongoing": False}, "a project that is over"),
        ({"ends": "2020", "ongoing": None}, "a project that is over"),
        ({"published_at": "2019-01-01T00:00:00+00:00"}, "a sheet published long ago"),
    ],
)
def test_of_two_equal_sheets_the_running_and_the_fresh_come_first(
    search_engine: SearchEngine, later: dict[str, object], reason: str
) -> None:
    fresh = {"published_at": "2026-01-01T00:00:00+00:00"}
    search_engine.put([sheet(1, "Tambour", **fresh), sheet(2, "Tambour", **{**fresh, **later})], 1)

    assert found(search_engine, "tambour") == [1, 2], reason


def test_what_begins_like_the_last_word_is_found(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Tambour"), sheet(2, "Tambourin"), sheet(3, "Atelier")], 1)

    assert set(found(search_engine, "tambo*")) == {1, 2}
    assert found(search_engine, "ateli*") == [3]
    assert found(search_engine, "tamba*") == []


def test_communes_like_mine_come_first_whatever_the_words_say(search_engine: SearchEngine) -> None:
    hainaut = {"inhabitants": 15_000}
    search_engine.put(
        [
            sheet(1, "Jardin", summary="tambour", **hainaut),
            sheet(2, "Tambour", inhabitants=500_000),
            dutch(3, "Tambour tambour", inhabitants=15_000),
            sheet(4, "Tambour", **hainaut),
            dutch(5, "Tambour", inhabitants=500_000),
        ],
        1,
    )
    mine = Mine("s2", "hainaut", "fr")

    answer = search_engine.search(SearchRequest("tambour", {}, Sort.ALIKE, language="fr", mine=mine))
    nothing = search_engine.search(SearchRequest("", {}, Sort.ALIKE, language="fr", mine=mine))
    unknown = search_engine.search(SearchRequest("tambour", {}, Sort.ALIKE, language="fr"))

    assert [hit.number for hit in answer.hits] == [4, 1, 2, 3, 5]
    assert [hit.number for hit in nothing.hits] == [4, 1, 2, 3, 5]
    assert [hit.number for hit in unknown.hits] == found(search_engine, "tambour")
