"""Mark the words looked for in the texts of a hit, as they were written, and cut out the telling lines."""

from collections.abc import Iterable, Mapping

from passerelle.search.analysis.readings import MAX_TERM, elided, read_word
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.documents import TEXT_SECTIONS
from passerelle.search.page import Fragment, Highlights

SUMMARY_WIDTH = 400
EXTRACT_WIDTH = 220
_BEFORE = 70  # characters of an extract that stand before its first marked word
_LEFT_OUT = "…"

Span = tuple[int, int]


class Marker:
    """Finds the words of texts in one language that have one of `terms` among their readings."""

    def __init__(self, terms: Iterable[str], language: str) -> None:
        self._language = language
        prefix = f"{language}:"
        self._terms = frozenset(term for term in terms if term.startswith(prefix))
        self._known: dict[str, bool] = {}

    def highlights(self, title: str, summary: str, texts: Mapping[str, str]) -> Highlights:
        """The three texts of a hit, marked; the extract is from the first section that has a word."""
        section, extract = self._extract(texts)
        return Highlights(
            title=self._marked(title, len(title)),
            summary=self._marked(summary, SUMMARY_WIDTH),
            extract=extract,
            section=section,
            language=self._language,
        )

    def spans(self, text: str) -> list[Span]:
        """Where the words looked for stand in `text`, in order."""
        if not self._terms:
            return []
        known, found = self._known, []
        for match in TOKEN.finditer(text):
            word = match.group()
            meant = known.get(word)
            if meant is None:
                meant = known[word] = self._is_meant(word)
            if meant:
                found.append((match.start() + elided(word), match.end()))
        return found

    def _is_meant(self, word: str) -> bool:
        parts, joined, _ = read_word(word[:MAX_TERM], self._language)
        return not self._terms.isdisjoint(joined) or any(not self._terms.isdisjoint(part) for part in parts)

    def _marked(self, text: str, width: int) -> tuple[Fragment, ...]:
        spans = self.spans(text)
        if len(text) <= width:
            return fragments(text, spans, 0, len(text))
        return fragments(text, spans, *_window(text, spans, width))

    def _extract(self, texts: Mapping[str, str]) -> tuple[str, tuple[Fragment, ...]]:
        for section in TEXT_SECTIONS:
            text = texts.get(section, "")
            spans = self.spans(text)
            if spans:
                return section, fragments(text, spans, *_window(text, spans, EXTRACT_WIDTH))
        return "", ()


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
    if spans and spans[0][1] > width:
        wish = max(0, spans[0][0] - _BEFORE)
        space = text.find(" ", wish, spans[0][0])
        start = space + 1 if space >= 0 else spans[0][0]
    if start + width >= len(text):
        return start, len(text)
    cut = text.rfind(" ", start + width // 2, start + width)
    return start, cut if cut >= 0 else start + width
