"""Read a search from the parameters of an address: the page and the JSON API read them alike."""

from functools import cache

from werkzeug.datastructures import MultiDict

from passerelle.search.facet_values import closed_values
from passerelle.search.request import FACETS, Mine, SearchRequest, Sort
from passerelle.vocabulary.communes import communes

MAX_DIGITS = 9  # a longer number is nothing anybody meant


def read_request(args: MultiDict[str, str], language: str, mine: Mine | None = None) -> SearchRequest:
    """The search that `args` describe, for a reader of `language`; whatever they hold, nothing is refused.

    `q` holds the words; each facet may be repeated; `sort` and `page` as in `SearchRequest`; `literal` is
    `1` or not. A value that does not exist is left out, as if it had not been given: every choice of the
    answer has a label. A `page` that is no number is 1, a `sort` that does not exist is by relevance, and so
    is the order by likeness for a reader without a commune (`mine`).
    """
    sort = _sort(args.get("sort", ""))
    return SearchRequest(
        words=args.get("q", ""),
        facets={facet: _known(facet, args.getlist(facet)) for facet in FACETS if facet in args},
        sort=Sort.RELEVANCE if sort is Sort.ALIKE and mine is None else sort,
        page=read_number(args, "page", 1),
        language=language,
        literal=args.get("literal") == "1",
        mine=mine if sort is Sort.ALIKE else None,
    )


def read_number(args: MultiDict[str, str], name: str, default: int) -> int:
    """The whole number in parameter `name`, or `default` when it is missing or not plain digits."""
    given = args.get(name, "").strip()
    if len(given) > MAX_DIGITS or not (given.isascii() and given.isdigit()):
        return default
    return int(given)


def _known(facet: str, given: list[str]) -> tuple[str, ...]:
    existing = _existing(facet)
    return tuple(value for value in given if value in existing)


@cache
def _existing(facet: str) -> frozenset[str]:
    return frozenset(closed_values(facet) or (commune.nis for commune in communes()))


def _sort(given: str) -> Sort:
    return Sort(given) if given in set(Sort) else Sort.RELEVANCE
