"""Find the sheets whose vectors are nearest, in the file of vectors as it was at one moment."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from passerelle.search.meaning.encoder import SIZE, Vector
from passerelle.search.meaning.slots import (
    HEAD,
    HEAD_BYTES,
    PER_SHEET,
    SLOT,
    Floats,
    Slots,
    is_head_of,
    sound,
    vectors_of,
)

WORDS = SIZE // 64
"""How many machine words the signs of one vector fill."""

LOOKED_AT = 400
"""Of how many vectors whose signs agree best with the question's the true nearness is computed."""

_AT_ONCE = 4096  # slots read together: 7 MB


class Closeness(NamedTuple):
    """Some slots, and how near each of their vectors is: cosines, one row a slot, one column a vector."""

    places: NDArray[np.int64]
    cosines: Floats


@dataclass(frozen=True)
class Known:
    """The vectors at one moment: their signs in memory, all else where the file is mapped.

    The signs, 64 bytes a vector, choose whom to look at; only of those the vectors themselves are read.
    """

    inode: int
    head: NDArray[np.void]  # mapped: the newest stamp can be read from it at any time
    stamp: int  # up to which changes are taken in
    slots: Slots  # mapped
    stamps: NDArray[np.uint64]
    numbers: NDArray[np.int64]  # of the sheets; 0: no sheet
    signs: NDArray[np.uint64]  # of shape (`WORDS`, slots * `PER_SHEET`)

    def newest(self) -> int:
        """The stamp of the file now."""
        return int(self.head["stamp"][0])

    def nearest(self, questions: Vector) -> Closeness:
        """The sheets most promising for one or more vectors, of shape (n, `SIZE`), in no order.

        Each cosine is that of the best of the questions.
        """
        places = self._promising(questions)
        places = places[(self.slots["stamp"][places] == self.stamps[places]) & (self.numbers[places] > 0)]
        return Closeness(places, self.cosines(places, questions))

    def cosines(self, places: NDArray[np.int64], questions: Vector) -> Floats:
        """How near the vectors of some slots are to the nearest of the questions."""
        slots = self.slots[places]
        cosines = slots["parts"].astype(np.float32) @ questions.T
        best: Floats = cosines.max(axis=2, initial=-SIZE) * slots["scales"]
        return best

    def place_of(self, number: int) -> int | None:
        """The slot of the sheet `number`."""
        found = np.flatnonzero(self.numbers == number)
        return int(found[0]) if len(found) else None

    def vectors(self, place: int) -> Floats:
        """The vectors of one slot that are there."""
        vectors = vectors_of(self.slots[place : place + 1])[0]
        there: Floats = vectors[vectors.any(axis=1)]
        return there

    def _promising(self, questions: Vector) -> NDArray[np.int64]:
        vectors = self.signs.shape[1]
        if vectors <= LOOKED_AT:
            return np.flatnonzero(self.numbers)
        found = [
            np.argpartition(self._differing(asked), LOOKED_AT)[:LOOKED_AT] for asked in signs_of(questions).T
        ]
        return np.unique(np.concatenate(found) // PER_SHEET)

    def _differing(self, asked: NDArray[np.uint64]) -> NDArray[np.uint16]:
        """In how many signs each vector differs from the one `asked`."""
        differing: NDArray[np.uint16] = np.bitwise_count(self.signs[0] ^ asked[0]).astype(np.uint16)
        for mine, theirs in zip(self.signs[1:], asked[1:], strict=True):
            differing += np.bitwise_count(mine ^ theirs)
        return differing


def signs_of(vectors: Vector) -> NDArray[np.uint64]:
    """The signs of vectors of shape (n, `SIZE`), as `WORDS` rows of n machine words."""
    packed = np.packbits(vectors > 0, axis=1).view(np.uint64)
    return np.ascontiguousarray(packed.T)


def look(path: Path, model: str, before: Known | None) -> Known:
    """The vectors in the file at `path` now; of what `before` knows, only what changed is read.

    Raises `FileNotFoundError` when there is no such file, or it was not made with `model`.
    """
    with path.open("rb") as file:
        if not is_head_of(model, file.read(HEAD_BYTES)):
            raise FileNotFoundError("there are no vectors of this encoder yet")
        status = os.fstat(file.fileno())
        head = np.memmap(file, HEAD, "r", 0, (1,))
        stamp = int(head["stamp"][0])
        count = max(0, (status.st_size - HEAD_BYTES) // SLOT.itemsize)
        slots: Slots = np.memmap(file, SLOT, "r", HEAD_BYTES, (count,)) if count else np.zeros(0, SLOT)
    fresh = before is None or before.inode != status.st_ino
    old = _nothing() if before is None or fresh else (before.stamps, before.numbers, before.signs)
    seen = 0 if before is None or fresh else before.stamp
    stamps, numbers, signs = _grown(old, count)
    for places in _changed(slots, stamps, seen):
        block = slots[places]
        stamps[places] = block["stamp"]
        numbers[places] = np.where(sound(block), block["number"], 0)
        of_block = signs_of(block["parts"].reshape(-1, SIZE))
        signs.reshape(WORDS, count, PER_SHEET)[:, places] = of_block.reshape(WORDS, -1, PER_SHEET)
    return Known(status.st_ino, head, stamp, slots, stamps, numbers, signs)


Arrays = tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint64]]


def _nothing() -> Arrays:
    return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros((WORDS, 0), np.uint64)


def _grown(old: Arrays, count: int) -> Arrays:
    """Copies with room for `count` slots: whoever is searching keeps the old ones."""
    stamps, numbers, signs = old
    more = count - len(stamps)
    return (
        np.concatenate([stamps, np.zeros(more, np.uint64)]),
        np.concatenate([numbers, np.zeros(more, np.int64)]),
        np.concatenate([signs, np.zeros((WORDS, more * PER_SHEET), np.uint64)], axis=1),
    )


def _changed(slots: Slots, stamps: NDArray[np.uint64], seen: int) -> Sequence[NDArray[np.int64]]:
    """The slots written since `seen`, some at a time."""
    written = np.array(slots["stamp"])
    changed = np.flatnonzero((written > seen) | (written != stamps))
    return [changed[at : at + _AT_ONCE] for at in range(0, len(changed), _AT_ONCE)]
