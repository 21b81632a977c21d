"""Facets count what a further choice would give, checked against a count by hand over random sheets."""

import random
from collections.abc import Iterable

import pytest

from passerelle.search.documents import SIZE_CLASSES, SearchDocument, size_class, status_on
from passerelle.search.engine import SearchEngine
from passerelle.search.request import FACETS, SearchRequest
from passerelle.vocabulary import FORMS, LANGUAGES, PARTNER_KINDS, PROVINCES, REGIONS, TARGET_GROUPS
from tests.search.conftest import TODAY
from tests.search.samples import COMMUNES, random_sheets, sheet

VALUES = {
    "form": FORMS.codes,
    "group": TARGET_GROUPS.codes,
    "region": REGIONS.codes,
    "province": PROVINCES.codes,
    "commune": tuple(sorted(COMMUNES)),
    "written": LANGUAGES,
    "size": SIZE_CLASSES,
    "status": ("running", "finished"),
    "evaluated": ("yes", "no"),
    "partner": PARTNER_KINDS.codes,
}
NARROWER = {"partner", "child", "elder", "parent"}


def values_of(document: SearchDocument, facet: str) -> set[str]:
    """What a careful reader would say this sheet counts under."""
    forms = set(document.violence_forms)
    status = status_on(TODAY, ends=document.ends, ongoing=document.ongoing)
    return {
        "form": forms | ({"intrafamilial"} if forms & NARROWER else set()),
        "group": set(document.target_groups),
        "region": {document.region},
        "province": {document.province},
        "commune": {document.commune},
        "written": {document.language},
        "size": {size_class(document.inhabitants) or "unknown"},
        "status": {status} if status else set(),
        "evaluated": {"yes" if document.evaluated else "no"},
        "partner": set(document.partner_kinds),
    }[facet]


def has_words(document: SearchDocument, words: str) -> bool:
    text = " ".join((document.title, document.summary, *document.texts.values())).split()
    return all(word in text for word in words.split())


def chosen_by_hand(
    documents: Iterable[SearchDocument], request: SearchRequest, leaving_out: str = ""
) -> list[SearchDocument]:
    return [
        document
        for document in documents
        if has_words(document, request.words)
        and all(
            values_of(document, facet) & set(values)
            for facet, values in request.facets.items()
            if facet != leaving_out
        )
    ]


@pytest.mark.parametrize("seed", range(4))
def test_hits_and_counts_are_those_counted_by_hand(search_engine: SearchEngine, seed: int) -> None:
    documents = random_sheets(80, seed)
    search_engine.rebuild(documents[:50], 1)
    search_engine.put(documents[40:], 2)
    chance = random.Random(seed)
    words = ["", "praten", "chant praten", "chant"]  # in no label of a form, group or partner
    for _ in range(40):
        facets = {
            facet: tuple(chance.sample(VALUES[facet], k=chance.randint(1, 2)))
            for facet in chance.sample(FACETS, k=chance.randint(0, 3))
        }
        request = SearchRequest(chance.choice(words), facets, per_page=100, language="nl")

        answer = search_engine.search(request)

        expected = {document.number for document in chosen_by_hand(documents, request)}
        assert {hit.number for hit in answer.hits} == expected
        assert answer.total == len(expected)
        for facet in FACETS:
            among = chosen_by_hand(documents, request, leaving_out=facet)
            counted = {each.value: each.count for each in answer.facets[facet]}
            for value in VALUES[facet]:
                by_hand = sum(value in values_of(document, facet) for document in among)
                assert counted.get(value, 0) == by_hand, (facet, value, request)


def test_values_without_sheets_stay_in_the_order_of_their_list(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Une", violence_forms=("lgbt",))], 1)

    facets = search_engine.search(SearchRequest("", language="fr")).facets

    assert tuple(facets) == FACETS
    for name in set(FACETS) - {"commune"}:
        assert tuple(each.value for each in facets[name]) == VALUES[name]
    assert [(each.value, each.count) for each in facets["form"] if each.count] == [("lgbt", 1)]
    assert [(each.value, each.count) for each in facets["commune"]] == [("53065", 1)]


def test_choices_are_marked_and_do_not_lower_the_counts_of_their_own_facet(
    search_engine: SearchEngine,
) -> None:
    search_engine.put(
        [sheet(1, "Une", target_groups=("women",)), sheet(2, "Deux", target_groups=("men",))], 1
    )

    answer = search_engine.search(SearchRequest("", {"group": ("women",)}, language="fr"))

    counted = {each.value: (each.count, each.chosen) for each in answer.facets["group"]}
    assert counted["women"] == (1, True)
    assert counted["men"] == (1, False)
    assert answer.total == 1


def test_choosing_the_broader_form_includes_the_narrower_ones(search_engine: SearchEngine) -> None:
    forms = ("intrafamilial", "partner", "child", "elder", "parent", "honour", "sexual", "lgbt")
    search_engine.put([sheet(n, "Une", violence_forms=(form,)) for n, form in enumerate(forms, 1)], 1)

    answer = search_engine.search(SearchRequest("", {"form": ("intrafamilial",)}, language="fr"))

    assert {hit.number for hit in answer.hits} == {1, 2, 3, 4, 5}
    assert answer.broader is None


@pytest.mark.parametrize("form", sorted(NARROWER))
def test_choosing_a_narrower_form_offers_the_broader_one_apart(
    search_engine: SearchEngine, form: str
) -> None:
    search_engine.put(
        [
            sheet(1, "Une", violence_forms=(form,)),
            sheet(2, "Deux", violence_forms=("intrafamilial",)),
            sheet(3, "Trois", violence_forms=("intrafamilial", form)),
            sheet(4, "Quatre", violence_forms=("intrafamilial",), language="nl"),
            sheet(5, "Cinq", violence_forms=("lgbt",)),
        ],
        1,
    )

    answer = search_engine.search(SearchRequest("", {"form": (form,), "written": ("fr",)}, language="fr"))

    assert [hit.number for hit in answer.hits] == [3, 1]
    assert answer.total == 2
    assert answer.broader is not None
    assert (answer.broader.form, answer.broader.total) == ("intrafamilial", 1)
    assert [hit.number for hit in answer.broader.hits] == [2]


@pytest.mark.parametrize("form", ["honour", "sexual", "lgbt"])
def test_the_other_forms_have_no_broader_one(search_engine: SearchEngine, form: str) -> None:
    answer = search_engine.search(SearchRequest("", {"form": (form,)}, language="fr"))

    assert answer.broader is None


@pytest.mark.parametrize(
    ("ends", "ongoing", "status"),
    [
        (None, True, "running"),
        ("2020", True, "running"),
        ("2026", None, "running"),
        ("2026-11", None, "running"),
        ("2026-11-22", False, "running"),
        ("2026-11-21", None, "finished"),
        ("2025", None, "finished"),
        (None, False, "finished"),
        (None, None, None),
    ],
)
def test_a_sheet_is_running_until_the_last_day_it_names(
    ends: str | None, ongoing: bool | None, status: str | None
) -> None:
    assert status_on(TODAY, ends=ends, ongoing=ongoing) == status
