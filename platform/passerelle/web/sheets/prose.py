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
    """The blocks of `text`: an empty line ends a paragraph, lines that begin with a dash are a list."""
    return tuple(_blocks(text))


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
