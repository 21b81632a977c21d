"""Give the published sheets out, one line each, with what an anonymous visitor may read."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from passerelle.exchange.lines import SheetLine, write_line
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus

BATCH = 200


def export_lines(session: Session) -> Iterator[str]:
    """Every sheet that is online, in the order of its number; imported elsewhere it is the same sheet.

    Of the contact only the function goes along: addresses of many people are never given out in bulk.
    """
    query = (
        select(Revision)
        .join(Revision.sheet)
        .where(Revision.status == RevisionStatus.PUBLISHED, Sheet.status == SheetStatus.ACTIVE)
        .order_by(Revision.sheet_id)
        .options(joinedload(Revision.sheet))
        .execution_options(yield_per=BATCH)
    )
    for revision in session.scalars(query):
        sheet = revision.sheet
        yield write_line(SheetLine(sheet.ref, sheet.commune_nis, revision.content, revision.contact))
