"""Write sheets: begin one, keep what was typed, begin its next revision."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, User
from passerelle.sheets.content import Contact, SheetContent
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus

EDITABLE = (RevisionStatus.DRAFT, RevisionStatus.CHANGES_REQUESTED)


class ChangedMeanwhile(Exception):
    """Somebody saved or moved the revision since it was read; `stored` is how it stands now."""

    def __init__(self, stored: Revision) -> None:
        super().__init__(f"revision {stored.id} is at version {stored.version} now: read it again")
        self.stored = stored


class NotOpen(Exception):
    """The revision is being reviewed or finished; `stored` is how it stands now."""

    def __init__(self, stored: Revision) -> None:
        super().__init__(f"revision {stored.id} is {stored.status}: only a draft can be written in")
        self.stored = stored


class RefTaken(Exception):
    """Another sheet of the commune has this identifier already."""


class RevisionNotPossible(Exception):
    """The sheet cannot get another revision now; the message says why."""


def start_sheet(  # noqa: PLR0913, PLR0917 (what, whose, who, when)
    session: Session,
    commune: Commune,
    content: SheetContent,
    contact: Contact,
    by: User | None,
    at: datetime,
    ref: str | None = None,
) -> Revision:
    """Begin a sheet of `commune`: it has a number from now on, and one draft, which is returned.

    Raises `RefTaken` when another sheet of the commune has the owner's identifier `ref`.
    """
    known = select(Sheet.id).where(Sheet.commune_nis == commune.nis, Sheet.ref == ref)
    if ref is not None and session.scalar(known) is not None:
        raise RefTaken(f"commune {commune.nis} has a sheet {ref!r} already: change that one")
    sheet = Sheet(
        commune=commune, ref=ref, created_at=at, revisions=[]
    )  # none: the database need not be asked
    session.add(sheet)
    session.flush()
    return _add_draft(session, sheet, content, contact, (by, at))


def save(  # noqa: PLR0913, PLR0917 (what, who, when, the version seen)
    session: Session,
    revision: Revision,
    content: SheetContent,
    contact: Contact,
    by: User | None,
    at: datetime,
    seen: int,
    note: str | None = None,
) -> Revision:
    """Keep `content`, `contact` and, unless None, the `note` in the draft; its version is `seen` + 1 then.

    Whoever saves from an older version gets `ChangedMeanwhile` and nothing is written; `NotOpen` when the
    revision is not a draft any more. A published sheet stays online as it is.
    """
    values = {"content_json": content.to_json(), "contact_json": contact.to_json()}
    if note is not None:
        values["note"] = note  # type: ignore[assignment]  # the other two values are JSON objects
    written = session.execute(
        update(Revision)
        .where(Revision.id == revision.id, Revision.version == seen, Revision.status.in_(EDITABLE))
        .values(**values, version=seen + 1, updated_at=at, updated_by=by.id if by else None)
        .execution_options(synchronize_session=False)
    )
    session.refresh(revision)
    if written.rowcount == 1:  # type: ignore[attr-defined]  # an UPDATE answers a CursorResult
        return revision
    raise NotOpen(revision) if revision.status not in EDITABLE else ChangedMeanwhile(revision)


def start_revision(session: Session, sheet: Sheet, by: User | None, at: datetime) -> Revision:
    """Begin the next revision of `sheet`, a draft with the words of the last one; what is online stays.

    Raises `RevisionNotPossible` for a sheet that has an open revision already, or was removed or archived.
    """
    if sheet.status != SheetStatus.ACTIVE:
        raise RevisionNotPossible(f"sheet {sheet.id} is {sheet.status}: restore it first")
    if sheet.open is not None:
        raise RevisionNotPossible(f"sheet {sheet.id} has an open revision: number {sheet.open.number}")
    last = sheet.published or sheet.revisions[-1]
    try:
        with session.begin_nested():
            return _add_draft(session, sheet, last.content, last.contact, (by, at))
    except IntegrityError as error:  # two at the same moment: the index lets one of them through
        raise RevisionNotPossible(f"sheet {sheet.id} has an open revision since just now") from error


def _add_draft(
    session: Session,
    sheet: Sheet,
    content: SheetContent,
    contact: Contact,
    made: tuple[User | None, datetime],
) -> Revision:
    by, at = made
    person = by.id if by else None
    revision = Revision(
        sheet=sheet,
        number=len(sheet.revisions) + 1,
        status=RevisionStatus.DRAFT,
        version=1,
        content_json=content.to_json(),
        contact_json=contact.to_json(),
        created_at=at,
        created_by=person,
        updated_at=at,
        updated_by=person,
    )
    session.add(revision)
    session.flush()
    return revision
