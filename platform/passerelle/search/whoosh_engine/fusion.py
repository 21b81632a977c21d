"""Make one order of two: that of the words and that of the meaning, by reciprocal ranks."""

from collections.abc import Collection, Sequence

from passerelle.search.whoosh_engine.tuning import FUSION, LEAD, MEANING_WEIGHT, WORDS_WEIGHT


def fused(words: Sequence[int], meaning: Sequence[int], leading: Collection[int]) -> list[int]:
    """All documents of both orders, best first; those `leading` have a start.

    What stands at the same height keeps the order of the words.
    """
    points: dict[int, float] = {}
    for place, document in enumerate(words, 1):
        points[document] = WORDS_WEIGHT / (FUSION + place)
    for place, document in enumerate(meaning, 1):
        points[document] = points.get(document, 0.0) + MEANING_WEIGHT / (FUSION + place)
    for document in leading:
        points[document] += LEAD
    return sorted(points, key=points.__getitem__, reverse=True)
