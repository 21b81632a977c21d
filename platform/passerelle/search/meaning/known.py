"""Find the sheets whose vectors are nearest, in the file of vectors as it was at one moment."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import pi, sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from passerelle.search.cache import WeightedCache
from passerelle.search.meaning.encoder import SIZE, Vector
from passerelle.search.meaning.port import Near
from passerelle.search.meaning.slots import (
    HEAD_BYTES,
    PER_SHEET,
    WORDS,
    Signs,
    Slots,
    is_head_of,
    signs_of,
    slots_in,
    sound,
    stamp_of,
)

WHAT, WHOLE = 0, 1
"""The places of the two vectors that speak for a sheet as a whole; those of its sentences follow."""

LOOKED_AT = 512
"""Of how many sheets, the most promising as a whole, every sentence is compared with a question."""

SENTENCES = 2
"""The nearness of so many sentences of a sheet counts, the nearest ones."""

_LEVELS = 4
"""The numbers of a question are taken as one of 2 ** 4 steps when they are compared with signs."""

_FULL = sqrt(SIZE * 2 / pi)
"""What the numbers of a unit vector come to when all signs are right."""

_AT_ONCE = 4096  # slots read together: 7 MB

_KEPT = 10_000  # sheets in the answers that are remembered: 3 MB

Places = NDArray[np.int64]
Floats = NDArray[np.float32]


class State(NamedTuple):
    """What tells one state of the file from another: whoever writes it leaves a new stamp."""

    inode: int
    size: int
    stamp: int


@dataclass(frozen=True, eq=False)
class Known:
    """The vectors at one moment: all in memory, or of a large file those of whole sheets, the rest mapped."""

    state: State
    slots: Slots
    stamps: NDArray[np.uint64]
    numbers: NDArray[np.int64]  # of the sheets; 0: no sheet
    answered: WeightedCache[str, tuple[Near, ...]]  # to questions just asked
    wholes: Signs  # of shape (2 * `WORDS`, slots): what the sheet is, and the sheet as a whole

    def near_question(self, vector: Vector) -> tuple[Places, Floats]:
        """The most promising sheets for a question, and how near each is, in no order.

        What a sheet is, the whole of it, and its two nearest sentences count alike: a sentence says it, and
        what it stands in says whether it was meant.
        """
        places = self._fresh(self._promising(vector))
        slots = self.slots[places]
        cosines = _cosines(slots["signs"], vector)
        cosines[np.arange(PER_SHEET) >= slots["count"][:, None]] = -1
        nearest = np.sort(cosines[:, WHOLE + 1 :], axis=1)[:, -SENTENCES:]
        nearness: Floats = (cosines[:, WHAT] + cosines[:, WHOLE] + nearest.mean(axis=1)) / 3
        return places, nearness

    def near_whole(self, what: Vector, whole: Vector) -> tuple[Places, Floats]:
        """Every sheet, and how near it is as a whole to another text: what that is, and the whole of it."""
        places = np.flatnonzero(self.numbers)
        differing = self._differing(signs_of(np.stack([what, whole])))[places]
        cosines: Floats = np.cos(differing * np.float32(pi / (2 * SIZE)))
        return places, cosines

    def whole(self, number: int) -> tuple[Vector, Vector] | None:
        """The two vectors of the sheet `number` as a whole, as far as signs tell."""
        found = np.flatnonzero(self.numbers == number)
        if not len(found):
            return None
        signs = self.wholes[:, found[0]].reshape(2, WORDS)
        bits = np.unpackbits(np.ascontiguousarray(signs).view(np.uint8), axis=1)
        vectors = bits.astype(np.float32) - 0.5
        return vectors[WHAT], vectors[WHOLE]

    def _promising(self, vector: Vector) -> Places:
        if len(self.numbers) <= LOOKED_AT:
            return np.flatnonzero(self.numbers)
        differing = self._differing(signs_of(np.stack([vector, vector])))
        differing[self.numbers == 0] = 2 * SIZE
        promising: Places = np.argpartition(differing, LOOKED_AT)[:LOOKED_AT]
        return promising

    def _differing(self, asked: Signs) -> NDArray[np.uint16]:
        """In how many signs the two vectors of each sheet differ from the two `asked`."""
        differing = np.zeros(len(self.numbers), np.uint16)
        for mine, theirs in zip(self.wholes, asked.reshape(-1), strict=True):
            differing += np.bitwise_count(mine ^ theirs)
        return differing

    def _fresh(self, places: Places) -> Places:
        """Those of `places` that nobody has written since."""
        fresh: Places = places[self.slots["stamp"][places] == self.stamps[places]]
        return fresh[self.numbers[fresh] > 0]


def _cosines(signs: Signs, vector: Vector) -> Floats:
    """How near each vector of which the signs are given is to `vector`.

    The vector is written in binary, a row of bits for each of the `_LEVELS` places: then the sum of its
    numbers where a sign is up is a count of bits.
    """
    columns = np.ascontiguousarray(signs.reshape(-1, WORDS).T)
    lowest = float(vector.min())
    step = max(float(vector.max()) - lowest, 1e-9) / (2**_LEVELS - 1)
    steps = np.rint((vector - lowest) / step).astype(np.uint8)
    above = sum(_common(columns, steps >> level & 1) * np.float32(2**level) for level in range(_LEVELS))
    up = _common(columns, np.ones(SIZE, np.uint8))
    sums = 2 * (lowest * up + step * above) - vector.sum()
    cosines: Floats = np.asarray(sums / _FULL, np.float32)
    return cosines.reshape(signs.shape[:-1])


def _common(columns: Signs, bits: NDArray[np.uint8]) -> Floats:
    """How many bits each column has in common with `bits`."""
    words = np.packbits(bits).view(np.uint64)
    common = np.zeros(columns.shape[1], np.uint16)
    for mine, theirs in zip(columns, words, strict=True):
        common += np.bitwise_count(mine & theirs)
    return common.astype(np.float32)


def state_of(path: Path, model: str) -> State:
    """The state of the file at `path` now.

    Raises `FileNotFoundError` when there is no such file, or it was not made with `model`.
    """
    with _opened(path) as handle:
        return _state(handle, model)


def look(path: Path, model: str, before: Known | None) -> Known:
    """The vectors in the file at `path` now; of what `before` knows, only what changed is taken in.

    Raises as `state_of` does.
    """
    with _opened(path) as handle:
        state = _state(handle, model)
        slots = slots_in(handle)
    fits = before is not None and before.state.inode == state.inode and len(before.stamps) <= len(slots)
    old = (before.stamps, before.numbers, before.wholes) if before is not None and fits else _nothing()
    stamps, numbers, wholes = _grown(old, len(slots))
    for places in _changed(slots, stamps):
        block = slots[places]
        whole = sound(block)
        stamps[places] = np.where(whole, block["stamp"], 0)  # one just being written is looked at again
        numbers[places] = np.where(whole, block["number"], 0)
        wholes[:, places] = block["signs"][:, : WHOLE + 1].reshape(len(block), -1).T
    return Known(state, slots, stamps, numbers, WeightedCache(_KEPT), wholes)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield handle
    finally:
        os.close(handle)


def _state(handle: int, model: str) -> State:
    status, head = os.fstat(handle), os.pread(handle, HEAD_BYTES, 0)
    if not is_head_of(model, head):
        raise FileNotFoundError("there are no vectors of this encoder yet")
    return State(status.st_ino, status.st_size, stamp_of(head))


Arrays = tuple[NDArray[np.uint64], NDArray[np.int64], Signs]


def _nothing() -> Arrays:
    return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros((2 * WORDS, 0), np.uint64)


def _grown(old: Arrays, count: int) -> Arrays:
    """Copies with room for `count` slots: whoever is searching keeps the old ones."""
    stamps, numbers, wholes = old
    more = count - len(stamps)
    return (
        np.concatenate([stamps, np.zeros(more, np.uint64)]),
        np.concatenate([numbers, np.zeros(more, np.int64)]),
        np.concatenate([wholes, np.zeros((len(wholes), more), np.uint64)], axis=1),
    )


def _changed(slots: Slots, stamps: NDArray[np.uint64]) -> Sequence[Places]:
    """The slots that are not as they were, some at a time."""
    changed = np.flatnonzero(np.array(slots["stamp"]) != stamps)
    return [changed[at : at + _AT_ONCE] for at in range(0, len(changed), _AT_ONCE)]
