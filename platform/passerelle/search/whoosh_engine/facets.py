"""Choose by facets and count what each further choice would give."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import and_, or_

from passerelle.search.facet_values import closed_values
from passerelle.search.page import FacetValue
from passerelle.search.request import FACETS, SearchRequest
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import FORMS

BROADER_FORM = "intrafamilial"


class Facets:
    """The facets of one view on one day.

    `intrafamilial` is broader than four other forms: choosing it includes them, and its count says so.
    """

    def __init__(self, view: View, today: date) -> None:
        self._alive = view.alive
        self._sets = {name: dict(view.facets.get(name, {})) for name in FACETS}
        self._sets["status"] = view.status_on(today)
        self.exactly_broader = self._sets["form"].get(BROADER_FORM, 0)
        for code in FORMS.codes:
            own = (code, *FORMS.narrower(code))
            self._sets["form"][code] = reduce(or_, (self._sets["form"].get(each, 0) for each in own))

    def choice(self, request: SearchRequest, *, leaving_out: str = "") -> int:
        """The documents that fit the choices: any value inside a facet, all facets together."""
        return reduce(
            and_,
            (self._chosen(name, values) for name, values in request.facets.items() if name != leaving_out),
            self._alive,
        )

    def counts(self, request: SearchRequest, matched: int) -> Mapping[str, tuple[FacetValue, ...]]:
        """For every value how many of `matched` it would give, the choices of its own facet left aside.

        The values of closed lists all stay, in their order; of the communes those that have sheets.
        """
        everywhere = matched & self.choice(request)
        return {
            name: self._count(
                name,
                request.chosen(name),
                matched & self.choice(request, leaving_out=name) if request.chosen(name) else everywhere,
            )
            for name in FACETS
        }

    def _count(self, name: str, chosen: tuple[str, ...], among: int) -> tuple[FacetValue, ...]:
        sets = self._sets[name]
        listed = closed_values(name) or tuple(sorted(sets))
        values = (*listed, *(value for value in chosen if value not in sets and value not in listed))
        return tuple(
            FacetValue(value, (among & sets.get(value, 0)).bit_count(), value in chosen) for value in values
        )

    def _chosen(self, name: str, values: tuple[str, ...]) -> int:
        return reduce(or_, (self._sets[name].get(value, 0) for value in values), 0)
