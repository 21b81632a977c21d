"""Average the figures of many questions, for each group of questions that is worth a row of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.evaluation.collection import Collection, Query
from bench.evaluation.measures import Figures, figures, mean
from bench.evaluation.variants import Rankings
from passerelle.vocabulary import LANGUAGES

Keeps = Callable[[Query, str], bool]
"""Whether a sheet counts for a question."""


@dataclass(frozen=True)
class Scores:
    """What one variant reaches: figures by row, how many questions are behind each, and the empty pages."""

    rows: Mapping[str, Figures]
    counts: Mapping[str, int]
    none: float  # share of the questions without answer that get an empty page
    nones: int


def scores(collection: Collection, rankings: Rankings) -> Scores:
    """The scores of `rankings`; rows without a question are left out."""
    answered = [query for query in collection.queries if query.judgments]
    rows = {"all": _each(answered, rankings, _any_sheet)}
    for language in LANGUAGES:
        rows[language] = _each((q for q in answered if q.language == language), rankings, _any_sheet)

    def same(query: Query, ref: str) -> bool:
        return collection.language(ref) == query.language

    rows["same language"] = _each(answered, rankings, same)
    rows["cross language"] = _each(answered, rankings, lambda query, ref: not same(query, ref))
    rows["noisy"] = _each((q for q in answered if q.kind == "noisy"), rankings, _any_sheet)
    empty = [not rankings[query.id] for query in collection.queries if not query.judgments]
    kept = {name: found for name, found in rows.items() if found}
    return Scores(
        rows={name: mean(found) for name, found in kept.items()},
        counts={name: len(found) for name, found in kept.items()},
        none=sum(empty) / len(empty) if empty else 1.0,
        nones=len(empty),
    )


def _any_sheet(_query: Query, _ref: str) -> bool:
    return True


def _each(queries: Iterable[Query], rankings: Rankings, keeps: Keeps) -> list[Figures]:
    """The figures of each question, judgments and ranking both restricted to the sheets that `keeps` keeps.

    A question none of whose relevant sheets is kept does not count.
    """
    found = []
    for query in queries:
        judgments = {ref: grade for ref, grade in query.judgments.items() if keeps(query, ref)}
        if judgments:
            ranking: Sequence[str] = [ref for ref in rankings[query.id] if keeps(query, ref)]
            found.append(figures(ranking, judgments))
    return found
