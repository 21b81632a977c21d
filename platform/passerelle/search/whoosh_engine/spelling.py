"""Mend words that no sheet has, with words as sheets write them."""

import string
from collections.abc import Iterator

from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.stemming import never_confused
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.documents import SearchDocument
from passerelle.search.query import Question
from passerelle.search.whoosh_engine.matching import Matches
from passerelle.search.whoosh_engine.view import View

_SHORTEST, _LONGEST = 4, 24
_MENDED_AT_MOST = 3


def suggestion(view: View, text: str, question: Question, matches: Matches) -> str | None:
    """`text` with its missing words replaced by words one slip away, or None when there is nothing to mend.

    Only words that stand in no sheet are mended, never by a stem, and never "ouders" by "ouderen".
    """
    missing = {
        piece.wanted.words[0]
        for piece in matches.pieces
        if len(piece.wanted.words) == 1 and not piece.bits and not piece.wanted.optional
    }
    typed = [word for piece in question.pieces for word in piece.words if word in missing]
    mended = text
    for word in typed[:_MENDED_AT_MOST]:
        better = _better(view, word)
        if better is None:
            return None
        mended = mended.replace(word, better, 1)
    return mended if mended != text else None


def _better(view: View, word: str) -> str | None:
    folded = fold(word)
    if not (_SHORTEST <= len(folded) <= _LONGEST and folded.isalpha()):
        return None
    best, most = "", 0
    for candidate in _one_slip_from(folded):
        having = sum(segment.spelt(candidate) for segment in view.segments)
        if having > most and not never_confused(folded, candidate):
            best, most = candidate, having
    return _as_written(view, best) if best else None


def _one_slip_from(word: str) -> Iterator[str]:
    """The words with one letter fewer, more, changed or swapped with the next."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    seen = {word}
    for left, right in halves:
        changed = [left + right[1:], left + right[1:2] + right[:1] + right[2:]] if right else []
        for letter in string.ascii_lowercase:
            changed.append(left + letter + right)
            changed += [left + letter + right[1:]] if right else []
        for candidate in changed:
            if candidate not in seen:
                seen.add(candidate)
                yield candidate


def _as_written(view: View, surface: str) -> str | None:
    """The word `surface` with the accents it has in the first living sheet that has it."""
    for start, segment in zip(view.starts, view.segments, strict=True):
        for place in segment.first_spelt(surface):
            if view.alive >> (start + place) & 1:
                return _written_in(segment.sheet(place), surface)
    return None


def _written_in(sheet: SearchDocument, surface: str) -> str:
    names = (*sheet.commune_names.values(),)
    for text in (sheet.title, sheet.summary, *sheet.texts.values(), *names):
        for word in TOKEN.findall(text):
            if fold(word) == surface:
                return str(word) if text in names else str(word).lower()
    return surface
