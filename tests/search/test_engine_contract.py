"""What every search engine must do, said once for all of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from passerelle.search.documents import SearchDocument
from passerelle.search.engine import Entry, IndexUnusable, SearchEngine
from passerelle.search.request import SearchRequest, Sort
from tests.search.samples import CAFE, random_sheets, sheet


def found(engine: SearchEngine, words: str, language: str = "fr", **facets: tuple[str, ...]) -> list[int]:
    page = engine.search(SearchRequest(words, facets, per_page=100, language=language))
    assert page.total == len(page.hits)
    return [hit.number for hit in page.hits]


def test_a_sheet_that_was_put_is_found_with_all_that_its_card_shows(search_engine: SearchEngine) -> None:
    search_engine.put([CAFE], 7)

    page = search_engine.search(SearchRequest("mamans", language="fr"))

    assert page.total == 1
    hit = page.hits[0]
    for name in (
        "number", "ref", "language", "title", "summary", "commune", "province", "region",
        "violence_forms", "target_groups", "starts", "ends", "ongoing", "evaluated", "published_at",
    ):  # fmt: skip
        assert getattr(hit, name) == getattr(CAFE, name)
    assert dict(hit.commune_names) == dict(CAFE.commune_names)


def test_a_sheet_put_again_is_found_once_and_only_as_it_is_now(search_engine: SearchEngine) -> None:
    search_engine.put([CAFE], 1)

    search_engine.put([replace(CAFE, title="Atelier chant", revision_id=12)], 2)

    assert found(search_engine, "chant") == [1]
    assert found(search_engine, '"café des mamans"') == []
    assert list(search_engine.contents()) == [Entry(1, 12, "cafe")]


def test_putting_the_same_again_changes_nothing(search_engine: SearchEngine) -> None:
    sheets = random_sheets(12, seed=3)
    search_engine.put(sheets, 5)
    before = search_engine.search(SearchRequest("police", language="fr"))

    search_engine.put(sheets, 5)

    assert search_engine.search(SearchRequest("police", language="fr")) == before


def test_the_last_of_two_versions_in_one_put_counts(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(4, "Premier"), sheet(4, "Second")], 1)

    assert found(search_engine, "second") == [4]
    assert found(search_engine, "premier") == []


def test_a_removed_sheet_is_gone_at_once_from_hits_counts_suggestions_and_contents(
    search_engine: SearchEngine,
) -> None:
    search_engine.put([sheet(1, "Xylophone"), sheet(2, "Tambour")], 1)

    search_engine.remove([1], 2)

    page = search_engine.search(SearchRequest("", language="fr"))
    assert [hit.number for hit in page.hits] == [2]
    assert sum(value.count for value in page.facets["commune"]) == 1
    assert search_engine.search(SearchRequest("xylophane", language="fr")).suggestion is None
    assert [entry.number for entry in search_engine.contents()] == [2]


def test_removing_what_is_not_there_is_no_error(search_engine: SearchEngine) -> None:
    search_engine.remove([99], 3)

    assert search_engine.position() == 3


@pytest.mark.parametrize("forget", [False, True])
def test_a_removed_sheet_can_come_back(search_engine: SearchEngine, forget: bool) -> None:
    search_engine.put([CAFE, sheet(2, "Autre")], 1)
    search_engine.remove([1], 2, forget=forget)

    search_engine.put([CAFE], 3)

    assert found(search_engine, "mamans") == [1]


def test_the_position_moves_with_every_change_and_without_sheets(search_engine: SearchEngine) -> None:
    positions = [search_engine.position()]
    search_engine.put([CAFE], 4)
    positions.append(search_engine.position())
    search_engine.put([], 9)
    positions.append(search_engine.position())
    search_engine.remove([1], 12, forget=True)
    positions.append(search_engine.position())

    assert positions == [0, 4, 9, 12]


def test_position_and_sheets_are_kept_when_the_index_is_opened_anew(
    open_index: Callable[[], SearchEngine],
) -> None:
    first = open_index()
    first.rebuild([CAFE], 41)
    first.put([sheet(2, "Tambour")], 42)
    first.close()

    second = open_index()

    assert second.position() == 42
    assert found(second, "tambour") == [2]
    assert {entry.number for entry in second.contents()} == {1, 2}


def test_what_one_process_writes_another_sees_at_its_next_search(
    open_index: Callable[[], SearchEngine],
) -> None:
    writer, reader = open_index(), open_index()
    writer.rebuild([CAFE], 1)
    assert found(reader, "mamans") == [1]
    assert not reader.is_stale()

    writer.remove([1], 2)

    assert reader.is_stale()
    assert found(reader, "mamans") == []


def test_a_closed_engine_opens_itself_again(search_engine: SearchEngine) -> None:
    search_engine.put([CAFE], 1)

    search_engine.close()

    assert found(search_engine, "mamans") == [1]


def test_the_generation_has_another_name_after_every_change(search_engine: SearchEngine) -> None:
    names = [search_engine.generation()]
    for change in (
        lambda: search_engine.put([CAFE], 1),
        lambda: search_engine.put([], 2),
        lambda: search_engine.remove([1], 3),
        lambda: search_engine.rebuild([CAFE], 4),
    ):
        change()
        names.append(search_engine.generation())

    assert len(set(names)) == len(names)


def test_without_an_index_every_question_says_so(open_index: Callable[[], SearchEngine]) -> None:
    search_engine = open_index()
    for ask in (
        lambda: search_engine.search(SearchRequest("", language="fr")),
        search_engine.position,
        lambda: list(search_engine.contents()),
        search_engine.generation,
        search_engine.verify,
        search_engine.tidy,
        lambda: search_engine.put([CAFE], 1),
        lambda: search_engine.remove([1], 1),
    ):
        with pytest.raises(IndexUnusable):
            ask()


def test_a_rebuild_replaces_everything_and_tells_its_progress(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(900, "Tambour")], 1)
    told: list[int] = []

    count = search_engine.rebuild(iter(random_sheets(230, seed=1)), 77, told.append)

    assert count == 230
    assert told == [100, 200]
    assert search_engine.position() == 77
    assert found(search_engine, "tambour") == []
    assert len(list(search_engine.contents())) == 230


def test_a_rebuild_that_fails_leaves_the_old_index(search_engine: SearchEngine) -> None:
    search_engine.put([CAFE], 5)

    def broken() -> Iterator[SearchDocument]:
        yield sheet(2, "Tambour")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        search_engine.rebuild(broken(), 9)

    assert search_engine.position() == 5
    assert found(search_engine, "mamans") == [1]


def test_an_index_built_at_once_answers_as_one_that_grew(open_index: Callable[[], SearchEngine]) -> None:
    sheets = random_sheets(60, seed=8)
    grown = open_index()
    grown.rebuild([], 0)
    for number, each in enumerate(sheets):
        grown.put([replace(each, title="avant"), each], number)
        grown.put([each], number)
    grown.remove([7, 8], 61)
    requests = [
        SearchRequest(words, {}, sort, language="nl")
        for words in ("", "police", "école maison", '"école maison"', "gewalt -kind", "polise")
        for sort in Sort
    ]
    answers = [grown.search(request) for request in requests]

    grown.rebuild([each for each in sheets if each.number not in {7, 8}], 61)

    assert [grown.search(request) for request in requests] == answers


def test_tidying_changes_nothing_a_reader_sees(search_engine: SearchEngine) -> None:
    for each in random_sheets(30, seed=5):
        search_engine.put([each], each.number)
    search_engine.remove([3, 4], 31)
    before = search_engine.search(SearchRequest("police", language="fr"))

    search_engine.tidy()

    assert search_engine.search(SearchRequest("police", language="fr")) == before
    assert search_engine.position() == 31
    search_engine.verify()
