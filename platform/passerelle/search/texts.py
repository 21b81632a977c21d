"""Have the texts of a sheet ready to be searched for words and shown with some of them marked."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from passerelle.search.analysis.folding import fold
from passerelle.search.documents import TEXT_SECTIONS
from passerelle.search.page import Fragment, Highlights

SUMMARY_WIDTH = 400
EXTRACT_WIDTH = 220
BREAK = "\n\n"  # between two texts
_BEFORE = 70  # characters of an extract that stand before its first marked word
_LEFT_OUT = "…"
_ODD = re.compile(r"\w[(·•)]\w|[^\x00-\xffœŒ‘’“”–—…•€]")  # what one plain letter cannot stand for
_PLAIN_BYTES = bytes(
    (folded if (folded := fold(bytes([code]).decode("cp1252", "replace"))[:1]).isalnum() else " ").encode(
        "ascii", "replace"
    )[0]
    for code in range(256)
)

Span = tuple[int, int]


class Texts(NamedTuple):
    """The texts of one sheet, ready to be marked: made once, used for every question.

    `whole` is title, summary and sections, each on one line and followed by two breaks, and `plain` the same
    in small letters without accents, one byte a character, after a space: all that is no letter or digit is
    a space there. `starts` says where each text begins. `odd` texts have words that this cannot show.
    `unmarked` is what is shown when no word is looked for.
    """

    whole: str
    plain: bytes
    sections: tuple[str, ...]  # the keys of the texts but the first two
    starts: tuple[int, ...]
    odd: bool
    unmarked: Highlights


def texts_of(title: str, summary: str, texts: Mapping[str, str], language: str) -> Texts:
    """The texts of a sheet in `language`, ready to be marked."""
    sections = tuple(key for key in TEXT_SECTIONS if texts.get(key))
    every = [title, summary, *(texts[key] for key in sections)]
    starts = tuple(accumulate((len(text) + len(BREAK) for text in every), initial=0))
    whole = "".join(text.replace("\n", " ") + BREAK for text in every)
    plain = f" {whole}".encode("cp1252", "replace").translate(_PLAIN_BYTES)
    end = starts[2] - len(BREAK)
    unmarked = Highlights(
        fragments(whole, (), 0, len(title)), cut(whole, [], starts[1], end, SUMMARY_WIDTH), (), "", language
    )
    return Texts(whole, plain, sections, starts, _ODD.search(whole) is not None, unmarked)


_fragment = partial(tuple.__new__, Fragment)  # what Fragment does, without a step in Python


def fragments(text: str, spans: Iterable[Span], start: int, end: int) -> tuple[Fragment, ...]:
    """`text` from `start` to `end` in pieces, those of `spans` marked."""
    pieces: list[Fragment] = []
    place = start
    for first, last in spans:
        if first < place or last > end:
            continue
        if first > place:
            pieces.append(_fragment((text[place:first], False)))
        pieces.append(_fragment((text[first:last], True)))
        place = last
    if place < end:
        pieces.append(_fragment((text[place:end], False)))
    return tuple(pieces)


def cut(text: str, spans: list[Span], start: int, end: int, width: int) -> tuple[Fragment, ...]:
    """About `width` characters of what stands from `start` to `end`, cut between words, marked.

    `spans` are those behind `start`.
    """
    if end - start <= width:
        return fragments(text, spans, start, end)
    first, last = _window(text, spans, start, end, width)
    shown = fragments(text, spans, first, last)
    before = (Fragment(_LEFT_OUT, False),) if first > start else ()
    after = (Fragment(_LEFT_OUT, False),) if last < end else ()
    return before + shown + after


def _window(text: str, spans: list[Span], start: int, end: int, width: int) -> Span:
    """About `width` characters around the first span, cut between words."""
    first = start
    if spans and start + width < spans[0][1] <= end:
        wish = max(start, spans[0][0] - _BEFORE)
        space = text.find(" ", wish, spans[0][0])
        first = space + 1 if space >= 0 else spans[0][0]
    if first + width >= end:
        return first, end
    cut = text.rfind(" ", first + width // 2, first + width)
    return first, cut if cut >= 0 else first + width
