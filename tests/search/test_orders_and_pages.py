"""The order of the hits, and the pages they are cut into, for every search engine."""

import pytest

from passerelle.search.engine import SearchEngine
from passerelle.search.request import MAX_PAGE, SearchRequest, Sort
from tests.search.samples import CAFE, dutch, random_sheets, sheet


def found(engine: SearchEngine, words: str, language: str = "fr") -> list[int]:
    return [hit.number for hit in engine.search(SearchRequest(words, language=language)).hits]


@pytest.mark.parametrize("per_page", [1, 7, 20, 100])
def test_pages_together_are_the_whole_answer_without_repetition(
    search_engine: SearchEngine, per_page: int
) -> None:
    search_engine.put(random_sheets(45, seed=2), 1)
    for sort in Sort:
        whole = [
            hit.number
            for hit in search_engine.search(SearchRequest("", {}, sort, 1, 100, language="fr")).hits
        ]
        pages = [
            hit.number
            for page in range(1, 45 // per_page + 2)
            for hit in search_engine.search(SearchRequest("", {}, sort, page, per_page, language="fr")).hits
        ]
        assert pages == whole
        assert sorted(whole) == list(range(1, 46))


@pytest.mark.parametrize("page", [2, 500, MAX_PAGE, MAX_PAGE + 1, 10**12])
def test_a_page_beyond_the_last_has_no_hits_but_the_true_total(
    search_engine: SearchEngine, page: int
) -> None:
    search_engine.put([CAFE], 1)

    answer = search_engine.search(SearchRequest("mamans", {}, Sort.RELEVANCE, page, language="fr"))

    assert (answer.total, answer.hits, answer.first, answer.last) == (1, (), 0, 0)


def test_a_page_below_the_first_is_the_first(search_engine: SearchEngine) -> None:
    search_engine.put([CAFE], 1)

    answer = search_engine.search(SearchRequest("mamans", {}, Sort.RELEVANCE, -5, -1, language="fr"))

    assert (answer.page, answer.per_page, answer.first, answer.last) == (1, 1, 1, 1)


def test_sheets_come_in_the_order_asked_for(search_engine: SearchEngine) -> None:
    search_engine.put(
        [
            sheet(1, "Bébés", starts="2013", published_at="2024-01-01T00:00:00+00:00"),
            dutch(2, "Abri", starts="2019-05", published_at="2025-01-01T00:00:00+00:00"),
            sheet(3, "Été", starts=None, published_at="2023-01-01T00:00:00+00:00"),
        ],
        1,
    )
    expected = {
        Sort.NEWEST: [2, 1, 3],
        Sort.RELEVANCE: [2, 1, 3],  # there are no words
        Sort.STARTED: [2, 1, 3],
        Sort.TITLE: [2, 1, 3],
        Sort.COMMUNE: [2, 3, 1],  # Gand before Quaregnon
    }

    for sort, order in expected.items():
        answer = search_engine.search(SearchRequest("", {}, sort, language="fr"))
        assert [hit.number for hit in answer.hits] == order, sort


def test_a_word_in_the_title_counts_more_than_in_the_summary_and_there_more_than_below(
    search_engine: SearchEngine,
) -> None:
    filling = "atelier sport jardin cuisine"
    search_engine.put(
        [
            sheet(1, filling, summary=filling, texts={"activities": "tambour"}),
            sheet(2, filling, summary="tambour", texts={"activities": filling}),
            sheet(3, "tambour", summary=filling, texts={"activities": filling}),
        ],
        1,
    )

    assert found(search_engine, "tambour") == [3, 2, 1]


def test_of_two_equal_sheets_the_one_in_the_language_of_the_reader_comes_first(
    search_engine: SearchEngine,
) -> None:
    search_engine.put([sheet(1, "Tambour"), dutch(2, "Tambour", language="nl")], 1)

    assert found(search_engine, "tambour", "fr") == [1, 2]
    assert found(search_engine, "tambour", "nl") == [2, 1]
