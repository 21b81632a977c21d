"""Name all that decides what an index holds, so that one written by other code is known and built anew."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

_SEARCH: Final = Path(__file__).parent.parent
_FILES: Final = (
    (_SEARCH.parent / "vocabulary", "*.py"),  # the codes whose bits and places are stored
    (_SEARCH.parent / "vocabulary" / "data", "*.tsv"),
    (_SEARCH, "documents.py"),
    (_SEARCH / "analysis", "*.py"),
    (_SEARCH / "whoosh_engine", "schema.py"),
    (_SEARCH / "whoosh_engine", "columns.py"),
    (_SEARCH / "whoosh_engine", "encoding.py"),
)


@cache
def fingerprint() -> str:
    """Sixteen signs that differ when a file of the analysis, of its data or of the storing code differs."""
    digest = sha256()
    for path in _paths():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _paths() -> Iterator[Path]:
    for folder, pattern in _FILES:
        yield from sorted(folder.glob(pattern))
