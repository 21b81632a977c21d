"""Measure one ranking against the judgments of its question."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

GAINED_AT, RECALLED_AT = 10, 20  # how many places of the ranking count


class Figures(NamedTuple):
    """How good a ranking is, or on average many are; 1 is perfect."""

    ndcg: float  # nDCG@10, with the gain 2^grade - 1
    recall: float  # recall@20: the share of all sheets with a grade that are among the first 20
    mrr: float  # one divided by the place of the first sheet with a grade


def figures(ranking: Sequence[str], judgments: Mapping[str, int]) -> Figures:
    """The figures of `ranking`, refs best first, for a question with at least one judgment."""
    grades = [judgments.get(ref, 0) for ref in ranking]
    best = sorted(judgments.values(), reverse=True)
    found = sum(1 for grade in grades[:RECALLED_AT] if grade)
    first = next((place for place, grade in enumerate(grades, 1) if grade), math.inf)
    return Figures(_gain(grades) / _gain(best), found / len(judgments), 1 / first)


def mean(many: Sequence[Figures]) -> Figures:
    """The average of each figure; of nothing, "not a number"."""
    if not many:
        return Figures(math.nan, math.nan, math.nan)
    return Figures(*(sum(column) / len(many) for column in zip(*many, strict=True)))


def _gain(grades: Sequence[int]) -> float:
    """The discounted cumulated gain of the first places."""
    return sum(((1 << grade) - 1) / math.log2(place + 1) for place, grade in enumerate(grades[:GAINED_AT], 1))
