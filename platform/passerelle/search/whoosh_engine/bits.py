"""Sets of documents as one big number, bit i for document i: AND, OR and counting are one step each."""

from collections.abc import Iterable
from itertools import compress

_TO_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


def bits_of(documents: Iterable[int], size: int) -> int:
    """The set of `documents`, all below `size`."""
    digits = bytearray(b"0") * (size + 1)
    for document in documents:
        digits[document] = 49  # "1"
    digits.reverse()
    return int(digits, 2)


def documents_in(bits: int) -> list[int]:
    """The documents of a set, ascending."""
    flags = f"{bits:b}"[::-1].encode().translate(_TO_FLAGS)
    return list(compress(range(len(flags)), flags))


def all_of(size: int) -> int:
    """The set of all documents below `size`."""
    return (1 << size) - 1
