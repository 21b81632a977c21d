"""Ask the real engine, over a temporary index, in each of the ways a platform may run it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.evaluation.collection import Collection, Query, documents
from passerelle.search.engine import SearchEngine
from passerelle.search.request import MAX_PER_PAGE, SearchRequest
from passerelle.search.whoosh_engine.engine import WhooshEngine

TODAY = date(2026, 11, 1)  # decides which projects are running


class Variant(NamedTuple):
    """A way to search: for words alone, with the thesaurus, with nearness of meaning as well."""

    name: str
    literal: bool = False
    meaning: bool = False


WORDS = Variant("words", literal=True)
THESAURUS = Variant("+ thesaurus")
VECTORS = Variant("+ vectors", meaning=True)
VARIANTS = (WORDS, THESAURUS, VECTORS)

Rankings = Mapping[str, Sequence[str]]
"""The first hundred refs for each question, by its id; empty when nothing was found."""


def available() -> tuple[Variant, ...]:
    """The variants that can be measured here: without its package, nearness of meaning cannot."""
    return tuple(variant for variant in VARIANTS if not variant.meaning)


def rankings(collection: Collection, variant: Variant) -> Rankings:
    """What the search answers to every question of `collection`."""
    refs = list(collection.sheets)
    with _engine(collection) as engine:
        return {query.id: _ranking(engine, query, variant, refs) for query in collection.queries}


@contextmanager
def _engine(collection: Collection) -> Iterator[SearchEngine]:
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index", today=lambda: TODAY)
        engine.rebuild(documents(collection.sheets), 0)
        try:
            yield engine
        finally:
            engine.close()


def _ranking(engine: SearchEngine, query: Query, variant: Variant, refs: Sequence[str]) -> list[str]:
    request = SearchRequest(
        query.text, per_page=MAX_PER_PAGE, language=query.language, literal=variant.literal
    )
    return [refs[hit.number - 1] for hit in engine.search(request).hits]
