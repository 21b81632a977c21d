"""Write the vectors of sheets into one file beside the index, one writer at a time."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from passerelle.search.durable import write_whole
from passerelle.search.lock import writing
from passerelle.search.meaning.slots import (
    HEAD_BYTES,
    MOST_STAMPS,
    SLOT,
    STAMP_AT,
    SheetVectors,
    free_slot,
    head_of,
    is_head_of,
    slot_of,
    slots_in,
    sound,
    stamp_of,
)

FOLDER = "meaning"
FILE = "vectors"


class VectorsDamaged(Exception):
    """Nothing more can be written into this file."""


class VectorFile:
    """The file as its only writer has it open. Raises `VectorsDamaged`."""

    def __init__(self, handle: int, *, checked: bool) -> None:
        self._handle = handle
        slots = slots_in(handle)
        # a writer that was cut off has left stamps that the head does not know of
        self._stamp = max(stamp_of(os.pread(handle, HEAD_BYTES, 0)), int(slots["stamp"].max(initial=0)))
        if self._stamp > MOST_STAMPS:
            raise VectorsDamaged
        numbers = slots["number"] if checked else np.where(sound(slots), slots["number"], -1)
        self._hashes = {
            number: (place, bytes(content_hash).decode(errors="replace"))
            for place, (number, content_hash) in enumerate(
                zip(numbers.tolist(), slots["content_hash"].tolist(), strict=True)
            )
            if number > 0
        }
        self._free = np.flatnonzero(numbers <= 0).tolist()[::-1]
        self._size = len(slots)
        self._erase(np.flatnonzero(numbers < 0).tolist())

    def contents(self) -> Mapping[int, str]:
        """The hash of the text that was read, of every sheet there are vectors of."""
        return {number: content_hash for number, (_, content_hash) in self._hashes.items()}

    def keep(self, sheets: Iterable[SheetVectors]) -> None:
        """Afterwards these are the vectors of the sheets, on the disk and for every reader."""
        for sheet in sheets:
            place = self._place(sheet.number)
            self._write(place, slot_of(sheet, self._stamp + 1))
            self._hashes[sheet.number] = (place, sheet.content_hash)
        self._finish()

    def erase(self, numbers: Iterable[int]) -> None:
        """Afterwards nothing of these sheets is in the file."""
        places = [self._hashes.pop(number)[0] for number in numbers if number in self._hashes]
        self._free += places
        self._erase(places)

    def _erase(self, places: list[int]) -> None:
        for place in places:
            self._write(place, free_slot(self._stamp + 1))
        if places:
            self._finish()

    def _place(self, number: int) -> int:
        """Where the sheet stands, or a free place, or the end."""
        if number in self._hashes:
            return self._hashes[number][0]
        if self._free:
            return int(self._free.pop())
        self._size += 1
        return self._size - 1

    def _write(self, place: int, slot: bytes) -> None:
        at = HEAD_BYTES + place * SLOT.itemsize
        while slot:
            written = os.pwrite(self._handle, slot, at)
            slot, at = slot[written:], at + written

    def _finish(self) -> None:
        """Tell the readers, once all is written."""
        os.fdatasync(self._handle)
        self._stamp += 1
        os.pwrite(self._handle, self._stamp.to_bytes(8, "little"), STAMP_AT)


class VectorStore:
    """Where the vectors made with `model` are, in the folder `root` of the index.

    Disposable as the index is: a file that is damaged, or made with something else, is begun anew.
    """

    def __init__(self, root: Path, model: str) -> None:
        self.path = root / FOLDER / FILE
        self.model = model
        self._checked = 0  # the file of which this process has read every slot

    @contextmanager
    def open(self) -> Iterator[VectorFile]:
        """The file, open for writing. Raises `IndexBusy` when somebody else is, `OSError` without access."""
        folder = self.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with writing(folder, patience=0):
            handle = self._opened()
            try:
                file = self._read(handle)
            except VectorsDamaged:
                os.close(handle)
                handle = self._anew()
                file = self._read(handle)
            try:
                yield file
                self._checked = os.fstat(handle).st_ino
            finally:
                os.close(handle)

    def _read(self, handle: int) -> VectorFile:
        return VectorFile(handle, checked=os.fstat(handle).st_ino == self._checked)

    def _opened(self) -> int:
        """The file, made anew when there is none of this model."""
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            handle = None
        if handle is not None:
            if is_head_of(self.model, os.pread(handle, HEAD_BYTES, 0)):
                return handle
            os.close(handle)
        return self._anew()

    def _anew(self) -> int:
        """An empty file; what was there is gone."""
        write_whole(self.path, head_of(self.model))
        return os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
