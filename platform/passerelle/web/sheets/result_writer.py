"""Write the part of the search page that differs from search to search, from pieces made once."""

from collections.abc import Iterable, Iterator

from flask import current_app, url_for
from flask_babel import gettext
from markupsafe import Markup

from passerelle.web.languages import current_language
from passerelle.web.molds import Mold, Pieces, as_written, escaped, hole, macro, once
from passerelle.web.sheets.addresses import Links
from passerelle.web.sheets.card_writer import write_cards
from passerelle.web.sheets.filter_writer import write_filters
from passerelle.web.sheets.results import Also, Chip, Help, Results, SortLink

TEMPLATE = "sheets/results.html"
PIECES = "sheets/pieces.html"
PAGES = "components/page.html"
BADGES = "components/badges.html"
PARTS = (
    "kept",
    "words",
    "hidden",
    "filters",
    "heading",
    "also",
    "remarks",
    "filter_words",
    "chips",
    "shown",
    "sorts",
    "cards",
    "pages",
    "feed_url",
    "broader",
)
"""What differs on a page with hits, in the order of its template."""

NEAR = 2  # so many pages on either side of the current one are offered


def write(results: Results, way_out: Help | None) -> str:
    """Everything between head and foot of the page that shows `results`, or the `way_out` of finding none.

    What is typed and what sheets say is escaped: here, or by the writers of cards and filters.
    """
    return once(("results",), ResultWriter).write(results, way_out)


class ResultWriter:
    """Writes results for readers of one language, as the templates would, ten times faster."""

    def __init__(self) -> None:
        self._main = Mold(_rendered({name: hole(name) for name in PARTS}), PARTS)
        self._input = _piece(PIECES, "hidden_input", "name", "value")
        self._sort = _piece(PIECES, "sort_link", "url", "label", current=False)
        self._current_sort = _piece(PIECES, "sort_link", "label", url="", current=True)
        self._filter_words = Pieces(macro(PIECES, "filter_words"))
        self._chip = _piece(BADGES, "chip", "url", "label")
        self._chips = _piece(BADGES, "chip_list", "made", "clear_url", label=gettext("Active filters"))
        self._broader = _piece(PIECES, "broader", "heading", "explanation", "cards", "url", "label")
        self._also = Pieces(_mold_of_also)
        self._term = _piece(PIECES, "term", "language", "words")
        self._literal = _piece(PIECES, "literal", "url")
        self._pages = Pages()

    def write(self, results: Results, way_out: Help | None) -> str:
        """The part of the page between its head and its foot."""
        parts = self._parts(results)
        if results.page.hits:
            return self._main.fill([parts[name] for name in PARTS])
        nothing = current_app.jinja_env.get_template("sheets/nothing.html").render(
            results=results, help=way_out
        )
        return _rendered({name: as_written(part) for name, part in (parts | {"nothing": nothing}).items()})

    def _parts(self, results: Results) -> dict[str, str]:
        page, links = results.page, results.links
        is_plain = not (page.degraded or results.remarks or results.suggestion)
        return {
            "kept": self._inputs(results.kept),
            "words": escaped(results.words),
            "hidden": self._inputs(results.hidden),
            "filters": write_filters(page),
            "heading": escaped(results.heading),
            "also": self._write_also(results.also) if results.also else "",
            "remarks": "" if is_plain else macro(PIECES, "remarks")(results),
            "filter_words": self._filter_words[len(results.chips)],
            "chips": self._write_chips(results.chips, links),
            "shown": escaped(results.shown),
            "sorts": "".join(self._write_sorts(results.sorts)),
            "cards": write_cards(page.hits),
            "pages": self._pages.write(page.page, page.pages, links),
            "feed_url": escaped(links.feed),
            "broader": self._write_broader(results),
        }

    def _inputs(self, pairs: Iterable[tuple[str, str]]) -> str:
        return "".join([self._input.fill([name, escaped(value)]) for name, value in pairs])

    def _write_chips(self, chips: Iterable[Chip], links: Links) -> str:
        made = [self._chip.fill([escaped(each.url), escaped(each.label)]) for each in chips]
        return self._chips.fill(["".join(made), escaped(links.clear)]) if made else ""

    def _write_sorts(self, sorts: Iterable[SortLink]) -> Iterator[str]:
        for label, url, is_current in sorts:
            words = escaped(label)
            yield self._current_sort.fill([words]) if is_current else self._sort.fill([escaped(url), words])

    def _write_also(self, also: Also) -> str:
        if also.meant:
            return self._literal.fill([escaped(also.meant)])
        terms = ", ".join([self._term.fill([language, escaped(words)]) for language, words in also.terms])
        links = [escaped(each) for each in (also.words_only, also.written_only) if each]
        return self._also[bool(also.written_only)].fill([f"{terms}{'…' if also.more else '.'}", *links])

    def _write_broader(self, results: Results) -> str:
        group, said = results.page.broader, results.broader
        if group is None or said is None:
            return ""
        cards = write_cards(group.hits, level=3)
        return self._broader.fill(
            [escaped(said.heading), escaped(said.explanation), cards, escaped(said.url), escaped(said.label)]
        )


