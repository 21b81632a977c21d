"""Mend words that no sheet has, with words as sheets write them."""

import string
from collections.abc import Iterator

from passerelle.search.analysis.folding import composed, fold
from passerelle.search.analysis.stemming import never_confused
from passerelle.search.analysis.tokens import TOKEN
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
    mended = {word: _better(view, word) for word in typed[:_MENDED_AT_MOST]}
    if not mended or None in mended.values():
        return None
    return TOKEN.sub(lambda match: mended.get(match.group()) or match.group(), composed(text))


def _better(view: View, word: str) -> str | None:
    folded = fold(word)
    if not (_SHORTEST <= len(folded) <= _LONGEST and folded.isalpha()):
        return None
    best, most = "", 0
    for candidate in _one_slip_from(folded):
        having = view.spelt(candidate)
        if having > most and not never_confused(folded, candidate):
            best, most = candidate, having
    return view.written(best) if best else None


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
