"""The shape of the file of vectors: a head, then slots of one size, each with the vectors of one sheet."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from passerelle.search.meaning.encoder import SIZE, Vector

PER_SHEET = 3
"""How many vectors a sheet has: each reads another part of it (see `reading`)."""

HEAD_BYTES = 4096
HEAD = np.dtype([("magic", "S16"), ("model", "S64"), ("stamp", "<u8")])
STAMP_AT = 80
"""Where in the file the newest stamp is: it grows with every change, and is written after the slots."""

SLOT = np.dtype(
    [
        ("stamp", "<u8"),  # when it was written
        ("number", "<i8"),  # of the sheet; 0: the slot is free
        ("content_hash", "S64"),  # of the text the vectors were made of
        ("check", "<u4"),  # over all that follows and the number
        ("scales", "<f4", (PER_SHEET,)),  # times these, the parts are unit vectors; 0: nothing to read
        ("parts", "<i1", (PER_SHEET, SIZE)),
    ]
)
MAGIC = b"passerelle-vec-1"

Slots = NDArray[np.void]
Floats = NDArray[np.float32]


class SheetVectors(NamedTuple):
    """The vectors of one sheet, of shape (`PER_SHEET`, `SIZE`); a row of zeros where there was no text."""

    number: int
    content_hash: str
    vectors: Vector


def head_of(model: str) -> bytes:
    """The head of an empty file with vectors of `model`."""
    head = np.zeros(1, HEAD)
    head["magic"], head["model"] = MAGIC, model.encode()
    return bytes(head.tobytes().ljust(HEAD_BYTES, b"\0"))


def is_head_of(model: str, head: bytes) -> bool:
    """Whether a file that begins with `head` holds vectors of `model` in this shape."""
    return head[:STAMP_AT] == head_of(model)[:STAMP_AT] and len(head) == HEAD_BYTES


def slot_of(sheet: SheetVectors, stamp: int) -> bytes:
    """The slot of `sheet`: each vector in steps of the 127th part of its largest number.

    That turns it by less than one degree, and takes a quarter of the room.
    """
    slot = np.zeros(1, SLOT)
    largest = np.abs(sheet.vectors).max(axis=1)
    steps = np.rint(sheet.vectors * (127 / np.maximum(largest, 1e-9))[:, None])
    lengths = np.linalg.norm(steps, axis=1)
    slot["stamp"], slot["number"], slot["content_hash"] = stamp, sheet.number, sheet.content_hash.encode()
    slot["parts"] = steps
    slot["scales"] = np.where(lengths > 0, 1 / np.maximum(lengths, 1e-9), 0)
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


def vectors_of(slots: Slots) -> Floats:
    """The vectors of `slots`, of shape (slots, `PER_SHEET`, `SIZE`)."""
    vectors: Floats = slots["parts"].astype(np.float32) * slots["scales"][:, :, None]
    return vectors


def _soundness(slots: Sequence[np.void] | Slots) -> Iterator[bool]:
    for slot in slots:
        yield slot["number"] == 0 or slot["check"] == _check(slot)


def _check(slot: np.void) -> int:
    start = crc32(slot["number"].tobytes() + slot["content_hash"])
    return crc32(slot["parts"].tobytes(), crc32(slot["scales"].tobytes(), start))
