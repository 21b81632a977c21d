"""Choose by facets and count what each further choice would give."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property, partial, reduce
from itertools import chain, repeat
from operator import or_

import numpy as np
from numpy.typing import NDArray

from passerelle.search.documents import FINISHED, RUNNING, SIZE_CLASSES
from passerelle.search.facet_values import NO, YES
from passerelle.search.page import FacetValue
from passerelle.search.request import FACETS, SearchRequest
from passerelle.search.whoosh_engine.bits import Row, counts, documents_in, row_of
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import FORMS, LANGUAGES, PARTNER_KINDS, PROVINCES, REGIONS, TARGET_GROUPS
from passerelle.vocabulary.communes import communes

BROADER_FORM = "intrafamilial"
COMMUNE = "commune"  # of its many values only those with sheets are shown

Mask = NDArray[np.bool_]
Values = Iterable[tuple[str, Mask]]


class Facets:
    """The facets of one view on one day: one row of bits for every value but the communes.

    `intrafamilial` is broader than four other forms: choosing it includes them, and its count says so.
    """

    def __init__(self, view: View, running: Mask, finished: Mask) -> None:
        self._view = view
        self._values: dict[str, tuple[str, ...]] = {}
        self._slices: dict[str, slice] = {}
        rows: list[Row] = []
        for facet, masks in _masks(view, running, finished):
            first = len(rows)
            values = list(masks)
            rows += [row_of(mask & view.alive) for _, mask in values]
            self._values[facet] = tuple(value for value, _ in values)
            self._slices[facet] = slice(first, len(rows))
        self._rows = np.array(rows)
        self._all_values = tuple(chain.from_iterable(self._values.values()))
        self.exactly_broader = row_of(_has(view.columns.forms, FORMS.codes.index(BROADER_FORM)) & view.alive)

    def fitting(self, matched: Row, request: SearchRequest, *, leaving_out: str = "") -> Row:
        """Those of `matched` that fit the choices: any value inside a facet, all facets together."""
        for name, values in request.facets.items():
            if name != leaving_out:
                matched = matched & self._chosen(name, values)
        return matched

    def counts(self, request: SearchRequest, matched: Row) -> Mapping[str, tuple[FacetValue, ...]]:
        """For every value how many of `matched` it would give, the choices of its own facet left aside.

        The values of closed lists all stay, in their order; of the communes those that have sheets.
        """
        if matched is self._view.alive_row and not request.facets:
            return self._everything
        return self._counts(request, matched)

    def _counts(self, request: SearchRequest, matched: Row) -> Mapping[str, tuple[FacetValue, ...]]:
        fitting = self.fitting(matched, request)
        every = _facet_values(self._all_values, counts(self._rows, fitting), ())
        found = {name: every[own] for name, own in self._slices.items()}
        found[COMMUNE] = self._communes((), fitting)
        for name, chosen in request.facets.items():
            among = self.fitting(matched, request, leaving_out=name)
            if name == COMMUNE:
                found[name] = self._communes(chosen, among)
            else:
                own = self._slices[name]
                found[name] = _facet_values(self._values[name], counts(self._rows[own], among), chosen)
        return {name: found[name] for name in FACETS}

    def _communes(self, chosen: tuple[str, ...], among: Row) -> tuple[FacetValue, ...]:
        codes = _commune_codes()
        places = self._view.columns.commune[documents_in(among, self._view.size)]
        counted = np.bincount(places, minlength=len(codes))[: len(codes)]
        having = np.flatnonzero(counted)
        return _facet_values(codes[having].tolist(), counted[having].tolist(), chosen)

    def _chosen(self, name: str, values: tuple[str, ...]) -> Row:
        if name == COMMUNE:
            wanted = np.flatnonzero(np.isin(_commune_codes(), values))
            return row_of(np.isin(self._view.columns.commune, wanted))
        known, rows = self._values[name], self._rows[self._slices[name]]
        nothing = np.zeros_like(self._view.alive_row)
        return reduce(or_, (rows[known.index(value)] for value in values if value in known), nothing)

    @cached_property
    def _everything(self) -> Mapping[str, tuple[FacetValue, ...]]:
        return self._counts(SearchRequest(language=LANGUAGES[0]), self._view.alive_row)


_facet_value = partial(tuple.__new__, FacetValue)  # what FacetValue._make does, without a step in Python


def _facet_values(
    values: Iterable[str], counted: Iterable[int], chosen: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    if not chosen:
        return tuple(map(_facet_value, zip(values, counted, repeat(False), strict=False)))
    known = dict(zip(values, counted, strict=True))
    known |= {value: 0 for value in chosen if value not in known}
    return tuple(FacetValue(value, count, value in chosen) for value, count in known.items())


@cache
def _commune_codes() -> NDArray[np.object_]:
    return np.array([commune.nis for commune in communes()], np.object_)


def _masks(view: View, running: Mask, finished: Mask) -> Iterable[tuple[str, Values]]:
    columns = view.columns
    yield "form", _forms(columns.forms)
    yield "group", _bits(TARGET_GROUPS.codes, columns.groups)
    yield "region", _indexes(REGIONS.codes, columns.region)
    yield "province", _indexes(PROVINCES.codes, columns.province)
    yield "written", _indexes(LANGUAGES, columns.language)
    yield "size", _indexes(SIZE_CLASSES, columns.size)
    yield "status", ((RUNNING, running), (FINISHED, finished))
    yield "evaluated", ((YES, columns.evaluated == 1), (NO, columns.evaluated == 0))
    yield "partner", _bits(PARTNER_KINDS.codes, columns.partners)


def _forms(column: NDArray[np.uint16]) -> Values:
    for code in FORMS.codes:
        own = sum(1 << FORMS.codes.index(each) for each in (code, *FORMS.narrower(code)))
        yield code, (column & np.uint16(own)) != 0


def _bits(codes: tuple[str, ...], column: NDArray[np.unsignedinteger]) -> Values:
    return ((code, _has(column, place)) for place, code in enumerate(codes))


def _indexes(codes: tuple[str, ...], column: NDArray[np.uint8]) -> Values:
    return ((code, column == place) for place, code in enumerate(codes))


def _has(column: NDArray[np.unsignedinteger], place: int) -> Mask:
    mask: Mask = (column & column.dtype.type(1 << place)) != 0
    return mask
