"""Sheets as the index gets them, without a database in between."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.generator import SEED, sheet
from passerelle.accounts.models import Commune
from passerelle.exchange.lines import SheetLine
from passerelle.search import projector
from passerelle.search.documents import SearchDocument
from passerelle.vocabulary import commune


def documents(size: int, seed: str = SEED, first: int = 0) -> Iterator[SearchDocument]:
    """`size` sheets of the generator, numbered from `first` + 1 on."""
    for number in range(first, first + size):
        yield document_of(number + 1, sheet(number, seed))


def document_of(number: int, line: SheetLine, published: datetime | None = None) -> SearchDocument:
    """The sheet of `line` as if it were online under `number`, from a day that follows from the number."""
    content = line.content
    published = published or datetime(2010 + number % 16, 1 + number % 12, 1 + number % 28, 12, tzinfo=UTC)
    home = _commune(line.commune)
    live = projector.Live(number, line.ref, number, content.to_json(), content.hash, published, home)
    return projector.document_of(live)


def _commune(nis: str) -> Commune:
    known = commune(nis)
    return Commune(
        nis=known.nis,
        name_fr=known.name_fr,
        name_nl=known.name_nl,
        name_de=known.name_de,
        province=known.area,
        region=known.region,
        languages=",".join(known.languages),
    )
