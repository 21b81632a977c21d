"""Write the filters of the search page: a hundred boxes, so from pieces of their template made once."""

from collections.abc import Sequence

from flask_babel import gettext, ngettext

from passerelle.search.page import SearchPage
from passerelle.web.languages import current_language
from passerelle.web.molds import Mold, Pieces, hole, macro, once
from passerelle.web.sheets.filters import Box, Filter, filters_of
from passerelle.web.sheets.labels import label_of

TEMPLATE = "components/facets.html"


class FilterWriter:
    """Writes filters for readers of one language, as the macros would, ten times faster."""

    def __init__(self) -> None:
        self._language = current_language()
        self._boxes = Pieces(self._box_of)
        self._groups = Pieces(_group_of)

    def write(self, page: SearchPage) -> str:
        """Every filter in the order of the page, with the counts of this answer."""
        groups = [self._write(each) for each in filters_of(page, self._language) if each.first]
        return "".join(groups)

    def _write(self, group: Filter) -> str:
        first = self._checks(group.first)
        if not group.rest:
            return self._groups[group.name, group.open, 0].fill([first])
        size = len(group.first) + len(group.rest)
        return self._groups[group.name, group.open, size].fill([first, self._checks(group.rest)])

    def _checks(self, boxes: Sequence[Box]) -> str:
        kept, parts = self._boxes, []
        for facet, found, sub in boxes:
            count = found.count
            before, after = kept[facet, found.value, found.chosen, count > 0, sub]
            parts.append(f"{before}{count}{after}")
        return "".join(parts)

    def _box_of(self, key: tuple[str, str, bool, bool, bool]) -> tuple[str, str]:
        """What stands before and after the count of a box."""
        facet, value, chosen, has_sheets, sub = key
        label = label_of(facet, value, self._language)
        item = {
            "value": value,
            "label": label,
            "number": hole("count"),
            "count": has_sheets,
            "chosen": chosen,
        }
        box = Mold(macro(TEMPLATE, "facet_check")(facet, item | {"sub": sub}), ["count"])
        return box.around()


def _group_of(key: tuple[str, bool, int]) -> Mold:
    """The frame of a group with so many values in all, 0 when none is folded away."""
    name, is_open, size = key
    holes = ["first", "rest"] if size else ["first"]
    first, rest = hole("first"), hole("rest") if size else ""
    return Mold(
        macro(TEMPLATE, "facet_group")(_name_of(name), first, is_open, rest, _more(name, size)), holes
    )


def _name_of(name: str) -> str:
    names = {
        "form": gettext("Form of violence"),
        "group": gettext("Target group"),
        "region": gettext("Region and province"),
        "commune": gettext("Municipality"),
        "written": gettext("Language of the sheet"),
        "size": gettext("Size of the municipality"),
        "status": gettext("Period"),
        "evaluated": gettext("Evaluation"),
        "partner": gettext("Kind of partner"),
    }
    return str(names[name])


def _more(name: str, size: int) -> str:
    words = {
        "group": ngettext("See the %(num)s group", "See all %(num)s groups", size),
        "partner": ngettext("See the %(num)s kind", "See all %(num)s kinds", size),
    }
    return str(words.get(name) or gettext("See more municipalities"))


def write_filters(page: SearchPage) -> str:
    """The filters for the reader of this request."""
    return once(("filters",), FilterWriter).write(page)
