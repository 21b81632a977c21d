"""Read what waits for the coordinators, and what was decided and said about a sheet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from passerelle.accounts.models import Commune
from passerelle.moderation.models import Decision, ReviewComment, ThesaurusEdit
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus

RECENT = timedelta(days=30)


class Tab(StrEnum):
    """The parts of the queue."""

    WAITING = "waiting"
    CHANGES_REQUESTED = "changes_requested"
    PUBLISHED = "published"  # recently: see `RECENT`
    DECLINED = "declined"


class Change(StrEnum):
    """What a revision is to the public."""

    NEW = "new"  # nothing of the sheet has been online yet
    CHANGED = "changed"


@dataclass(frozen=True)
class QueueFilter:
    """What a coordinator wants to see of the queue; "" is everything."""

    tab: Tab = Tab.WAITING
    change: Change | None = None
    language: str = ""
    province: str = ""
    commune: str = ""  # a NIS code


def queue(mine: ColumnElement[bool], wanted: QueueFilter, at: datetime) -> Select[Revision]:
    """The revisions of one tab with sheet, commune and revisions loaded.

    `mine` is the condition of `policy.reviewable_by`. What waits comes oldest first, what is done newest
    first.
    """
    query = (
        _revisions(mine, at)
        .where(_is_in(wanted.tab), *_conditions(wanted))
        .options(
            contains_eager(Revision.sheet).contains_eager(Sheet.commune),
            contains_eager(Revision.sheet).selectinload(Sheet.revisions),
            joinedload(Revision.author),
        )
    )
    if wanted.tab is Tab.PUBLISHED:
        return query.order_by(Revision.published_at.desc(), Revision.id.desc())
    if wanted.tab is Tab.DECLINED:
        return query.order_by(Revision.submitted_at.desc(), Revision.id.desc())
    return query.order_by(Revision.submitted_at, Revision.id)


def how_many(query: Select[Revision]) -> Select[int]:
    """How many revisions `query` finds."""
    bare = query.options().with_only_columns(Revision.id).order_by(None)
    return select(func.count()).select_from(bare.subquery())


def by_status(mine: ColumnElement[bool], at: datetime) -> Select[str, int]:
    """How many revisions the tabs hold, as pairs of status and number; `tab_of` says which tab that is."""
    shown = _revisions(mine, at).where(or_(*(_is_in(tab) for tab in Tab)))
    return shown.with_only_columns(Revision.status, func.count()).group_by(Revision.status)


def late(mine: ColumnElement[bool], before: datetime, at: datetime) -> Select[int]:
    """How many revisions wait since before the moment `before`."""
    return how_many(_revisions(mine, at).where(_is_in(Tab.WAITING), Revision.submitted_at < before))


def communes_of(mine: ColumnElement[bool], tab: Tab, at: datetime) -> Select[Commune]:
    """The communes whose revisions stand in `tab`, by number."""
    shown = _revisions(mine, at).where(_is_in(tab)).with_only_columns(Commune.nis)
    return select(Commune).where(Commune.nis.in_(shown)).order_by(Commune.nis)


def tab_of(status: str) -> Tab:
    """The tab where a revision of this status stands."""
    return _TAB_OF[RevisionStatus(status)]


def history(sheet: int) -> Select[Decision]:
    """Every decision about the sheet number `sheet`, the newest first, with the person and the revision."""
    return (
        select(Decision)
        .where(Decision.sheet_id == sheet)
        .order_by(Decision.id.desc())
        .options(joinedload(Decision.by), joinedload(Decision.revision))
    )


def last_decisions(revisions: Collection[int]) -> Select[Decision]:
    """The newest decision about each of the revisions, with the person."""
    newest = (
        select(func.max(Decision.id))
        .where(Decision.revision_id.in_(revisions))
        .group_by(Decision.revision_id)
    )
    return select(Decision).where(Decision.id.in_(newest)).options(joinedload(Decision.by))


def comments(revision: int) -> Select[ReviewComment]:
    """What was written beside the sections of the revision number `revision`, the oldest first."""
    return (
        select(ReviewComment)
        .where(ReviewComment.revision_id == revision)
        .order_by(ReviewComment.id)
        .options(joinedload(ReviewComment.by))
    )


def comment_counts(revisions: Collection[int]) -> Select[int, int]:
    """How many comments each of the revisions got, as pairs; those without are left out."""
    return (
        select(ReviewComment.revision_id, func.count())
        .where(ReviewComment.revision_id.in_(revisions))
        .group_by(ReviewComment.revision_id)
    )


def latest_edits(most: int, concept: str | None = None) -> Select[ThesaurusEdit]:
    """The newest edits of the thesaurus, or of one concept, with the people, undone ones too."""
    query = (
        select(ThesaurusEdit)
        .order_by(ThesaurusEdit.id.desc())
        .limit(most)
        .options(joinedload(ThesaurusEdit.maker), joinedload(ThesaurusEdit.undoer))
    )
    return query if concept is None else query.where(ThesaurusEdit.concept == concept)


_TAB_OF = {
    RevisionStatus.SUBMITTED: Tab.WAITING,
    RevisionStatus.CHANGES_REQUESTED: Tab.CHANGES_REQUESTED,
    RevisionStatus.PUBLISHED: Tab.PUBLISHED,
    RevisionStatus.SUPERSEDED: Tab.PUBLISHED,
    RevisionStatus.DECLINED: Tab.DECLINED,
}


def _revisions(mine: ColumnElement[bool], at: datetime) -> Select[Revision]:
    """The revisions of somebody's scope that were with the coordinators, of sheets that were not removed."""
    published = (RevisionStatus.PUBLISHED, RevisionStatus.SUPERSEDED)
    recent = or_(Revision.status.not_in(published), Revision.published_at > at - RECENT)
    return (
        select(Revision)
        .join(Revision.sheet)
        .join(Sheet.commune)
        .where(mine, recent, Sheet.status != SheetStatus.REMOVED)
    )


def _is_in(tab: Tab) -> ColumnElement[bool]:
    return Revision.status.in_([status for status, its in _TAB_OF.items() if its is tab])


def _conditions(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.change:
        found.append(_was_online() if wanted.change is Change.CHANGED else ~_was_online())
    if wanted.language:
        found.append(Revision.content_json["language"].as_string() == wanted.language)
    if wanted.province:
        found.append(Commune.province == wanted.province)
    if wanted.commune:
        found.append(Commune.nis == wanted.commune)
    return found


def _was_online() -> ColumnElement[bool]:
    """Whether an earlier revision of the sheet has been published."""
    earlier = aliased(Revision)
    is_earlier = and_(earlier.sheet_id == Revision.sheet_id, earlier.number < Revision.number)
    return select(earlier.id).where(is_earlier, earlier.published_at.is_not(None)).exists()
