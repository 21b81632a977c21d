"""Mark the words looked for in the texts of a hit, as they were written, and cut out the telling lines."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.readings import MAX_TERM, elided, read_word
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.documents import TEXT_SECTIONS
from passerelle.search.page import Fragment, Highlights

SUMMARY_WIDTH = 400
EXTRACT_WIDTH = 220
_BEFORE = 70  # characters of an extract that stand before its first marked word
_LEFT_OUT = "…"
_BREAK = "\n\n"
_INSIDE = 4  # a beginning this long is looked for inside words, too: compounds
_ODD = re.compile(r"\w[(·•)]\w|[^\x00-\xffœŒ‘’“”–—…•€]")  # what one plain letter cannot stand for
_WRITTEN_IN_ONE = (("oe", "o"), ("ae", "a"), ("ss", "s"))  # œ, æ and ß, each of one letter in the plain text
_PLAIN_BYTES = bytes(
    (folded if (folded := fold(bytes([code]).decode("cp1252", "replace"))[:1]).isalnum() else " ").encode(
        "ascii", "replace"
    )[0]
    for code in range(256)
)

Span = tuple[int, int]


class Texts(NamedTuple):
    """The texts of one sheet, ready to be marked: made once, used for every question.

    `head` is the title and the summary, `body` the sections, each text on one line and followed by two
    breaks; both are also there in small letters without accents, one byte a character, after a space: all
    that is no letter or digit is a space there. `odd` texts have words that this cannot show.
    """

    head: str
    plain_head: bytes
    summary_at: int  # where the summary begins
    body: str
    plain_body: bytes
    sections: tuple[str, ...]
    starts: tuple[int, ...]  # where the sections begin
    odd: bool


def texts_of(title: str, summary: str, texts: Mapping[str, str]) -> Texts:
    """The texts of a sheet, ready to be marked."""
    sections = tuple(key for key in TEXT_SECTIONS if texts.get(key))
    head, (_, summary_at) = _joined([title, summary])
    body, starts = _joined([texts[key] for key in sections])
    odd = _ODD.search(head) is not None or _ODD.search(body) is not None
    return Texts(head, _plain(head), summary_at, body, _plain(body), sections, starts, odd)


def _joined(texts: list[str]) -> tuple[str, tuple[int, ...]]:
    """The texts one after the other, and where each begins."""
    starts = tuple(accumulate((len(text) + len(_BREAK) for text in texts[:-1]), initial=0))
    return "".join(text.replace("\n", " ") + _BREAK for text in texts), starts


def _plain(text: str) -> bytes:
    return f" {text}".encode("cp1252", "replace").translate(_PLAIN_BYTES)


class Marker:
    """Finds the words of texts in one language that have one of `terms` among their readings.

    `phrases` are terms of concepts, as people write them: their words are marked where they follow one
    another.
    """

    def __init__(self, terms: Iterable[str], language: str, phrases: Iterable[str] = ()) -> None:
        self._language = language
        prefix = f"{language}:"
        read = [_phrase(phrase, language) for phrase in phrases]
        single = (term for phrase in read if len(phrase.words) == 1 for term in phrase.words[0])
        self._terms = frozenset(term for term in chain(terms, single) if term.startswith(prefix))
        self._phrases = [phrase for phrase in read if len(phrase.words) > 1]
        self._known: dict[str, bool] = {}
        self._beginnings = _beginnings(term.removeprefix(prefix) for term in self._terms)

    def highlights(self, texts: Texts) -> Highlights:
        """The three texts of a hit, marked; the extract is from the first section that has a word.

        Words are looked for by how they begin; only when that finds none, and some are written oddly, by
        reading every word.
        """
        head, body = self._in_head(texts), self._in_body(texts)
        if not head and not body and texts.odd and self._terms:
            head = self.spans(texts.head)
            body = self.spans(texts.body)
        section, extract = self._extract(texts, body) if body else ("", ())
        summary = texts.summary_at
        return Highlights(
            title=fragments(texts.head, head, 0, summary - len(_BREAK)),
            summary=_cut(texts.head, head, summary, len(texts.head) - len(_BREAK), SUMMARY_WIDTH),
            extract=extract,
            section=section,
            language=self._language,
        )

    def spans(self, text: str) -> list[Span]:
        """Where the words looked for stand in `text`, in order, by reading every word."""
        return [
            (match.start() + elided(match.group()), match.end())
            for match in TOKEN.finditer(text)
            if self._is_meant(match.group())
        ]

    def _in_head(self, texts: Texts) -> list[Span]:
        return self._marked(texts.head, texts.plain_head, 0, len(texts.plain_head))

    def _in_body(self, texts: Texts) -> list[Span]:
        """The marked words of the first section that has any, as far as an extract goes."""
        text, plain = texts.body, texts.plain_body
        first = min(self._firsts(text, plain), default=None)
        return [] if first is None else self._marked(text, plain, first, first + EXTRACT_WIDTH)

    def _extract(self, texts: Texts, body: list[Span]) -> tuple[str, tuple[Fragment, ...]]:
        at = bisect_right(texts.starts, body[0][0]) - 1
        start = texts.starts[at]
        end = texts.starts[at + 1] if at + 1 < len(texts.starts) else len(texts.body)
        return texts.sections[at], _cut(texts.body, body, start, end - len(_BREAK), EXTRACT_WIDTH)

    def _marked(self, text: str, plain: bytes, start: int, end: int) -> list[Span]:
        """The words and phrases looked for between `start` and `end`, in order."""
        found: list[Span] = []
        for beginning in self._beginnings:
            found += self._words(beginning, text, plain, start, end)
        for phrase in self._phrases:
            found += phrase.spans(plain, start, end)
        return sorted(found) if len(found) > 1 else found

    def _firsts(self, text: str, plain: bytes) -> Iterator[int]:
        """Where each of the words and phrases looked for stands first."""
        end = len(plain)
        for beginning in self._beginnings:
            for first, _ in self._words(beginning, text, plain, 0, end):
                yield first
                end = min(end, first + MAX_TERM)
                break
        for phrase in self._phrases:
            for first, _ in phrase.spans(plain, 0, end):
                yield first
                break

    def _words(self, beginning: bytes, text: str, plain: bytes, start: int, end: int) -> Iterator[Span]:
        at = plain.find(beginning, start, end)
        while at >= 0:
            first, last = plain.rfind(b" ", 0, at + 1), plain.find(b" ", at + 1) - 1
            if self._is_meant(text[first:last]):
                yield first, last
            at = plain.find(beginning, last + 1, end)

    def _is_meant(self, word: str) -> bool:
        meant = self._known.get(word)
        if meant is None:
            parts, joined, _ = read_word(word[:MAX_TERM], self._language)
            meant = not self._terms.isdisjoint(chain(joined, *parts))
            self._known[word] = meant
        return meant


class _Phrase(NamedTuple):
    """A term of a concept: the terms of each of its words but stop words, and how to find them in a row."""

    words: tuple[tuple[str, ...], ...]
    beginnings: tuple[bytes, ...]
    pattern: re.Pattern[bytes]

    def spans(self, plain: bytes, start: int, end: int) -> Iterator[Span]:
        """Where the phrase stands in a plain text, between `start` and `end`."""
        for beginning in self.beginnings:
            at = plain.find(beginning, start, end)
            while at >= 0:
                match = self.pattern.match(plain, at)
                if match:
                    yield at, match.end() - 1
                at = plain.find(beginning, at + 1, end)


@lru_cache(maxsize=4096)
def _phrase(phrase: str, language: str) -> _Phrase:
    words = []
    for token in TOKEN.findall(phrase):
        parts, joined, _ = read_word(token[:MAX_TERM], language)
        words += [part for part in parts if part] or ([joined] if joined else [])
    prefix = f"{language}:"
    choices = [_beginnings(term.removeprefix(prefix) for term in word) for word in words]
    stems = [b"(?:" + b"|".join(re.escape(each.strip()) for each in choice) + b")" for choice in choices]
    between = rb"[a-z0-9]* +(?:[a-z0-9]{1,4} +){0,2}"  # the rest of a word, and stop words
    first = tuple(b" " + each.strip() for each in choices[0]) if choices else ()
    return _Phrase(tuple(words), first, re.compile(b" " + between.join(stems) + b"[a-z0-9]*"))


def _beginnings(stems: Iterable[str]) -> tuple[bytes, ...]:
    """The beginnings of words that may have one of `stems`, in plain bytes: a stemmer may change an end.

    Short ones have a space in front, so that they are found at the beginning of words only.
    """
    found: dict[bytes, None] = {}
    for stem in stems:
        beginning = stem[: max(2, len(stem) - 1)]
        spellings = {beginning, *(beginning.replace(two, one) for two, one in _WRITTEN_IN_ONE)}
        for each in sorted(spellings):
            found[(each if len(each) >= _INSIDE else f" {each}").encode("ascii", "replace")] = None
    return tuple(each for each in found if not any(other in each for other in found if other != each))


def fragments(text: str, spans: Iterable[Span], start: int, end: int) -> tuple[Fragment, ...]:
    """`text` from `start` to `end` in pieces, those of `spans` marked."""
    pieces: list[Fragment] = []
    place = start
    for first, last in spans:
        if first < place or last > end:
            continue
        if first > place:
            pieces.append(Fragment(text[place:first], False))
        pieces.append(Fragment(text[first:last], True))
        place = last
    if place < end:
        pieces.append(Fragment(text[place:end], False))
    return tuple(pieces)


def _cut(text: str, spans: list[Span], start: int, end: int, width: int) -> tuple[Fragment, ...]:
    """About `width` characters of what stands from `start` to `end`, cut between words, marked."""
    if end - start <= width:
        return fragments(text, spans, start, end)
    first, last = _window(text, [span for span in spans if start <= span[0] < end], start, end, width)
    shown = fragments(text, spans, first, last)
    before = (Fragment(_LEFT_OUT, False),) if first > start else ()
    after = (Fragment(_LEFT_OUT, False),) if last < end else ()
    return before + shown + after


def _window(text: str, spans: list[Span], start: int, end: int, width: int) -> Span:
    """About `width` characters around the first span, cut between words."""
    first = start
    if spans and spans[0][1] > start + width:
        wish = max(start, spans[0][0] - _BEFORE)
        space = text.find(" ", wish, spans[0][0])
        first = space + 1 if space >= 0 else spans[0][0]
    if first + width >= end:
        return first, end
    cut = text.rfind(" ", first + width // 2, first + width)
    return first, cut if cut >= 0 else first + width
