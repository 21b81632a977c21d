"""Put all documents of a view in the orders that no question changes: by day, title or commune."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from passerelle.search.analysis.folding import fold
from passerelle.search.request import Sort
from passerelle.search.whoosh_engine.columns import UNKNOWN_COMMUNE
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary.communes import communes

Ranks = NDArray[np.int64]


def ranks(view: View, sort: Sort, language: str) -> Ranks:
    """The place of every document in the order `sort`, 0 for the first; remembered with the view.

    Equal ones stand with the highest number first.
    """
    key = (sort, language if sort is Sort.COMMUNE else "")
    found: Ranks | None = view.found.get(key)
    if found is None:
        found = _ranks(view, _KEYS.get(sort, _newest)(view, language))
        view.found.put(key, found, found.nbytes)
    return found


def _ranks(view: View, keys: NDArray[np.int64]) -> Ranks:
    order = np.lexsort((-view.columns.numbers, keys))
    found = np.empty(view.size, np.int64)
    found[order] = np.arange(view.size)
    return found


def _newest(view: View, _language: str) -> NDArray[np.int64]:
    return -view.columns.published


def _started(view: View, _language: str) -> NDArray[np.int64]:
    return -view.columns.starts.astype(np.int64)  # unknown is 0: last


def _title(view: View, _language: str) -> NDArray[np.int64]:
    keys = np.concatenate([segment.title_keys for segment in view.segments])
    return np.unique(keys, return_inverse=True)[1].astype(np.int64)


def _commune(view: View, language: str) -> NDArray[np.int64]:
    places = view.columns.commune
    by_name = _by_name(language)
    return by_name[np.where(places == UNKNOWN_COMMUNE, len(by_name) - 1, places)]


@cache
def _by_name(language: str) -> NDArray[np.int64]:
    """For each commune the place of its name among all names in `language`; the last is unknown."""
    names = [fold(commune.name(language)) for commune in communes()]
    places = {name: place for place, name in enumerate(sorted(set(names)))}
    return np.array([*(places[name] for name in names), len(places)], np.int64)


_KEYS: dict[Sort, Callable[[View, str], NDArray[np.int64]]] = {
    Sort.NEWEST: _newest,
    Sort.STARTED: _started,
    Sort.TITLE: _title,
    Sort.COMMUNE: _commune,
}
