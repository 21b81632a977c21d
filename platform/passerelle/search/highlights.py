"""Mark the words looked for in the texts of a hit, as they were written, and cut out the telling lines."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from passerelle.search.looked_for import LookedFor
from passerelle.search.page import Fragment, Highlights
from passerelle.search.texts import BREAK, EXTRACT_WIDTH, SUMMARY_WIDTH, Span, Texts, cut, fragments


class Sought(NamedTuple):
    """One piece of a question in one language: its words, and the words its concepts have there."""

    words: tuple[LookedFor, ...]
    concepts: LookedFor | None = None


class Marker:
    """Marks the pieces of one question in texts in one language."""

    def __init__(self, pieces: Sequence[Sought], language: str) -> None:
        self._pieces = pieces
        self._language = language

    def highlights(self, texts: Texts) -> Highlights:
        """The three texts of a hit, marked; the extract is from the first section that has a word.

        The words of a concept are marked only where those of the question are not all there. Words are looked
        for by how they begin; only when that finds none, and some are written oddly, by reading every word.
        """
        spans = self._find(texts)
        if not spans and texts.odd:
            spans = [
                span for piece in self._pieces for each in piece.words for span in each.read(texts.whole)
            ]
        spans.sort()
        return self._shown(texts, spans) if spans else texts.unmarked

    def _find(self, texts: Texts) -> list[Span]:
        spans: list[Span] = []
        end = texts.starts[-1]
        for words, concepts in self._pieces:
            complete = True
            for each in words:
                found, end = each.find(texts, end)
                spans += found
                complete = complete and bool(found)
            if concepts and not (complete and words):
                found, end = concepts.find(texts, end)
                spans += found
        return spans

    def _shown(self, texts: Texts, spans: list[Span]) -> Highlights:
        whole, (_, summary, body) = texts.whole, texts.starts[:3]
        in_summary, in_body = bisect_left(spans, (summary,)), bisect_left(spans, (body,))
        section, extract = self._extract(texts, spans[in_body:])
        unmarked = texts.unmarked
        return Highlights(
            fragments(whole, spans[:in_summary], 0, summary - len(BREAK)) if in_summary else unmarked.title,
            cut(whole, spans[in_summary:in_body], summary, body - len(BREAK), SUMMARY_WIDTH)
            if in_body > in_summary
            else unmarked.summary,
            extract,
            section,
            self._language,
        )

    def _extract(self, texts: Texts, spans: list[Span]) -> tuple[str, tuple[Fragment, ...]]:
        if not spans:
            return "", ()
        at = bisect_right(texts.starts, spans[0][0]) - 1
        start, end = texts.starts[at], texts.starts[at + 1] - len(BREAK)
        return texts.sections[at - 2], cut(texts.whole, spans, start, end, EXTRACT_WIDTH)
