"""What is asked and what is kept: addresses, bounds, and no field for a contact."""

from dataclasses import fields

import pytest

from passerelle.search.documents import TEXT_SECTIONS, SearchDocument
from passerelle.search.page import SearchPage
from passerelle.search.request import SearchRequest, Sort
from tests.search.samples import sheet


def test_a_document_has_no_field_that_could_hold_a_contact() -> None:
    assert {field.name for field in fields(SearchDocument)} == {
        "number", "revision_id", "content_hash", "ref", "language", "title", "summary", "texts",
        "commune", "commune_names", "postal_codes", "province", "region",
        "violence_forms", "target_groups", "partner_kinds", "starts", "ends", "ongoing", "evaluated",
        "inhabitants", "published_at",
    }  # fmt: skip


def test_the_searched_sections_are_those_an_anonymous_visitor_reads() -> None:
    assert set(TEXT_SECTIONS) == {
        "activities", "objectives", "target_groups_text", "partnerships", "outreach", "innovation",
        "evaluation_method", "costs", "duration_note",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["name", "job_title", "phone", "email", "contact", "comment"])
def test_a_text_under_any_other_name_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="not a section that is searched"):
        sheet(1, texts={key: "Madame Exemple"})


def test_the_parameters_of_a_request_are_its_address() -> None:
    request = SearchRequest(
        "  café  ",
        {"partner": ("police",), "form": ("child", "elder", "child")},
        Sort.TITLE,
        3,
        language="fr",
    )

    assert request.parameters() == [
        ("q", "café"), ("form", "child"), ("form", "elder"), ("partner", "police"), ("sort", "title"),
        ("page", "3"),
    ]  # fmt: skip


def test_the_defaults_have_no_parameters() -> None:
    assert SearchRequest("", language="nl").parameters() == []


def test_another_choice_begins_again_at_the_first_page() -> None:
    request = SearchRequest("café", {"form": ("child", "elder")}, page=4, language="fr")

    assert request.without("form", "child") == SearchRequest("café", {"form": ("elder",)}, language="fr")
    assert request.choosing("form") == SearchRequest("café", language="fr")
    assert request.sorted_by(Sort.TITLE).page == 1
    assert request.about("thé") == SearchRequest("thé", {"form": ("child", "elder")}, language="fr")
    assert request.on_page(5).page == 5


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (100, 5)])
def test_a_page_knows_how_many_there_are(total: int, pages: int) -> None:
    assert SearchPage(total=total, page=1, per_page=20, hits=(), facets={}).pages == pages
