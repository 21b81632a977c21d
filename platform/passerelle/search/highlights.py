"""Mark the words looked for in the texts of a hit, as they were written, and cut out the telling lines."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
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
_COMPOUNDING = {"nl", "de"}
_WRITTEN_IN_ONE = {"fr": (("oe", "o"), ("ae", "a")), "de": (("ss", "s"),)}  # œ, æ, ß: one letter when plain
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
    starts = tuple(accumulate((len(text) + len(_BREAK) for text in every), initial=0))
    whole = "".join(text.replace("\n", " ") + _BREAK for text in every)
    plain = f" {whole}".encode("cp1252", "replace").translate(_PLAIN_BYTES)
    end = starts[2] - len(_BREAK)
    unmarked = Highlights(
        fragments(whole, (), 0, len(title)), _cut(whole, [], starts[1], end, SUMMARY_WIDTH), (), "", language
    )
    return Texts(whole, plain, sections, starts, _ODD.search(whole) is not None, unmarked)


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
        self._known: dict[str, bool] = {}
        words = _beginnings((term.removeprefix(prefix) for term in self._terms), language)
        several = [phrase for phrase in read if len(phrase.words) > 1]
        self._beginnings = _by_beginning(words, several)

    def highlights(self, texts: Texts) -> Highlights:
        """The three texts of a hit, marked; the extract is from the first section that has a word.

        Words are looked for by how they begin; only when that finds none, and some are written oddly, by
        reading every word.
        """
        spans = self._begun(texts)
        if not spans and texts.odd and self._terms:
            spans = self.spans(texts.whole)
        return self._shown(texts, spans) if spans else texts.unmarked

    def _shown(self, texts: Texts, spans: list[Span]) -> Highlights:
        whole, (_, summary, body) = texts.whole, texts.starts[:3]
        in_body = bisect_left(spans, (body, body))
        section, extract = self._extract(texts, spans[in_body:])
        return Highlights(
            title=fragments(whole, spans, 0, summary - len(_BREAK)),
            summary=_cut(whole, spans, summary, body - len(_BREAK), SUMMARY_WIDTH),
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

    def _begun(self, texts: Texts) -> list[Span]:
        """The words looked for in title and summary, and in the first section that has any."""
        found: list[Span] = []
        body, end = texts.starts[2], texts.starts[-1]
        for beginning, phrases in self._beginnings.items():
            found += self._scan(beginning, phrases, texts, 0, body)
            in_body = self._scan(beginning, phrases, texts, body, end)
            if in_body:  # what stands behind an extract is never shown
                end = min(end, in_body[0][0] + EXTRACT_WIDTH)
                found += in_body
        found.sort()
        return found

    def _scan(
        self, beginning: bytes, phrases: re.Pattern[bytes] | None, texts: Texts, start: int, end: int
    ) -> list[Span]:
        """The words and phrases that begin like this, in the text from `start` to `end`."""
        plain = texts.plain
        at = plain.find(beginning, start, end)
        if at < 0:
            return []
        found: list[Span] = []
        while at >= 0:
            first, last = plain.rfind(b" ", 0, at + 1), plain.find(b" ", at + 1)
            phrase = phrases.match(plain, first) if phrases else None
            if phrase:
                found.append((first, phrase.end() - 1))
            elif self._is_meant(texts.whole[first : last - 1]):
                found.append((first, last - 1))
            at = plain.find(beginning, last, end)
        return found

    def _extract(self, texts: Texts, spans: list[Span]) -> tuple[str, tuple[Fragment, ...]]:
        if not spans:
            return "", ()
        at = bisect_right(texts.starts, spans[0][0]) - 1
        start, end = texts.starts[at], texts.starts[at + 1] - len(_BREAK)
        return texts.sections[at - 2], _cut(texts.whole, spans, start, end, EXTRACT_WIDTH)

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
    pattern: bytes


@lru_cache(maxsize=4096)
def _phrase(phrase: str, language: str) -> _Phrase:
    words = []
    for token in TOKEN.findall(phrase):
        parts, joined, _ = read_word(token[:MAX_TERM], language)
        words += [part for part in parts if part] or ([joined] if joined else [])
    prefix = f"{language}:"
    choices = [_beginnings((term.removeprefix(prefix) for term in word), language) for word in words]
    stems = [b"(?:" + b"|".join(re.escape(each.strip()) for each in choice) + b")" for choice in choices]
    between = rb"[a-z0-9]* +(?:[a-z0-9]{1,4} +){0,2}"  # the rest of a word, and stop words
    first = tuple(b" " + each.strip() for each in choices[0]) if choices else ()
    return _Phrase(tuple(words), first, b" " + between.join(stems) + b"[a-z0-9]*")


def _by_beginning(
    words: Iterable[bytes], phrases: Iterable[_Phrase]
) -> dict[bytes, re.Pattern[bytes] | None]:
    """What is looked for: beginnings of words, each with its phrases, the longest first."""
    patterns: dict[bytes, set[bytes]] = {word: set() for word in words}
    for phrase in phrases:
        for beginning in phrase.beginnings:
            patterns.setdefault(beginning, set()).add(phrase.pattern)
    ordered = {beginning: sorted(found, key=len, reverse=True) for beginning, found in patterns.items()}
    return {
        beginning: re.compile(b"|".join(found)) if found else None for beginning, found in ordered.items()
    }


def _beginnings(stems: Iterable[str], language: str) -> tuple[bytes, ...]:
    """The beginnings of words that may have one of `stems`, in plain bytes: a stemmer may change an end.

    Short ones, and all where words are not put together, have a space in front: they are found at the
    beginning of words only.
    """
    found: set[str] = set()
    for stem in stems:
        beginning = stem[: max(2, len(stem) - 1)]
        for each in (beginning, *(beginning.replace(*one) for one in _WRITTEN_IN_ONE.get(language, ()))):
            inside = len(each) >= _INSIDE and language in _COMPOUNDING
            found.add(each if inside else f" {each}")
    shortest = sorted(each for each in found if not any(other in each for other in found - {each}))
    return tuple(each.encode("ascii", "replace") for each in shortest)


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
