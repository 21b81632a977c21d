"""The shape of the file of vectors: a head, then slots of one size, each with the vectors of one sheet."""

from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from passerelle.search.meaning.encoder import SIZE, Vector
from passerelle.search.meaning.reading import ROOM

WORDS = SIZE // 64
"""How many machine words the signs of one vector fill."""

PER_SHEET = 2 + ROOM
"""A sheet has a vector of what it is, one of it as a whole, and one of each of its sentences."""

HEAD_BYTES = 4096
HEAD = np.dtype([("magic", "S16"), ("model", "S64"), ("stamp", "<u8")])
STAMP_AT = 80
"""Where in the file the newest stamp is: it grows with every change, and is written after the slots."""

SLOT = np.dtype(
    [
        ("stamp", "<u8"),  # when it was written
        ("number", "<i8"),  # of the sheet; 0: the slot is free
        ("content_hash", "S64"),  # of the text the vectors were made of
        ("check", "<u4"),  # over all else but the stamp
        ("count", "<u4"),  # of vectors
        ("signs", "<u8", (PER_SHEET, WORDS)),
    ]
)
MAGIC = b"passerelle-vec-1"
"""Another one for another shape of the file, or when `reading` chooses other texts: then all is made anew."""

Slots = NDArray[np.void]
Signs = NDArray[np.uint64]


class SheetVectors(NamedTuple):
    """The vectors of one sheet: at most `PER_SHEET` rows of `SIZE` numbers, in the order said there."""

    number: int
    content_hash: str
    vectors: Vector


def signs_of(vectors: Vector) -> Signs:
    """The signs of vectors of shape (n, `SIZE`), as n rows of `WORDS` machine words.

    They are all that is kept: with 512 of them, what is near stays near (nDCG@10 was as good in a trial, and
    64 bytes instead of 2 kB let a sheet have a vector a sentence).
    """
    return np.packbits(vectors > 0, axis=1).view(np.uint64)


def head_of(model: str) -> bytes:
    """The head of an empty file with vectors of `model`."""
    head = np.zeros(1, HEAD)
    head["magic"], head["model"] = MAGIC, model.encode()
    return bytes(head.tobytes().ljust(HEAD_BYTES, b"\0"))


def is_head_of(model: str, head: bytes) -> bool:
    """Whether a file that begins with `head` holds vectors of `model` in this shape."""
    return head[:STAMP_AT] == head_of(model)[:STAMP_AT] and len(head) == HEAD_BYTES


def slot_of(sheet: SheetVectors, stamp: int) -> bytes:
    """The slot of `sheet`, written at `stamp`."""
    slot = np.zeros(1, SLOT)
    count = len(sheet.vectors)
    slot["stamp"], slot["number"], slot["content_hash"] = stamp, sheet.number, sheet.content_hash.encode()
    slot["count"] = count
    slot["signs"][0, :count] = signs_of(sheet.vectors)
    slot["check"] = _check(slot[0])
    return bytes(slot.tobytes())


def free_slot(stamp: int) -> bytes:
    """A slot without a sheet: nothing of one that was there is left."""
    slot = np.zeros(1, SLOT)
    slot["stamp"] = stamp
    return bytes(slot.tobytes())


def sound(slots: Slots) -> NDArray[np.bool_]:
    """Which of `slots` are whole: neither damaged nor just being written."""
    return np.fromiter(_soundness(slots), bool, len(slots))


def _soundness(slots: Slots) -> Iterator[bool]:
    for slot in slots:
        yield slot["number"] == 0 or (slot["check"] == _check(slot) and slot["count"] <= PER_SHEET)


def _check(slot: np.void) -> int:
    start = crc32(slot["number"].tobytes() + slot["count"].tobytes() + slot["content_hash"])
    return crc32(slot["signs"].tobytes(), start)
