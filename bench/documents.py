"""Made-up sheets as the index gets them, without a database in between."""

from collections.abc import Iterator

from bench.generator import SEED, sheet
from passerelle.exchange.lines import SheetLine
from passerelle.search.documents import SearchDocument
from passerelle.search.projector import searched_texts
from passerelle.vocabulary import LANGUAGES, commune


def documents(size: int, seed: str = SEED, first: int = 0) -> Iterator[SearchDocument]:
    """`size` sheets of the generator, numbered from `first` + 1 on."""
    for number in range(first, first + size):
        yield document_of(number + 1, sheet(number, seed))


def document_of(number: int, line: SheetLine) -> SearchDocument:
    """The sheet of `line` as if it were published under `number`, on a day that follows from the number."""
    content, home = line.content, commune(line.commune)
    return SearchDocument(
        number=number,
        revision_id=number,
        content_hash=f"{number:064}",
        ref=line.ref or "",
        language=content.language,
        title=content.title,
        summary=content.summary,
        texts=searched_texts(content),
        commune=home.nis,
        commune_names={language: home.name(language) for language in LANGUAGES},
        postal_codes=home.postal_codes,
        province=home.area,
        region=home.region,
        violence_forms=content.violence_forms,
        target_groups=content.target_groups,
        partner_kinds=tuple(dict.fromkeys(each.kind for each in content.partnerships if each.kind)),
        starts=content.starts,
        ends=content.ends,
        ongoing=content.ongoing,
        evaluated=content.is_evaluated,
        inhabitants=content.inhabitants,
        published_at=f"20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}T12:00:00+00:00",
    )
