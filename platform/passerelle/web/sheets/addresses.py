"""Give the pages of sheets their addresses, fast: a page of results has a hundred of them."""

from functools import lru_cache
from urllib.parse import quote_plus

from flask import url_for

from passerelle.search.request import SearchRequest, Sort
from passerelle.web.languages import SAFE
from passerelle.web.molds import once
from passerelle.web.services import services


def absolute(path: str) -> str:
    """The full address of `path`, from the settings: never from what a browser says the host is."""
    return f"{services().settings.base_url}{path}"


def sheet_address(number: int, language: str) -> str:
    """The address of the page of a sheet."""
    return f"{before_number(language)}{number}"


def before_number(language: str) -> str:
    """What the address of every sheet begins with."""
    return once(
        ("sheet", language), lambda: url_for("sheets.show", lang=language, number=1).removesuffix("1")
    )


def search_address(request: SearchRequest) -> str:
    """The address of the page that answers `request`: the address is the search."""
    return _with(_page("sheets.search", request.language), [_pair(*each) for each in request.parameters()])


def feed_address(request: SearchRequest) -> str:
    """The address of the feed with the newest sheets of `request`."""
    return Links(request).feed


class Links:
    """The addresses that a page of results leads to: its own question with one thing changed.

    They are those of `search_address` for the changed question; its parameters are written once only.
    """

    def __init__(self, request: SearchRequest) -> None:
        self._language = request.language
        self._sort = request.sort
        self._choices = [
            (each, _pair(*each)) for each in request.parameters() if each[0] not in ("sort", "page")
        ]

    @property
    def page(self) -> str:
        """The search without a question."""
        return _page("sheets.search", self._language)

    @property
    def feed(self) -> str:
        """The feed with the newest sheets of this search."""
        return _with(_page("sheets.feed", self._language), [pair for _each, pair in self._choices])

    @property
    def clear(self) -> str:
        """The words alone, without a filter."""
        return _with(self.page, [pair for (name, _value), pair in self._choices if name in ("q", "literal")])

    def on_page(self, number: int) -> str:
        """Another page of this answer."""
        return self._changed(self._sort, page=number)

    def sorted_by(self, sort: Sort) -> str:
        """The same answer in another order, from its first page."""
        return self._changed(sort)

    def without(self, facet: str, value: str) -> str:
        """The same question with one choice taken back."""
        return self._changed(self._sort, leaving_out=(facet, value))

    def _changed(self, sort: Sort, *, page: int = 1, leaving_out: tuple[str, str] | None = None) -> str:
        pairs = [pair for each, pair in self._choices if each != leaving_out]
        if sort is not Sort.RELEVANCE:
            pairs.append(f"sort={sort.value}")
        if page > 1:
            pairs.append(f"page={page}")
        return _with(self.page, pairs)


def _page(endpoint: str, language: str) -> str:
    return once((endpoint, language), lambda: url_for(endpoint, lang=language))


@lru_cache(maxsize=2_000)
def _pair(name: str, value: str) -> str:
    """A parameter as `url_for` writes it."""
    return f"{name}={quote_plus(value, safe=SAFE)}"


def _with(page: str, pairs: list[str]) -> str:
    return f"{page}?{'&'.join(pairs)}" if pairs else page
