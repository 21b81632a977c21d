"""Where terms stand: gather their places in some documents, and find those that follow one another."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from passerelle.search.analysis.questions import Sequence
from passerelle.search.whoosh_engine.decoding import Listed

Occurrences = NDArray[np.int64]
"""`document << 16 | place`, ascending."""

_BITS = 16


class Places(NamedTuple):
    """One term's documents, ascending, and its places: `places[offsets[i]:offsets[i + 1]]` in the i-th."""

    documents: NDArray[np.int64]
    places: NDArray[np.uint16]
    offsets: NDArray[np.int64]


NOWHERE = Places(np.zeros(0, np.int64), np.zeros(0, np.uint16), np.zeros(1, np.int64))


def joined(lists: list[tuple[int, Listed]]) -> Places:
    """The places of a term in several segments, each with the number of its first document."""
    lists = [each for each in lists if len(each[1].documents)]
    if not lists:
        return NOWHERE
    offsets, written = [np.zeros(1, np.int64)], 0
    for _, listed in lists:
        offsets.append(listed.offsets[1:] + written)
        written += len(listed.places)
    return Places(
        np.concatenate([listed.documents.astype(np.int64) + start for start, listed in lists]),
        np.concatenate([listed.places for _, listed in lists]),
        np.concatenate(offsets),
    )


def occurrences(where: Places | Listed, documents: NDArray[np.integer]) -> Occurrences:
    """Every place in those of `documents` (ascending) that have the term."""
    if not len(where.documents):
        return np.zeros(0, np.int64)
    at = np.searchsorted(where.documents, documents)
    at[at == len(where.documents)] = 0
    having = where.documents[at] == documents
    at, documents = at[having], documents[having]
    starts = where.offsets[at]
    lengths = where.offsets[at + 1] - starts
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    chosen = np.arange(total) + np.repeat(starts - ends + lengths, lengths)
    found: Occurrences = (np.repeat(documents.astype(np.int64), lengths) << _BITS) | where.places[chosen]
    return found


def document_of(found: Occurrences) -> NDArray[np.int64]:
    """The document of each occurrence."""
    return found >> _BITS


def merged(found: list[Occurrences]) -> Occurrences:
    """Several lists of occurrences as one, ascending."""
    return found[0] if len(found) == 1 else np.unique(np.concatenate(found))


def following(
    sequence: Sequence, size: int, places: Callable[[str], Listed], term: Callable[[str], Listed]
) -> NDArray[np.int64]:
    """The documents, of `size` in a segment, in which the terms of `sequence` stand word by word.

    An empty place of the sequence fits anything.
    """
    near = _having(sequence, size, term)
    starts: Occurrences | None = None
    for offset, terms in enumerate(sequence):
        if not terms or not len(near):
            continue
        here = merged([occurrences(places(each), near) for each in terms]) - offset
        starts = here if starts is None else np.intersect1d(starts, here, assume_unique=True)
    return near if starts is None else np.unique(document_of(starts))


def _having(sequence: Sequence, size: int, term: Callable[[str], Listed]) -> NDArray[np.int64]:
    """The documents that have one of the terms of every place."""
    having = np.ones(size, np.bool_)
    for terms in filter(None, sequence):
        here = np.zeros(size, np.bool_)
        for each in terms:
            here[term(each).documents] = True
        having &= here
    return np.flatnonzero(having)
