"""Make the filters of the search page, and the chips of those in force, from what the search counted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext, ngettext

from passerelle.search.page import FacetValue, SearchPage
from passerelle.search.request import SearchRequest, Sort
from passerelle.vocabulary import (
    FORMS,
    LANGUAGE_NAMES,
    PARTNER_KINDS,
    PROVINCES,
    REGIONS,
    TARGET_GROUPS,
    provinces_of,
)
from passerelle.web.sheets.words import known_commune, name_of

FIRST = 5  # so many values are seen at once; the others open below them
MOST_COMMUNES = 40


@dataclass(frozen=True)
class Option:
    """One box to tick; `name` is its parameter, `sub` sets it below the one before it."""

    name: str
    value: str
    label: str
    count: int
    chosen: bool
    sub: bool = False


@dataclass(frozen=True)
class Filter:
    """One group of boxes: the first `options`, and the `rest` behind the words `more`."""

    name: str
    label: str
    options: tuple[Option, ...]
    rest: tuple[Option, ...] = ()
    more: str = ""
    open: bool = True


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address of the same search without it."""

    label: str
    url: str


def search_address(request: SearchRequest) -> str:
    """The address of the page that answers `request`: the address is the search."""
    return _address("sheets.search", request)


def feed_address(request: SearchRequest) -> str:
    """The address of the feed with the newest sheets of `request`."""
    return _address("sheets.feed", request.sorted_by(Sort.RELEVANCE))


def _address(endpoint: str, request: SearchRequest) -> str:
    values: dict[str, list[str]] = {}
    for name, value in request.parameters():
        values.setdefault(name, []).append(value)
    return url_for(endpoint, lang=request.language, **values)  # type: ignore[arg-type]  # lists repeat a name


def label_of(facet: str, value: str, language: str) -> str:
    """The words of one value of a facet; the value itself when nothing is known of it."""
    lists = {
        "form": FORMS,
        "group": TARGET_GROUPS,
        "region": REGIONS,
        "province": PROVINCES,
        "written": LANGUAGE_NAMES,
        "partner": PARTNER_KINDS,
    }
    if facet in lists:
        return lists[facet].label(value, language) if value in lists[facet] else value
    if facet == "commune":
        found = known_commune(value)
        return name_of(found, language) if found else value
    return _plain_labels().get((facet, value), value)


def _plain_labels() -> Mapping[tuple[str, str], str]:
    return {
        ("status", "running"): gettext("Running"),
        ("status", "finished"): gettext("Finished"),
        ("evaluated", "yes"): gettext("With an evaluation"),
        ("evaluated", "no"): gettext("Not evaluated yet"),
    }


def chips_of(request: SearchRequest) -> tuple[Chip, ...]:
    """The choices of `request`, each with the address of the search without it."""
    return tuple(
        Chip(label_of(facet, value, request.language), search_address(request.without(facet, value)))
        for facet, values in request.facets.items()
        for value in values
    )


def filters_of(request: SearchRequest, page: SearchPage) -> tuple[Filter, ...]:
    """Every filter in the order of the page, with the counts of this answer."""

    def options(facet: str) -> list[Option]:
        return [_option(facet, each, request.language) for each in page.facets.get(facet, ())]

    return (
        Filter("form", gettext("Form of violence"), tuple(options("form"))),
        _long("group", gettext("Target group"), options("group"), _all_groups),
        Filter("region", gettext("Region and province"), _places(page, request.language)),
        _long("commune", gettext("Municipality"), options("commune")[:], _more_communes),
        Filter("written", gettext("Language of the sheet"), tuple(options("written"))),
        Filter("status", gettext("Period"), tuple(options("status"))),
        Filter("evaluated", gettext("Evaluation"), tuple(options("evaluated"))),
        _long("partner", gettext("Kind of partner"), options("partner"), _all_partners),
    )


def _option(facet: str, found: FacetValue, language: str, *, sub: bool = False) -> Option:
    label = label_of(facet, found.value, language)
    return Option(facet, found.value, label, found.count, found.chosen, sub)


def _long(name: str, label: str, options: list[Option], words: Callable[[int], str]) -> Filter:
    """A filter with many values: those chosen and the most frequent first, the others folded away."""
    most_used = sorted(options, key=lambda each: (not each.chosen, -each.count, each.label))
    first = [each for each in most_used if each.chosen or each.count][:FIRST] or most_used[:FIRST]
    first += [each for each in options if each.chosen and each not in first]
    rest = [each for each in options if each not in first]
    if name == "commune":
        rest = sorted((each for each in rest if each.count), key=lambda each: each.label)[:MOST_COMMUNES]
    is_open = name == "group" or any(each.chosen for each in options)
    return Filter(name, label, tuple(first), tuple(rest), words(len(first) + len(rest)), is_open)


def _all_groups(number: int) -> str:
    return str(ngettext("See the %(num)s group", "See all %(num)s groups", number))


def _all_partners(number: int) -> str:
    return str(ngettext("See the %(num)s kind", "See all %(num)s kinds", number))


def _more_communes(_number: int) -> str:
    return str(gettext("See more municipalities"))


def _places(page: SearchPage, language: str) -> tuple[Option, ...]:
    """The regions, each followed by its provinces."""
    return tuple(_regions_and_provinces(page.facets, language))


def _regions_and_provinces(facets: Mapping[str, tuple[FacetValue, ...]], language: str) -> Iterable[Option]:
    provinces = {each.value: each for each in facets.get("province", ())}
    for region in facets.get("region", ()):
        yield _option("region", region, language)
        below = provinces_of(region.value) if region.value in REGIONS else ()
        for code in below:
            if code in provinces and code != region.value:
                yield _option("province", provinces[code], language, sub=True)
