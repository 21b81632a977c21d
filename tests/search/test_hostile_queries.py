"""Whatever is typed into the search box, there is a plain answer."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.hostile import HOSTILE, SIGNS
from passerelle.search.engine import SearchEngine
from passerelle.search.query import MAX_TERMS, read_question
from passerelle.search.request import FACETS, MAX_WORDS, SearchRequest, Sort
from tests.search.samples import CAFE, random_sheets


def test_the_corpus_is_large() -> None:
    assert len(HOSTILE) >= 100


@pytest.fixture
def full(search_engine: SearchEngine) -> SearchEngine:
    search_engine.put([CAFE, *(each for each in random_sheets(40, seed=4) if each.number > 1)], 1)
    return search_engine


def test_every_hostile_question_gets_an_answer(full: SearchEngine) -> None:
    for words in HOSTILE:
        for language in ("fr", "xx"):
            answer = full.search(SearchRequest(words, language=language))
            assert 0 <= answer.total <= 40
            assert len(answer.hits) == min(answer.total, 20)


def test_random_questions_get_an_answer(full: SearchEngine) -> None:
    chance = random.Random(7)
    pieces = [*SIGNS, "police", "école", "groupe de parole", "mamns", "les", "42", " ", " ", "-", '"']
    for _ in range(300):
        words = "".join(chance.choices(pieces, k=chance.randint(1, 40)))
        assert 0 <= full.search(SearchRequest(words, language="nl")).total <= 40


def test_no_word_reaches_another_field_of_the_index(full: SearchEngine) -> None:
    for words in ("__meta__", "key:1", "position", "number", "content_hash"):
        assert full.search(SearchRequest(words, language="fr")).total == 0


def test_impossible_choices_find_nothing_and_break_nothing(full: SearchEngine) -> None:
    for facet in FACETS:
        for value in ("", "'; --", "\x00", "\ud800", "x" * 5000, "__meta__"):
            answer = full.search(SearchRequest("", {facet: (value,)}, language="fr"))
            assert answer.total == 0
            assert [each.count for each in answer.facets[facet] if each.value == value and each.chosen] == [0]


def test_choices_beyond_any_hand_are_not_read() -> None:
    request = SearchRequest("", {"commune": tuple(map(str, range(5000)))}, language="fr")

    assert len(request.chosen("commune")) == 64


@given(st.text(max_size=2000))
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_a_question_within_the_limits(text: str) -> None:
    request = SearchRequest(text, language="fr")
    question = read_question(request.words)

    assert len(request.words) <= MAX_WORDS
    assert sum(len(piece.words) for piece in question.pieces) <= MAX_TERMS
    assert all(0 < len(word) <= 64 for piece in question.pieces for word in piece.words)


@given(st.text(max_size=300), st.integers(), st.integers(), st.sampled_from(list(Sort)))
@settings(max_examples=100, deadline=None)
def test_any_request_is_brought_within_its_bounds(words: str, page: int, per_page: int, sort: Sort) -> None:
    request = SearchRequest(
        words, {"form": ("partner",), "nonsense": ("x",)}, sort, page, per_page, language="fr"
    )

    assert 1 <= request.page <= 1000
    assert 1 <= request.per_page <= 100
    assert list(request.facets) == ["form"]
