"""Any address is a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from passerelle.search.facet_values import closed_values
from passerelle.search.request import FACETS, MAX_PAGE, SearchRequest, Sort
from passerelle.web.search_parameters import read_number, read_request


def read(*pairs: tuple[str, str]) -> SearchRequest:
    return read_request(MultiDict(pairs), "fr")


def test_words_choices_order_and_page_are_read() -> None:
    request = read(
        ("q", " café "),
        ("form", "partner"),
        ("form", "child"),
        ("commune", "53065"),
        ("sort", "title"),
        ("page", "3"),
    )

    assert request.words == "café"
    assert dict(request.facets) == {"form": ("partner", "child"), "commune": ("53065",)}
    assert (request.sort, request.page, request.language) == (Sort.TITLE, 3, "fr")


def test_the_address_of_a_search_reads_as_that_search() -> None:
    request = read(("q", "x"), ("group", "parents"), ("written", "nl"), ("sort", "newest"), ("page", "2"))

    assert read(*request.parameters()) == request


def test_values_that_do_not_exist_are_left_out() -> None:
    request = read(("form", "partner"), ("form", "nonsense"), ("region", "Hainaut"), ("commune", "99999"))

    assert dict(request.facets) == {"form": ("partner",)}


def test_every_value_of_a_closed_list_can_be_chosen() -> None:
    for facet in set(FACETS) - {"commune"}:
        for value in closed_values(facet):
            assert read((facet, value)).chosen(facet) == (value,)


@pytest.mark.parametrize(
    ("given_page", "read_page"),
    [
        ("", 1),
        ("0", 1),
        ("-3", 1),
        ("2.5", 1),
        ("1e3", 1),
        ("٣", 1),
        (" 4 ", 4),
        ("9" * 50, 1),
        ("123456789", MAX_PAGE),
        ("page", 1),
    ],
)
def test_a_page_that_is_no_page_is_the_first(given_page: str, read_page: int) -> None:
    assert read(("page", given_page)).page == read_page


def test_an_order_that_does_not_exist_is_by_relevance() -> None:
    assert read(("sort", "sideways")).sort is Sort.RELEVANCE


def test_a_number_that_is_missing_is_the_default() -> None:
    assert read_number(MultiDict(), "per_page", 20) == 20


@given(st.lists(st.tuples(st.sampled_from([*FACETS, "q", "sort", "page", "other"]), st.text())))
def test_nothing_in_an_address_is_an_error(pairs: list[tuple[str, str]]) -> None:
    request = read(*pairs)

    assert len(request.words) <= 256
    assert 1 <= request.page <= MAX_PAGE
