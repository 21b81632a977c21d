"""Mark the words looked for in the texts of a hit, as they were written, and cut out the telling lines."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.readings import MAX_TERM, elided, read_word
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.documents import TEXT_SECTIONS
from passerelle.search.page import Fragment, Highlights

SUMMARY_WIDTH = 400
EXTRACT_WIDTH = 220
_BEFORE = 70  # characters of an extract that stand before its first marked word
_LEFT_OUT = "…"
_WORD = re.compile(r"[^\W_]+")
_PLAIN_BYTES = bytes(
    (fold(bytes([code]).decode("cp1252", "replace"))[:1] or " ").encode("ascii", "replace")[0]
    for code in range(256)
)

Span = tuple[int, int]
Finder = Callable[[str], list[Span]]


class Marker:
    """Finds the words of texts in one language that have one of `terms` among their readings."""

    def __init__(self, terms: Iterable[str], language: str) -> None:
        self._language = language
        prefix = f"{language}:"
        self._terms = frozenset(term for term in terms if term.startswith(prefix))
        self._known: dict[str, bool] = {}
        self._starts = _starts(term.removeprefix(prefix) for term in self._terms)

    def highlights(self, title: str, summary: str, texts: Mapping[str, str]) -> Highlights:
        """The three texts of a hit, marked; the extract is from the first section that has a word.

        Words are looked for by how they begin; only when that finds none, by reading every word.
        """
        found = self._highlights(title, summary, texts, self._spans_by_start)
        if self._terms and not found.section and not _any_marked(found):
            return self._highlights(title, summary, texts, self.spans)
        return found

    def spans(self, text: str) -> list[Span]:
        """Where the words looked for stand in `text`, in order."""
        return [
            (match.start() + elided(match.group()), match.end())
            for match in TOKEN.finditer(text)
            if self._is_meant(match.group())
        ]

    def _spans_by_start(self, text: str) -> list[Span]:
        if not self._terms:
            return []
        found = []
        for start in self._starts.finditer(_folded_bytes(text)):
            word = _WORD.match(text, start.start())
            if word and self._is_meant(word.group()):
                found.append(word.span())
        return found

    def _highlights(self, title: str, summary: str, texts: Mapping[str, str], find: Finder) -> Highlights:
        section = ""
        extract: tuple[Fragment, ...] = ()
        for key in TEXT_SECTIONS:
            text = texts.get(key, "")
            spans = find(text)
            if spans:
                section, extract = key, fragments(text, spans, *_window(text, spans, EXTRACT_WIDTH))
                break
        spans = find(summary)
        return Highlights(
            title=fragments(title, find(title), 0, len(title)),
            summary=fragments(summary, spans, *_window(summary, spans, SUMMARY_WIDTH)),
            extract=extract,
            section=section,
            language=self._language,
        )

    def _is_meant(self, word: str) -> bool:
        meant = self._known.get(word)
        if meant is None:
            parts, joined, _ = read_word(word[:MAX_TERM], self._language)
            meant = not self._terms.isdisjoint(chain(joined, *parts))
            self._known[word] = meant
        return meant


def _starts(stems: Iterable[str]) -> re.Pattern[bytes]:
    """The beginnings of words that may have one of `stems`, in folded bytes: a stemmer may change an end."""
    beginnings = {stem[: max(2, len(stem) - 1)].encode("ascii", "replace") for stem in stems}
    return re.compile(rb"\b(?:" + b"|".join(map(re.escape, sorted(beginnings))) + b")")


def _folded_bytes(text: str) -> bytes:
    """`text` in small letters without accents, one byte for every character, so that places agree."""
    return text.encode("cp1252", "replace").translate(_PLAIN_BYTES)


def _any_marked(found: Highlights) -> bool:
    return any(fragment.marked for fragment in chain(found.title, found.summary))


def fragments(text: str, spans: Iterable[Span], start: int, end: int) -> tuple[Fragment, ...]:
    """`text` from `start` to `end` in pieces, those of `spans` marked, on one line."""
    pieces: list[tuple[str, bool]] = [(_LEFT_OUT, False)] if start > 0 else []
    place = start
    for first, last in spans:
        if first < place or last > end:
            continue
        pieces += [(text[place:first], False), (text[first:last], True)]
        place = last
    pieces.append((text[place:end] + (_LEFT_OUT if end < len(text) else ""), False))
    return tuple(Fragment(piece.replace("\n", " "), marked) for piece, marked in pieces if piece)


def _window(text: str, spans: list[Span], width: int) -> Span:
    """About `width` characters around the first span, cut between words."""
    start = 0
    if len(text) <= width:
        return 0, len(text)
    if spans and spans[0][1] > width:
        wish = max(0, spans[0][0] - _BEFORE)
        space = text.find(" ", wish, spans[0][0])
        start = space + 1 if space >= 0 else spans[0][0]
    if start + width >= len(text):
        return start, len(text)
    cut = text.rfind(" ", start + width // 2, start + width)
    return start, cut if cut >= 0 else start + width
