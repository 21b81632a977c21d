"""Lay out what was measured: the table of all figures, and the worst answers one by one."""

from collections.abc import Iterator, Mapping, Sequence

from bench.evaluation.collection import Collection, Query
from bench.evaluation.measures import figures
from bench.evaluation.scores import Scores
from bench.evaluation.variants import Rankings

SHOWN = 10  # places of an answer that are listed


def table(collection: Collection, found: Mapping[str, Scores]) -> Iterator[str]:
    """The lines of the table: a row for each group of questions, three figures for each variant."""
    first = next(iter(found.values()))
    yield f"{collection.name}: {len(collection.sheets)} sheets, {len(collection.queries)} questions"
    yield f"{'':<16}{'':>4}" + "".join(f"  {name:^22}" for name in found)
    yield f"{'':<16}{'n':>4}" + "  nDCG@10  rec@20    MRR" * len(found)
    for row, count in first.counts.items():
        cells = (
            f"  {s.rows[row].ndcg:7.3f} {s.rows[row].recall:7.3f} {s.rows[row].mrr:6.3f}"
            for s in found.values()
        )
        yield f"{row:<16}{count:>4}" + "".join(cells)
    yield f"{'none: left empty':<16}{first.nones:>4}" + "".join(
        f"  {s.none:7.3f}{'':15}" for s in found.values()
    )


def worst(collection: Collection, rankings: Rankings, most: int) -> Iterator[str]:
    """The lines that show the questions answered worst, with what came and what should have come."""
    scored = sorted(
        ((_quality(query, rankings), query) for query in collection.queries), key=lambda each: each[0]
    )
    for quality, query in scored[:most]:
        yield f"{quality:.2f}  {query.id} [{query.language}, {query.kind}] {query.text}"
        yield from _came(collection, query, rankings[query.id])
        missing = set(query.judgments) - set(rankings[query.id][:SHOWN])
        for ref in sorted(missing, key=lambda ref: -query.judgments[ref]):
            place = _place(rankings[query.id], ref)
            yield f"      missing {query.judgments[ref]}  {_sheet(collection, ref)}{place}"
        yield ""


def _came(collection: Collection, query: Query, ranking: Sequence[str]) -> Iterator[str]:
    last = max((place for place, ref in enumerate(ranking[:SHOWN], 1) if ref in query.judgments), default=3)
    for place, ref in enumerate(ranking[: max(last, 3)], 1):
        yield f"      {place:>3}. {query.judgments.get(ref, '-')}     {_sheet(collection, ref)}"
    if not ranking:
        yield "      nothing came"


def _quality(query: Query, rankings: Rankings) -> float:
    """nDCG@10, or for a question without answer whether nothing came."""
    if query.judgments:
        return figures(rankings[query.id], query.judgments).ndcg
    return 0.0 if rankings[query.id] else 1.0


def _sheet(collection: Collection, ref: str) -> str:
    return f"{ref} ({collection.language(ref)}) {collection.sheets[ref].content.title}"


def _place(ranking: Sequence[str], ref: str) -> str:
    return f", came at {ranking.index(ref) + 1}" if ref in ranking else ""
