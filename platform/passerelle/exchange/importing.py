"""Take sheets in, line by line: a line that cannot be taken is reported, the others go on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from passerelle.accounts.models import Commune
from passerelle.exchange.lines import SheetLine, UnreadableLine, read_line
from passerelle.moderation import actions as moderation
from passerelle.sheets import actions as sheets
from passerelle.sheets.checks import problems_of
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus

REASON = "imported and published by the operator"


class Taken(StrEnum):
    """What became of one line."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of line `line` (from 1): the number of its sheet, or why it was refused."""

    line: int
    taken: Taken
    sheet: int | None = None
    reason: str = ""


class Refused(ValueError):
    """The line is a sheet, but it cannot be taken as it stands; the message says why."""


def import_lines(
    session: Session, lines: Iterable[str], at: datetime, *, publish: bool, first: int = 1
) -> Iterator[Outcome]:
    """Take each of `lines` in its own savepoint and say what became of it; empty lines are passed over.

    A sheet whose commune and `ref` are known already gets a new text, never a twin. With `publish` the
    sheet is online at once, without a second pair of eyes: for whoever operates the platform. The caller
    commits; the lines are numbered from `first`.
    """
    for number, line in enumerate(lines, start=first):
        text = line.strip().removeprefix("\ufeff")
        if not text:
            continue
        try:
            with session.begin_nested():
                yield _take(session, number, read_line(text), at, publish=publish)
        except (UnreadableLine, Refused) as error:
            yield Outcome(number, Taken.REFUSED, reason=str(error))


def _take(session: Session, number: int, given: SheetLine, at: datetime, *, publish: bool) -> Outcome:
    """Store the sheet of one line. Raises `Refused` for a sheet with problems or in the wrong state."""
    problems = problems_of(given.content, given.contact, to_submit=publish)
    if problems:
        raise Refused("; ".join(f"{each.field}: {each.code.replace('_', ' ')}" for each in problems))
    sheet = _known_sheet(session, given)
    if sheet is None:
        commune = session.get_one(Commune, given.commune)
        revision = sheets.start_sheet(session, commune, given.content, given.contact, None, at, ref=given.ref)
        taken = Taken.CREATED
    else:
        given = _with_known_contact(sheet, given)
        if _says(sheet, given, publish=publish):
            return Outcome(number, Taken.UNCHANGED, sheet.id)
        revision, taken = _next_text(session, sheet, given, at), Taken.UPDATED
    if publish:
        moderation.publish_unreviewed(session, revision, at, REASON)
    return Outcome(number, taken, revision.sheet_id)


def _known_sheet(session: Session, given: SheetLine) -> Sheet | None:
    if given.ref is None:
        return None
    query = select(Sheet).where(Sheet.commune_nis == given.commune, Sheet.ref == given.ref)
    return session.scalar(query.options(selectinload(Sheet.revisions)))


def _with_known_contact(sheet: Sheet, given: SheetLine) -> SheetLine:
    """`given` with what it does not say of the contact kept as it is: files seldom hold addresses."""
    newest = sheet.open or sheet.published
    if newest is None:
        return given
    said = {key: value for key, value in given.contact.to_json().items() if value}
    return replace(given, contact=replace(newest.contact, **said))


def _says(sheet: Sheet, given: SheetLine, *, publish: bool) -> bool:
    """Whether the sheet says this already: online when it is to be published, anywhere otherwise."""
    if sheet.status == SheetStatus.REMOVED:
        raise Refused(f"sheet {sheet.id} was removed")
    if sheet.open is not None:
        return not publish and _same(sheet.open, given)
    return sheet.published is not None and _same(sheet.published, given)


def _same(revision: Revision, given: SheetLine) -> bool:
    return revision.content == given.content and revision.contact == given.contact


def _next_text(session: Session, sheet: Sheet, given: SheetLine, at: datetime) -> Revision:
    """Write the new text into the open revision, or into a new one."""
    if sheet.status == SheetStatus.ARCHIVED:
        raise Refused(f"sheet {sheet.id} is archived: restore it first")
    revision = sheet.open or sheets.start_revision(session, sheet, None, at)
    if revision.status == RevisionStatus.SUBMITTED:
        raise Refused(f"sheet {sheet.id} is being reviewed: ask the commune to withdraw it first")
    return sheets.save(session, revision, given.content, given.contact, None, at, seen=revision.version)
