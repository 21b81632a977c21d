"""Sets of documents as rows of 64-bit words, bit i for document i: AND, OR and counting are one step each."""

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.uint64]
Documents = NDArray[np.intp]
"""Documents of a view, ascending, each once."""

_WORD = 64


def row_of(mask: NDArray[np.bool_]) -> Row:
    """The set of the documents at which `mask` is true."""
    packed = np.packbits(mask, bitorder="little")
    row = np.zeros(-(-len(mask) // _WORD), np.uint64)
    row.view(np.uint8)[: len(packed)] = packed
    return row


def row_with(documents: Documents, size: int) -> Row:
    """The set of `documents`, all below `size`."""
    mask = np.zeros(size, np.bool_)
    mask[documents] = True
    return row_of(mask)


def mask_of(row: Row, size: int) -> NDArray[np.bool_]:
    """For each document below `size` whether it is in the set."""
    return np.unpackbits(row.view(np.uint8), count=size, bitorder="little").view(np.bool_)


def documents_in(row: Row, size: int) -> Documents:
    """The documents of a set, all below `size`, ascending."""
    return np.flatnonzero(mask_of(row, size))


def among(documents: Documents, row: Row) -> Documents:
    """Those of `documents` that are in the set: for few documents, without unpacking it."""
    octets = row.view(np.uint8)[documents >> 3]
    inside: Documents = documents[(octets >> (documents & 7).astype(np.uint8)) & 1 == 1]
    return inside


def count(row: Row) -> int:
    """How many documents are in the set."""
    return int(np.bitwise_count(row).sum())


def counts(rows: NDArray[np.uint64], among_row: Row) -> list[int]:
    """For each of `rows`, one below the other, how many of its documents are in the set `among_row`."""
    found: list[int] = np.bitwise_count(rows & among_row).sum(axis=1, dtype=np.intp).tolist()
    return found
