"""Mend words that no sheet has with words of sheets and terms, and complete words that are being typed."""

import string
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from passerelle.search.analysis.folding import composed, fold
from passerelle.search.analysis.stemming import never_confused
from passerelle.search.analysis.term_words import term_words
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.query import Question
from passerelle.search.whoosh_engine.lexicon import words_of
from passerelle.search.whoosh_engine.matching import Matches
from passerelle.search.whoosh_engine.segment import Segment
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import LANGUAGES

_SHORTEST, _LONGEST = 5, 24
_MENDED_AT_MOST = 3
_TRIED = 5  # of the candidates that stand in the index, those tried that may stand in deleted sheets only
_SPARE = 4  # times as many words are taken of each segment as are wanted of all


def suggestion(view: View, text: str, question: Question, matches: Matches, language: str) -> str | None:
    """`text` with its missing words replaced by words one slip away, or None when there is nothing to mend.

    Only words that stand in no sheet are mended, by words of sheets in `language` or of the thesaurus; never
    by a stem, and never "ouders" by "ouderen".
    """
    missing = {
        leaf.wanted.words[0]
        for piece in matches.required
        for leaf in piece.leaves
        if len(leaf.wanted.words) == 1 and not leaf.count
    }
    typed = [word for piece in question.pieces for word in piece.words if word in missing]
    mended = {word: _better(view, word, language) for word in typed[:_MENDED_AT_MOST]}
    if not mended or None in mended.values():
        return None
    return TOKEN.sub(lambda match: mended.get(match.group()) or match.group(), composed(text))


def complete(view: View, prefix: str, limit: int) -> list[str]:
    """At most `limit` words of sheets that begin with `prefix`, accents aside, the most frequent first."""
    folded = fold(prefix)
    if not folded.isalpha():
        return []
    found: Counter[str] = Counter()
    for segment in view.segments:
        found.update(segment.lexicon.beginning(folded, limit * _SPARE))
    words = (word for word, _ in found.most_common() if _stands(view, fold(word)))
    return list(islice(words, limit))


def _better(view: View, word: str, language: str) -> str | None:
    folded = fold(word)
    if not (_SHORTEST <= len(folded) <= _LONGEST and folded.isalpha()):
        return None
    candidates = sorted(_one_slip_from(folded))
    words = words_of(candidates)
    counts = sum((segment.lexicon.counts(words) for segment in view.segments), np.zeros(len(candidates)))
    order = np.argsort(-counts, kind="stable")
    likely = [candidates[at] for at in order[: int(np.count_nonzero(counts))]]
    fitting = (each for each in likely if not never_confused(folded, each))
    for candidate, _ in zip(fitting, range(_TRIED), strict=False):
        if _stands_in_language(view, candidate, language):
            return _written(view, candidate)
    known = term_words(view.thesaurus)
    return next(
        (known[each] for each in candidates if each in known and not never_confused(folded, each)), None
    )


def _stands_in_language(view: View, folded: str, language: str) -> bool:
    """Whether a living sheet in `language` has the word `folded`."""
    return bool((view.columns.language[view.written(folded)] == LANGUAGES.index(language)).any())


def _stands(view: View, folded: str) -> bool:
    """Whether a living sheet has the word `folded`."""
    return any(
        _stands_in(segment, view.alive[start : start + segment.size], folded)
        for start, segment in zip(view.starts, view.segments, strict=True)
    )


def _stands_in(segment: Segment, alive: NDArray[np.bool_], folded: str) -> bool:
    """Whether a living sheet of `segment` has the word: surely when more have it than were deleted."""
    having = int(segment.lexicon.counts(words_of([folded]))[0])
    if not having or having > segment.size - np.count_nonzero(alive):
        return having > 0
    return any(alive[documents].any() for documents in segment.lexicon.documents(folded))


def _written(view: View, folded: str) -> str:
    """The word `folded` with the accents it has in most sheets."""
    written: Counter[str] = Counter()
    for segment in view.segments:
        written.update(segment.lexicon.written(folded))
    return max(written, key=lambda word: (written[word], word))


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
