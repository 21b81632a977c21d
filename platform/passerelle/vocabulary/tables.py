"""Read the tab-separated data files of this room, once each."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
LANGUAGES = ("fr", "nl", "de", "en")
# What a sheet may be written in: the three languages of the country, and English.
SHEET_LANGUAGES = ("fr", "nl", "de", "en")

Row = dict[str, str]


class DamagedTable(ValueError):
    """A data file of this room has a line that does not fit its header."""


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of `data/<name>.tsv`, keyed by its header; lines that start with `#` are remarks.

    Raises `DamagedTable` for a line with another number of cells than the header.
    """
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for row in rows:
        if len(row) != len(header):
            raise DamagedTable(f"{name}.tsv: {row[0]!r} has {len(row)} cells, the header has {len(header)}")
    return tuple(dict(zip(header, row, strict=True)) for row in rows)


def parts(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, written `one; two`."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
