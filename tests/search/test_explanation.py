"""An explanation says why a sheet stands where the answer has it."""

import pytest

from passerelle.search.engine import SearchEngine
from passerelle.search.explanation import Explanation
from passerelle.search.request import SearchRequest
from tests.search.samples import dutch, random_sheets, sheet


@pytest.fixture
def few(search_engine: SearchEngine) -> SearchEngine:
    search_engine.put(
        [
            sheet(1, "Tambour jardin", ongoing=False, published_at="2015-01-01T00:00:00+00:00"),
            sheet(2, "Jardin", texts={"activities": "tambour " + "cuisine " * 20}),
            dutch(3, "Tambour"),
            *(sheet(number, "Atelier") for number in range(10, 30)),
        ],
        1,
    )
    return search_engine


def explained(engine: SearchEngine, words: str, number: int, **facets: tuple[str, ...]) -> Explanation:
    found = engine.explain(SearchRequest(words, facets, language="fr"), number)
    assert found is not None
    return found


def test_every_hit_stands_at_the_place_that_is_explained(search_engine: SearchEngine) -> None:
    search_engine.put(random_sheets(40, seed=6), 1)
    for words in ("police maison", "école", '"police école"', "geweld -sport", ""):
        request = SearchRequest(words, per_page=100, language="nl")
        hits = search_engine.search(request).hits
        places = [search_engine.explain(request, hit.number) for hit in hits]
        assert [each.place for each in places if each] == list(range(1, len(hits) + 1))


def test_the_pieces_are_named_with_what_they_count(few: SearchEngine) -> None:
    whole = explained(few, "tambour jardin", 1)

    assert (whole.place, whole.total, whole.whole, whole.meaning) == (1, 3, True, None)
    assert [piece.words for piece in whole.pieces] == [("tambour",), ("jardin",)]
    assert whole.pieces[0].terms == ("fr:tambour",)
    assert whole.pieces[0].sheets == 3
    assert whole.nearness > 0
    assert dict(whole.factors) == {
        "written in the language of the reader": 1.1,
        "finished": 0.95,
        "published long ago": 0.95,
    }


def test_scores_fall_from_place_to_place(few: SearchEngine) -> None:
    scores = [explained(few, "tambour", number).score for number in (1, 2, 3)]
    places = [explained(few, "tambour", number).place for number in (1, 2, 3)]

    assert sorted(places, key=lambda place: place or 0) == [1, 2, 3]
    assert [score for _, score in sorted(zip(places, scores, strict=True))] == sorted(scores, reverse=True)


def test_a_sheet_that_is_not_in_the_answer_is_explained_too(few: SearchEngine) -> None:
    missing = explained(few, "tambour jardin", 10)
    barred = explained(few, "tambour -jardin", 1)
    elsewhere = explained(few, "tambour", 3, written=("fr",))

    assert (missing.place, missing.whole, missing.score) == (None, False, 0)
    assert (barred.place, barred.excluded) == (None, True)
    assert (elsewhere.place, elsewhere.fits, elsewhere.total) == (None, False, 2)


def test_what_is_not_in_the_index_is_not_explained(few: SearchEngine) -> None:
    few.remove([1], 2)

    assert few.explain(SearchRequest("tambour", language="fr"), 1) is None
    assert few.explain(SearchRequest("tambour", language="fr"), 0) is None


def test_a_mended_question_is_explained_as_it_was_mended(few: SearchEngine) -> None:
    assert explained(few, "tamboor", 2).asked == "tambour"


def test_the_lines_say_it_in_words(few: SearchEngine) -> None:
    lines = list(explained(few, "tambour jardin", 1).lines())

    assert lines[0] == "Sheet 1 (Tambour jardin): place 1 among 3 for 'tambour jardin'"
    assert lines[1] == "  has all pieces of the question"
    assert lines[2].startswith("  tambour: fr:tambour (in 3 sheets, rarity ")
    assert "  finished: times 0.95" in lines
