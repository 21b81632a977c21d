"""Read the paragraphs and lists in a plain text as people type it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_ITEM = re.compile(r"\s*[-–•*·]\s+(?P<words>\S.*)")


class Block(NamedTuple):
    """A paragraph of several lines, or a list of several items."""

    is_list: bool
    lines: tuple[str, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of `text`: an empty line ends a paragraph.

    Lines that begin with a dash are a list, and so are several lines after one that ends with a colon.
    """
    return tuple(part for block in _blocks(text) for part in _announced(block))


def _announced(block: Block) -> tuple[Block, ...]:
    """The list that a line with a colon announces, apart from that line."""
    ends = [place for place, line in enumerate(block.lines, start=1) if line.endswith(":")]
    if block.is_list or not ends or len(block.lines) - ends[-1] < 2:
        return (block,)
    return Block(False, block.lines[: ends[-1]]), Block(True, block.lines[ends[-1] :])


def _blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    in_list = False
    for line in [*text.splitlines(), ""]:
        item = _ITEM.fullmatch(line)
        ends = not line.strip() or bool(item) is not in_list
        if ends and lines:
            yield Block(in_list, tuple(lines))
            lines = []
        in_list = bool(item)
        if line.strip():
            lines.append(item["words"].strip() if item else line.strip())