class Pages:
    """Writes the links to the pages of an answer, as the macro `pagination` would."""

    def __init__(self) -> None:
        self._link = _piece(PAGES, "page_item", "url", "number")
        self._current = _piece(PAGES, "page_item", "number", url=None)
        self._gap = str(macro(PAGES, "page_gap")())
        self._lists = Pieces(_page_list)

    def write(self, page: int, pages: int, links: Links) -> str:
        """The links of `page` among so many; nothing when there is one only."""
        if pages < 2:
            return ""
        before = [escaped(links.on_page(page - 1))] if page > 1 else []
        after = [escaped(links.on_page(page + 1))] if page < pages else []
        items = "".join(self._items(page, pages, links))
        return self._lists[bool(before), bool(after)].fill([*before, items, *after])

    def _items(self, page: int, pages: int, links: Links) -> Iterator[str]:
        near = range(max(1, page - NEAR), min(pages, page + NEAR) + 1)
        for number in sorted({1, page - NEAR - 1, *near, page + NEAR + 1, pages}):
            if not 1 <= number <= pages:
                continue
            if number == page:
                yield self._current.fill([str(number)])
            elif number in near or number in (1, pages):
                yield self._link.fill([escaped(links.on_page(number)), str(number)])
            else:
                yield self._gap


def _page_list(has: tuple[bool, bool]) -> Mold:
    before, after = (
        hole(name) if there else "" for name, there in zip(("before", "after"), has, strict=True)
    )
    names = [*(["before"] if before else []), "items", *(["after"] if after else [])]
    return Mold(macro(PAGES, "page_list")(hole("items"), before, after), names)


def _mold_of_also(within_language: bool) -> Mold:
    holes = ["terms", "words_only", *(["written_only"] if within_language else [])]
    parts = {name: hole(name) for name in holes} | {"written_label": _only_in(current_language())}
    return Mold(macro(PIECES, "also")(**({"written_only": ""} | parts)), holes)


def _only_in(language: str) -> str:
    words = {
        "fr": gettext("Only in French"),
        "nl": gettext("Only in Dutch"),
        "de": gettext("Only in German"),
        "en": gettext("Only in English"),
    }
    return str(words[language])


def _piece(template: str, name: str, *holes: str, **fixed: object) -> Mold:
    """The macro as a mold with those holes, in the order of its text."""
    return Mold(macro(template, name)(**({each: hole(each) for each in holes} | fixed)), holes)


def _rendered(parts: dict[str, Markup]) -> str:
    template = current_app.jinja_env.get_template(TEMPLATE)
    return template.render(page_url=url_for("sheets.search"), **parts)
