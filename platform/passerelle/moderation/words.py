"""Compare two texts word by word, in bounded time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

MOST_EDITS = 500  # words; a text that differs in more of them is shown as rewritten, and the work stays small
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_FURTHEST_SLIDE = 8  # words
_LONGEST_TOKEN = 200  # characters; a longer word stays where it is
_SHORT = 2  # words between two changes that are read more easily as part of one change


class Kind(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Fragment:
    """A piece of text: all but the added ones make the text before, all but the removed the one after."""

    kind: Kind
    text: str


def compare_words(before: str, after: str) -> tuple[Fragment, ...]:
    """The pieces of two texts in reading order, what was removed before what took its place.

    The time grows with the length times the number of differing words, and that number stops at `MOST_EDITS`.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    pieces = [(Kind.SAME, token) for token in old[:start]]
    pieces += _edits(old_middle, new_middle)
    pieces += [(Kind.SAME, token) for token in old[len(old) - end :]]
    blocks = _blocks(pieces)
    for left, block, right in zip(blocks, blocks[1:], blocks[2:], strict=False):
        _slide(left, block, right)
    return tuple(_joined(blocks))


def compare_values(before: str, after: str) -> tuple[Fragment, ...]:
    """The pieces of two values that are not read word by word: codes, numbers, dates."""
    if before == after:
        return (Fragment(Kind.SAME, after),) if after else ()
    pieces = (Fragment(Kind.REMOVED, before), Fragment(Kind.ADDED, after))
    return tuple(piece for piece in pieces if piece.text)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many tokens two sequences share at their beginning."""
    count = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        count += 1
    return count


def _edits(old: Sequence[str], new: Sequence[str]) -> list[tuple[Kind, str]]:
    """The shortest way from `old` to `new` (Myers 1986); all of both when it is longer than `MOST_EDITS`."""
    reached = {1: 0}  # by diagonal x - y, the furthest x
    history: list[dict[int, int]] = []
    for edits in range(min(MOST_EDITS, len(old) + len(new)) + 1):
        history.append(dict(reached))
        for diagonal in range(-edits, edits + 1, 2):
            x = _step(reached, diagonal, edits)
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            reached[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _way_back(history, old, new)
    return [*((Kind.REMOVED, token) for token in old), *((Kind.ADDED, token) for token in new)]


def _step(reached: dict[int, int], diagonal: int, edits: int) -> int:
    """Where the next edit on `diagonal` begins: down (a word added) or right (a word removed)."""
    if _goes_down(reached, diagonal, edits):
        return reached[diagonal + 1]
    return reached[diagonal - 1] + 1


def _goes_down(reached: dict[int, int], diagonal: int, edits: int) -> bool:
    """Whether the last edit on `diagonal` adds a word, because that way one comes further."""
    return diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])


def _way_back(
    history: list[dict[int, int]], old: Sequence[str], new: Sequence[str]
) -> list[tuple[Kind, str]]:
    """Read the way from the end to the beginning, and turn it round."""
    pieces: list[tuple[Kind, str]] = []
    x, y = len(old), len(new)
    for edits in range(len(history) - 1, -1, -1):
        reached, diagonal = history[edits], x - y
        begins = _step(reached, diagonal, edits)
        while x > begins and y > begins - diagonal:
            x, y = x - 1, y - 1
            pieces.append((Kind.SAME, old[x]))
        if edits == 0:
            break
        if _goes_down(reached, diagonal, edits):
            y -= 1
            pieces.append((Kind.ADDED, new[y]))
        else:
            x -= 1
            pieces.append((Kind.REMOVED, old[x]))
    return pieces[::-1]


@dataclass
class _Block:
    """Words both texts have, or what stands in the place of what."""

    same: str = ""
    removed: str = ""
    added: str = ""

    @property
    def is_short(self) -> bool:
        """Whether so little is the same here that it only interrupts the reading."""
        return len(re.findall(r"\w+", self.same)) <= _SHORT and "\n" not in self.same


def _blocks(pieces: Sequence[tuple[Kind, str]]) -> list[_Block]:
    """The pieces as blocks; a few same words between two longer changes become part of one change."""
    found: list[_Block] = []
    for is_same, group in groupby(pieces, key=lambda piece: piece[0] is Kind.SAME):
        run = list(group)
        text = {kind: "".join(token for each, token in run if each is kind) for kind in Kind}
        block = _Block(text[Kind.SAME], text[Kind.REMOVED], text[Kind.ADDED])
        if not is_same and len(found) > 1 and found[-1].is_short and _outweigh(found[-2], found[-1], block):
            between, before = found.pop().same, found.pop()
            block.removed = before.removed + between + block.removed
            block.added = before.added + between + block.added
        found.append(block)
    return found


def _outweigh(before: _Block, between: _Block, after: _Block) -> bool:
    """Whether the changes on both sides are longer than what is the same between them."""
    return all(len(block.removed + block.added) >= len(between.same) for block in (before, after))


def _slide(before: _Block, block: _Block, after: _Block) -> None:
    """Let a change that only adds or only removes begin with a word: "a.[ b.]" instead of "a[. b]."."""
    if bool(block.removed) is bool(block.added):
        return
    kept, text, rest = before.same, block.removed or block.added, after.same
    for _step_right in range(_FURTHEST_SLIDE):
        first = _TOKEN.findall(text[:_LONGEST_TOKEN])[0]
        begins_a_word = first[0].isalnum() and (not kept or kept[-1].isspace())
        if begins_a_word or (first.isspace() and not rest):
            before.same, after.same = kept, rest
            block.removed, block.added = (text, "") if block.removed else ("", text)
            return
        if not rest.startswith(first):
            return
        kept, text, rest = kept + first, text[len(first) :] + first, rest[len(first) :]


def _joined(blocks: Sequence[_Block]) -> Iterator[Fragment]:
    for block in blocks:
        for kind, text in ((Kind.SAME, block.same), (Kind.REMOVED, block.removed), (Kind.ADDED, block.added)):
            if text:
                yield Fragment(kind, text)
