"""Decide what the filters of the search page show, and in which order, from what the search counted."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from passerelle.search.page import FacetValue, SearchPage
from passerelle.vocabulary import REGIONS, provinces_of
from passerelle.web.sheets.labels import alphabet

FIRST = 5  # so many values are seen at once; the others open below them
MOST_COMMUNES = 40
LONG = ("group", "commune", "partner")  # facets with many values: the most frequent ones come first


class Box(NamedTuple):
    """One value to tick, by the facet it belongs to; `sub` sets it below the one before it."""

    facet: str
    found: FacetValue
    sub: bool


class Filter(NamedTuple):
    """One group of boxes: the first, and the rest, which is folded away."""

    name: str
    first: Sequence[Box]
    rest: Sequence[Box]
    open: bool


def filters_of(page: SearchPage, language: str) -> Iterator[Filter]:
    """Every filter that has values, in the order of the page."""
    for name, found in page.facets.items():
        if name == "region":
            yield Filter(name, tuple(_places(page.facets)), (), True)
        elif name in LONG:
            yield _long(name, found, alphabet(name, language))
        elif name != "province":
            yield Filter(name, [Box(name, each, False) for each in found], (), True)


def _long(name: str, found: Sequence[FacetValue], places: Mapping[str, int]) -> Filter:
    """A filter with many values: those chosen and the most frequent first, the others folded away."""
    first = _first(found, places)
    seen = {each.value for each in first}
    rest = (
        _with_sheets(found, seen, places) if name == "commune" else (x for x in found if x.value not in seen)
    )
    is_open = name == "group" or any(each.chosen for each in first)
    return Filter(name, [Box(name, x, False) for x in first], [Box(name, x, False) for x in rest], is_open)


def _first(found: Sequence[FacetValue], places: Mapping[str, int]) -> list[FacetValue]:
    """What is seen at once: all that is chosen, and the most frequent up to five; or five without sheets."""

    def order(each: FacetValue) -> tuple[bool, int, int]:
        return not each.chosen, -each.count, places.get(each.value, len(places))

    counts = sorted([each.count for each in found])
    least = max(1, counts[-FIRST]) if len(counts) > FIRST else 1
    most = sorted([each for each in found if each.count >= least or each.chosen], key=order)
    chosen = sum(each.chosen for each in most)
    return most[: max(FIRST, chosen)] or sorted(found, key=order)[:FIRST]


def _with_sheets(
    found: Sequence[FacetValue], seen: set[str], places: Mapping[str, int]
) -> Iterator[FacetValue]:
    """The first communes of `found` in alphabetical order that have sheets and are not seen already."""
    by_value = {each.value: each for each in found if each.count}
    rest = (by_value[value] for value in places if value in by_value and value not in seen)
    return islice(rest, MOST_COMMUNES)


def _places(facets: Mapping[str, tuple[FacetValue, ...]]) -> Iterator[Box]:
    """The regions, each followed by its provinces."""
    provinces = {each.value: each for each in facets.get("province", ())}
    for region in facets["region"]:
        yield Box("region", region, False)
        below = provinces_of(region.value) if region.value in REGIONS else ()
        for code in below:
            if code in provinces and code != region.value:
                yield Box("province", provinces[code], True)
