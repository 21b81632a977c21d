"""Read sheets and their revisions."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus


def sheet_by_number(number: int) -> Select[Sheet]:
    """The sheet with this number, its commune and revisions loaded."""
    return _whole(select(Sheet).where(Sheet.id == number))


def sheet_by_ref(nis: str, ref: str) -> Select[Sheet]:
    """The sheet of the commune `nis` that its owner calls `ref`, its commune and revisions loaded."""
    return _whole(select(Sheet).where(Sheet.commune_nis == nis, Sheet.ref == ref))


def sheets_of(communes: Collection[str]) -> Select[Sheet]:
    """Every sheet of the communes with these NIS codes, the last begun first, with commune and revisions."""
    return _whole(select(Sheet).where(Sheet.commune_nis.in_(communes)).order_by(Sheet.id.desc()))


def begun_by(person: int, commune: str) -> Select[Revision]:
    """The first revisions that the person number `person` began for `commune`, the last one first."""
    return (
        select(Revision)
        .join(Revision.sheet)
        .where(Revision.created_by == person, Revision.number == 1, Sheet.commune_nis == commune)
        .order_by(Revision.id.desc())
    )


def inhabitants_declared_by(nis: str) -> Select[int]:
    """The number of inhabitants that the newest published sheet of the commune `nis` with one declares."""
    declared = Revision.content_json["inhabitants"].as_integer()
    return (
        select(declared)
        .join(Revision.sheet)
        .where(Sheet.commune_nis == nis, Revision.published_at.is_not(None), declared.is_not(None))
        .order_by(Revision.published_at.desc(), Revision.id.desc())
        .limit(1)
    )


def _whole(query: Select[Sheet]) -> Select[Sheet]:
    return query.options(joinedload(Sheet.commune), selectinload(Sheet.revisions).joinedload(Revision.editor))


def published_sheets(limit: int) -> Select[int, datetime | None]:
    """Number and day of publication of the active sheets that are online, the last published first."""
    return (
        select(Sheet.id, Revision.published_at)
        .join(Revision, Revision.sheet_id == Sheet.id)
        .where(Sheet.status == SheetStatus.ACTIVE, Revision.status == RevisionStatus.PUBLISHED)
        .order_by(Revision.published_at.desc(), Sheet.id.desc())
        .limit(limit)
    )
