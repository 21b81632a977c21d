"""Sheets of nearby meaning join those that have the words, and never push them out."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from passerelle.search.meaning.port import Near, NoMeaning
from passerelle.search.request import SearchRequest, Sort
from passerelle.search.whoosh_engine.engine import WhooshEngine
from tests.search.conftest import TODAY
from tests.search.samples import dutch, sheet


class Told(NoMeaning):
    """Knows what it was told, and what it was asked."""

    def __init__(self) -> None:
        self.near: list[Near] = []
        self.asked: list[tuple[str, bool]] = []
        self.backed: list[int] = []

    def near_words(
        self, words: str, limit: int, /, *, sure: bool = False, backed: Callable[[int], bool] | None = None
    ) -> Sequence[Near]:
        self.asked.append((words, sure))
        self.backed = [near.number for near in self.near if backed and backed(near.number)]
        return self.near[:limit]


@pytest.fixture
def meaning() -> Told:
    return Told()


@pytest.fixture
def engine(tmp_path: Path, meaning: Told) -> Iterator[WhooshEngine]:
    made = WhooshEngine(tmp_path / "index", today=lambda: TODAY, meaning=meaning)
    made.rebuild(
        [
            sheet(1, "Tambour"),
            sheet(2, "Xylophone"),
            dutch(3, "Trommel"),
            *(sheet(number, "Atelier") for number in range(10, 20)),
        ],
        1,
    )
    yield made
    made.close()


def near(*numbers: int) -> list[Near]:
    return [Near(number, f"h{number}", 0.9 - number / 1000) for number in numbers]


def found(engine: WhooshEngine, words: str, **other: object) -> list[tuple[int, bool]]:
    request = SearchRequest(words, language="fr", **other)  # type: ignore[arg-type]  # one value a field
    return [(hit.number, hit.nearby) for hit in engine.search(request).hits]


def test_a_sheet_without_the_words_is_found_for_its_meaning(engine: WhooshEngine, meaning: Told) -> None:
    meaning.near = near(3, 1)

    answer = engine.search(SearchRequest("tambour", language="fr"))

    assert [(hit.number, hit.nearby) for hit in answer.hits] == [(1, False), (3, True)]
    assert answer.total == 2
    assert [(each.value, each.count) for each in answer.facets["written"] if each.count] == [
        ("fr", 1),
        ("nl", 1),
    ]


def test_a_sheet_that_is_gone_or_has_changed_since_is_not_found(engine: WhooshEngine, meaning: Told) -> None:
    meaning.near = [*near(2, 3, 99), Near(10, "what it was", 0.8)]
    engine.remove([2], 2)

    assert found(engine, "tambour") == [(1, False), (3, True)]


def test_choices_hold_for_nearby_sheets_too(engine: WhooshEngine, meaning: Told) -> None:
    meaning.near = near(2, 3)

    assert found(engine, "tambour", facets={"written": ("nl",)}) == [(3, True)]


@pytest.mark.parametrize("words", ['"tambour"', "tambour -jardin", "tambo*", "", "-jardin"])
def test_exact_questions_are_not_asked_of_the_meaning(
    engine: WhooshEngine, meaning: Told, words: str
) -> None:
    engine.search(SearchRequest(words, language="fr"))

    assert meaning.asked == []


def test_nor_are_literal_ones_and_other_orders(engine: WhooshEngine, meaning: Told) -> None:
    engine.search(SearchRequest("tambour", language="fr", literal=True))
    engine.search(SearchRequest("tambour", {}, Sort.NEWEST, language="fr"))

    assert meaning.asked == []


def test_words_that_are_nowhere_still_find_what_they_mean(engine: WhooshEngine, meaning: Told) -> None:
    meaning.near = near(3)

    assert found(engine, "percussion") == [(3, True)]


def test_what_the_words_have_found_is_told(engine: WhooshEngine, meaning: Told) -> None:
    found(engine, "tambour")
    found(engine, "percussion")

    assert meaning.asked == [("tambour", True), ("percussion", False)]


def test_the_sheets_that_have_some_word_of_the_question_are_told(engine: WhooshEngine, meaning: Told) -> None:
    meaning.near = near(1, 2, 3, 99)

    found(engine, "tambour percussion orchestre")

    assert meaning.asked == [("tambour percussion orchestre", False)]
    assert meaning.backed == [1]


def test_pages_of_a_fused_answer_do_not_repeat_a_sheet(engine: WhooshEngine, meaning: Told) -> None:
    meaning.near = near(3, 12, 2, 11)
    whole = found(engine, "atelier", per_page=100)

    pages = [each for page in (1, 2, 3, 4) for each in found(engine, "atelier", per_page=4, page=page)]

    assert pages == whole
    assert sorted(whole) == sorted([(2, True), (3, True), *((number, False) for number in range(10, 20))])


def test_the_place_by_meaning_is_explained(engine: WhooshEngine, meaning: Told) -> None:
    meaning.near = near(3, 1)

    explained = engine.explain(SearchRequest("tambour", language="fr"), 3)

    assert explained is not None
    assert (explained.place, explained.meaning, explained.whole) == (2, 1, False)
