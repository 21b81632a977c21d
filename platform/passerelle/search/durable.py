"""Write files so that a power cut leaves the old or the new, never half of one."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Have the file or folder at `path` on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file at `path` by `content` in one step, readable by its owner only."""
    beside = path.with_name(f"{path.name}.tmp")
    handle = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)
