"""Ask the real engine, over a temporary index, in each of the ways a platform may run it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.evaluation.collection import Collection, Query, documents
from passerelle.search.engine import SearchEngine
from passerelle.search.meaning.encoder import encoder_of_process
from passerelle.search.meaning.vectors import Vectors
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

Rankings = Mapping[str, Sequence[str]]
"""The first hundred refs for each question, by its id; empty when nothing was found."""


def available() -> tuple[Variant, ...]:
    """The variants that can be measured here: without its package, nearness of meaning cannot."""
    return (WORDS, THESAURUS, VECTORS) if encoder_of_process().is_there() else (WORDS, THESAURUS)


def answers(collection: Collection) -> dict[str, Rankings]:
    """What the search answers to every question of `collection`, for each variant that can be measured."""
    refs = list(collection.sheets)
    found: dict[str, Rankings] = {}
    with TemporaryDirectory() as folder:
        root = Path(folder) / "index"
        _build(root, collection)
        for variant in available():
            with _engine(root, variant) as engine:
                found[variant.name] = {
                    query.id: _ranking(engine, query, variant, refs) for query in collection.queries
                }
    return found


def _build(root: Path, collection: Collection) -> None:
    """Write the index, and beside it the vectors of all sheets."""
    sheets = documents(collection.sheets)
    with _engine(root, WORDS) as engine:
        engine.rebuild(sheets, 0)
    if VECTORS in available():
        vectors = Vectors(root)
        with vectors.store.open() as file:
            file.keep(vectors.read(sheets))


@contextmanager
def _engine(root: Path, variant: Variant) -> Iterator[SearchEngine]:
    meaning = Vectors(root) if variant.meaning else None
    engine = WhooshEngine(root, today=lambda: TODAY, meaning=meaning)
    try:
        yield engine
    finally:
        engine.close()


def _ranking(engine: SearchEngine, query: Query, variant: Variant, refs: Sequence[str]) -> list[str]:
    request = SearchRequest(
        query.text, per_page=MAX_PER_PAGE, language=query.language, literal=variant.literal
    )
    return [refs[hit.number - 1] for hit in engine.search(request).hits]
