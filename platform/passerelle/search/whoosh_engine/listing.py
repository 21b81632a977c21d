"""Put lists of documents together: all of several lists, those in both, those in one and not in another."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from passerelle.search.whoosh_engine.bits import Documents

Impacts = NDArray[np.float32]

_SPARSE = 64  # lists that together are so many times shorter than the view are sorted, not spread out
_FEW = 16  # a list so many times longer than another is looked up in, not marked


class Postings(NamedTuple):
    """Documents, ascending, and how strongly each is meant: the part of BM25 that no question changes."""

    documents: Documents
    impacts: Impacts


NOTHING = Postings(np.zeros(0, np.intp), np.zeros(0, np.float32))


def strongest(lists: Sequence[Postings], size: int) -> Postings:
    """All documents of `lists` (below `size`), each with the strongest of its impacts.

    Two stems of one word count once.
    """
    lists = [each for each in lists if len(each.documents)]
    if len(lists) < 2:
        return lists[0] if lists else NOTHING
    if sum(len(each.documents) for each in lists) * _SPARSE < size:
        return _sorted(lists)
    best = np.zeros(size, np.float32)
    for documents, impacts in lists:
        best[documents] = np.maximum(best[documents], impacts)
    found = np.flatnonzero(best > 0)
    return Postings(found, best[found])


def _sorted(lists: Sequence[Postings]) -> Postings:
    documents = np.concatenate([each.documents for each in lists])
    impacts = np.concatenate([each.impacts for each in lists])
    order = np.lexsort((-impacts, documents))
    documents = documents[order]
    first = np.ones(len(documents), np.bool_)
    first[1:] = documents[1:] != documents[:-1]
    return Postings(documents[first], impacts[order][first])


def summed(one: Postings, other: Postings, size: int) -> Postings:
    """All documents of the two lists; where both have one, the sum of its impacts."""
    if not len(one.documents) or not len(other.documents):
        return one if len(one.documents) else other
    spread = np.zeros(size, np.float32)
    spread[one.documents] = one.impacts
    spread[other.documents] += other.impacts
    found = np.flatnonzero(spread > 0)
    return Postings(found, spread[found])


def has(documents: Documents, others: Documents) -> NDArray[np.bool_]:
    """For each of `documents` whether it is one of `others`."""
    if not len(others):
        return np.zeros(len(documents), np.bool_)
    at = np.searchsorted(others, documents)
    at[at == len(others)] = 0
    found: NDArray[np.bool_] = others[at] == documents
    return found


def common(one: Documents, other: Documents, size: int) -> Documents:
    """The documents that are in both lists."""
    fewer, more = (one, other) if len(one) <= len(other) else (other, one)
    if len(fewer) * _FEW < len(more):
        return fewer[has(fewer, more)]
    mask = np.zeros(size, np.bool_)
    mask[more] = True
    return fewer[mask[fewer]]


def values_at(documents: Documents, postings: Postings, size: int) -> Impacts:
    """The impacts in `postings` of each of `documents`, 0 for those that are not there."""
    if len(documents) * _FEW < len(postings.documents):
        at = np.searchsorted(postings.documents, documents)
        at[at == len(postings.documents)] = 0
        return np.where(postings.documents[at] == documents, postings.impacts[at], np.float32(0))
    spread = np.zeros(size, np.float32)
    spread[postings.documents] = postings.impacts
    return spread[documents]
