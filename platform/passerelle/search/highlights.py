"""Mark the words looked for in the texts of a hit, as they were written, and cut out the telling lines."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
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


class PlainText(NamedTuple):
    """A text, and the same in small letters without accents, one byte a character, between two spaces.

    All that is no letter or digit is a space there. `odd` texts have words that this cannot show.
    """

    text: str
    plain: bytes
    odd: bool


class Texts(NamedTuple):
    """The texts of one sheet, ready to be marked: made once, used for every question."""

    title: PlainText
    summary: PlainText
    sections: tuple[tuple[str, PlainText], ...]

    @property
    def odd(self) -> bool:
        """Whether any of them is odd."""
        return self.title.odd or self.summary.odd or any(text.odd for _, text in self.sections)


def texts_of(title: str, summary: str, texts: Mapping[str, str]) -> Texts:
    """The texts of a sheet, ready to be marked."""
    sections = tuple((key, plain_text(texts[key])) for key in TEXT_SECTIONS if texts.get(key))
    return Texts(plain_text(title), plain_text(summary), sections)


def plain_text(text: str) -> PlainText:
    """`text` ready to be marked."""
    plain = f" {text} ".encode("cp1252", "replace").translate(_PLAIN_BYTES)
    return PlainText(text, plain, _ODD.search(text) is not None)


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
        found = self._highlights(texts, self._spans_by_beginning)
        if self._terms and texts.odd and not found.section and not _any_marked(found):
            return self._highlights(texts, self.spans)
        return found

    def spans(self, text: PlainText) -> list[Span]:
        """Where the words looked for stand in `text`, in order."""
        return [
            (match.start() + elided(match.group()), match.end())
            for match in TOKEN.finditer(text.text)
            if self._is_meant(match.group())
        ]

    def _spans_by_beginning(self, text: PlainText) -> list[Span]:
        found: list[Span] = []
        plain = text.plain
        for beginning in self._beginnings:
            at = plain.find(beginning)
            while at >= 0:
                first, last = plain.rfind(b" ", 0, at + 1), plain.find(b" ", at + 1)
                if self._is_meant(text.text[first : last - 1]):
                    found.append((first, last - 1))
                at = plain.find(beginning, last)
        for phrase in self._phrases:
            found += phrase.spans(plain)
        return sorted(found) if len(found) > 1 else found

    def _highlights(self, texts: Texts, find: Callable[[PlainText], list[Span]]) -> Highlights:
        section = ""
        extract: tuple[Fragment, ...] = ()
        for key, text in texts.sections:
            spans = find(text)
            if spans:
                section = key
                extract = fragments(text.text, spans, *_window(text.text, spans, EXTRACT_WIDTH))
                break
        title, summary = texts.title, texts.summary
        spans = find(summary)
        return Highlights(
            title=fragments(title.text, find(title), 0, len(title.text)),
            summary=fragments(summary.text, spans, *_window(summary.text, spans, SUMMARY_WIDTH)),
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


class _Phrase(NamedTuple):
    """A term of a concept: the terms of each of its words but stop words, and how to find them in a row."""

    words: tuple[tuple[str, ...], ...]
    beginnings: tuple[bytes, ...]
    pattern: re.Pattern[bytes]

    def spans(self, plain: bytes) -> Iterator[Span]:
        """Where the phrase stands in a plain text."""
        for beginning in self.beginnings:
            at = plain.find(beginning)
            while at >= 0:
                match = self.pattern.match(plain, at)
                if match:
                    yield at, match.end() - 1
                at = plain.find(beginning, at + 1)


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
