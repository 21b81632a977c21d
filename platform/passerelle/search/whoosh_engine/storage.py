"""Read and write the files of an index for Whoosh: checked by hash, never copied, flushed to the disk.

Small files are read once and kept, so that nothing that happens to them afterwards can hurt a search; large
ones are mapped (docs/decisions/0008). Either way their parts are views of one memory; stock Whoosh copies
every part again.
"""

import io
import mmap
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile

from passerelle.search.durable import sync
from passerelle.search.whoosh_engine.manifest import Manifest

READ_WHOLE = 16 << 20
"""Bytes of the largest file that is read, some 3,500 sheets; larger ones are mapped."""

HASHED_AT_ONCE = 128 << 20
"""Bytes of mapped files whose hashes are compared while somebody waits: some tenths of a second."""

EVERYTHING = 1 << 62

_MAPPED = ".seg"
_CHECKED = (".toc", _MAPPED)


class _Cursor(io.RawIOBase):
    """A read-only file over a view of memory."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        start, whole = self._place, len(self._view)
        end = whole if size is None or size < 0 else min(whole, start + size)
        self._place = max(start, end)
        return bytes(self._view[start:end])

    def seek(self, offset: int, whence: int = 0) -> int:
        self._place = max(0, (0, self._place, len(self._view))[whence] + offset)
        return self._place

    def tell(self) -> int:
        return self._place


class MemoryFile(BufferFile):  # type: ignore[misc]  # Whoosh has no types
    """What Whoosh calls a structured file, over memory that is never copied."""

    def __init__(self, view: memoryview, name: str | None = None) -> None:
        super().__init__(b"", name=name)
        self._buf = view
        self.file = _Cursor(view)

    def subset(self, position: int, length: int, name: str | None = None) -> "MemoryFile":
        """A part of the file as a file."""
        return MemoryFile(self._buf[position : position + length], name=name)


class CheckedStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """The files of one index folder.

    Of mapped files `hashed` bytes (`HASHED_AT_ONCE` unless said) are compared with their hashes when they
    are opened; of the others only the length is, and they are listed in `unchecked`.
    """

    def __init__(self, folder: Path, hashed: int | None = None) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._folder = folder
        self._fresh: set[str] = set()
        self._left = HASHED_AT_ONCE if hashed is None else hashed
        self._manifest = Manifest(folder)
        self.unchecked: list[Path] = []

    def open_file(self, name: str, **options: object) -> StructFile:
        """The file `name`. Raises `IndexUnusable` when a finished file is not what was written."""
        if not name.endswith(_CHECKED) or name in self._fresh:
            return super().open_file(name, **options)
        path = self._folder / name
        size = path.stat().st_size
        if name.endswith(_MAPPED) and size > READ_WHOLE:
            return MemoryFile(self._mapped(path, size), name=name)
        content = path.read_bytes()
        self._manifest.check(name, content)
        return MemoryFile(memoryview(content), name=name)

    def _mapped(self, path: Path, size: int) -> memoryview:
        self._manifest.check_size(path.name, size)
        with path.open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if size > self._left:
            self.unchecked.append(path)
        else:
            self._left -= size
            self._manifest.check_file(path)
        return view

    def create_file(self, name: str, **options: object) -> StructFile:
        """A new file, remembered until it is safely on the disk."""
        self._fresh.add(name)
        return super().create_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # Whoosh's own signature
        """Make a commit visible: only after all it needs is on the disk and in the manifest."""
        self._fresh.discard(oldname)
        written = [name for name in sorted(self._fresh) if (self._folder / name).exists()]
        for name in (*written, oldname):
            sync(self._folder / name)
        kept = [name for name in written if name.endswith(_CHECKED)]
        self._manifest.record({name: name for name in kept} | {newname: oldname})
        self._fresh.clear()
        super().rename_file(oldname, newname, safe=safe)
        sync(self._folder)

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """A folder for what a writer needs only while it writes."""
        return FileStorage(str(self._folder)).temp_storage(name)
