"""The shape of the file of vectors: a head, then slots of one size, each with the vectors of one sheet."""

import os
from collections.abc import Iterator
from functools import lru_cache
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

READ_WHOLE = 16 << 20
"""Bytes of slots that are read at most, some 9,500 sheets; more are mapped (docs/decisions/0009)."""

MOST_STAMPS = 1 << 62
"""No file is written so often: a stamp above is damage."""

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


@lru_cache(maxsize=4)
def head_of(model: str) -> bytes:
    """The head of an empty file with vectors of `model`."""
    head = np.zeros(1, HEAD)
    head["magic"], head["model"] = MAGIC, model.encode()
    return bytes(head.tobytes().ljust(HEAD_BYTES, b"\0"))


def is_head_of(model: str, head: bytes) -> bool:
    """Whether a file that begins with `head` holds vectors of `model` in this shape."""
    return head[:STAMP_AT] == head_of(model)[:STAMP_AT] and len(head) == HEAD_BYTES


def stamp_of(head: bytes) -> int:
    """The newest stamp, of a file that begins with `head`."""
    return int.from_bytes(head[STAMP_AT : STAMP_AT + 8], "little")


def slots_in(handle: int) -> Slots:
    """The slots of the open file as it is now; one that is cut off at the end is left out."""
    count = max(0, os.fstat(handle).st_size - HEAD_BYTES) // SLOT.itemsize
    if count * SLOT.itemsize > READ_WHOLE:
        with os.fdopen(os.dup(handle), "rb") as file:
            return np.memmap(file, SLOT, "r", HEAD_BYTES, (count,))
    content = os.pread(handle, count * SLOT.itemsize, HEAD_BYTES)
    return np.frombuffer(content, SLOT, len(content) // SLOT.itemsize) if content else np.zeros(0, SLOT)


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
