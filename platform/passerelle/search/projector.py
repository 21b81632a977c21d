"""Project what is published into what the index holds: public fields of active sheets, nothing else."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.core.models import JsonObject
from passerelle.search.documents import TEXT_SECTIONS, SearchDocument
from passerelle.sheets.content import SheetContent
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from passerelle.vocabulary import LANGUAGES
from passerelle.vocabulary.communes import UnknownCommune
from passerelle.vocabulary.communes import commune as known_commune

logger = logging.getLogger("passerelle.search")

BATCH = 200
"""How many sheets a rebuild holds in memory at once."""


class Live(NamedTuple):
    """What is read of one sheet that everybody may find. Its contact is not even read."""

    number: int
    ref: str | None
    revision_id: int
    content: JsonObject
    content_hash: str
    published_at: datetime | None
    commune: Commune


LiveRow = tuple[int, str | None, int, JsonObject, str, datetime | None, Commune]

Failed = Callable[[int, Exception], None]
"""Called with the number of a sheet that cannot be projected, and why."""


def live_sheets() -> Select[*LiveRow]:
    """The published revisions of active sheets: rows with the fields of `Live`."""
    return (
        select(
            Sheet.id,
            Sheet.ref,
            Revision.id,
            Revision.content_json,
            Revision.content_hash,
            Revision.published_at,
            Commune,
        )
        .join(Revision, Revision.sheet_id == Sheet.id)
        .join(Commune, Commune.nis == Sheet.commune_nis)
        .where(Sheet.status == SheetStatus.ACTIVE, Revision.status == RevisionStatus.PUBLISHED)
    )


def document_of(live: Live) -> SearchDocument:
    """What the index holds of `live`. Raises `TypeError` or `ValueError` for a content of another shape."""
    content = SheetContent.from_json(live.content)
    commune = live.commune
    return SearchDocument(
        number=live.number,
        revision_id=live.revision_id,
        content_hash=live.content_hash,
        ref=live.ref or "",
        language=content.language,
        title=content.title,
        summary=content.summary,
        texts=_texts(content),
        commune=commune.nis,
        commune_names={language: commune.name(language) for language in LANGUAGES},
        postal_codes=_postal_codes(commune.nis),
        province=commune.province,
        region=commune.region,
        violence_forms=content.violence_forms,
        target_groups=content.target_groups,
        partner_kinds=tuple(dict.fromkeys(each.kind for each in content.partnerships if each.kind)),
        starts=content.starts,
        ends=content.ends,
        ongoing=content.ongoing,
        evaluated=content.is_evaluated,
        inhabitants=content.inhabitants,
        published_at=live.published_at.astimezone(UTC).isoformat() if live.published_at else "",
    )


def documents_of(session: Session, numbers: Sequence[int], failed: Failed) -> list[SearchDocument]:
    """The documents of those of the sheets `numbers` that are live now, in the order of their numbers."""
    rows = session.execute(live_sheets().where(Sheet.id.in_(numbers)).order_by(Sheet.id))
    return list(_projected((Live(*row) for row in rows), failed))


def all_documents(session: Session, failed: Failed) -> Iterator[SearchDocument]:
    """The documents of all live sheets in the order of their numbers, never more than a batch in memory.

    A document is at least as new as the moment at which the transaction of `session` began.
    """
    after = 0
    while True:
        query = live_sheets().where(Sheet.id > after).order_by(Sheet.id).limit(BATCH)
        batch = [Live(*row) for row in session.execute(query)]
        if not batch:
            return
        yield from _projected(batch, failed)
        after = batch[-1].number


def log_failure(number: int, problem: Exception) -> None:
    """Write down that a sheet cannot be projected, without a word of what it says."""
    logger.error("sheet %s cannot be read for the index: %s", number, type(problem).__name__)


def _projected(rows: Iterable[Live], failed: Failed) -> Iterator[SearchDocument]:
    for live in rows:
        try:
            document = document_of(live)
        except Exception as problem:  # one unreadable sheet must not keep the others from being found
            failed(live.number, problem)
        else:
            yield document


def _texts(content: SheetContent) -> dict[str, str]:
    """The sections that are searched, as plain text; empty ones are left out."""
    lines = {
        "objectives": content.objectives,
        "partnerships": [", ".join(filter(None, (each.name, each.role))) for each in content.partnerships],
        "costs": [", ".join(filter(None, (each.what, each.provider))) for each in content.costs],
    }
    texts = {key: "\n".join(lines[key]) if key in lines else getattr(content, key) for key in TEXT_SECTIONS}
    return {key: text for key, text in texts.items() if text}


def _postal_codes(nis: str) -> tuple[str, ...]:
    try:
        return known_commune(nis).postal_codes
    except UnknownCommune:
        return ()
