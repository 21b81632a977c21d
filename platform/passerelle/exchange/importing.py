"""Take sheets in: a line that cannot be taken is reported, the others go on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.exchange.lines import SheetLine, UnreadableLine, read_line
from passerelle.moderation import actions as moderation
from passerelle.moderation.bulk import NewSheet, publish_new
from passerelle.sheets import actions as sheets
from passerelle.sheets.actions import RefTaken, RevisionNotPossible
from passerelle.sheets.checks import problems_of
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from passerelle.sheets.problems import Problem
from passerelle.sheets.queries import sheet_by_ref

REASON = "imported and published by the operator"
BATCH = 200  # lines that are looked up and written together


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
    """Take each of `lines` and say what became of it, in their order; empty lines are passed over.

    A sheet whose commune and `ref` are known already gets a new text, never a twin. With `publish` the
    sheet is online at once, without a second pair of eyes: for whoever operates the platform. A line that
    is refused leaves no trace. The caller commits; the lines are numbered from `first`.
    """
    numbered = enumerate(lines, start=first)
    while batch := list(islice(numbered, BATCH)):
        yield from _Batch(session, at, publish=publish).take(batch)


@dataclass(frozen=True)
class _Numbered:
    """A sheet that was read, and on which line it stands."""

    line: int
    given: SheetLine

    @property
    def key(self) -> tuple[str, str | None]:
        """What must not be there twice, unless the second half is None."""
        return self.given.commune, self.given.ref


class _Batch:
    """Takes one batch of lines: new sheets that go online wait and are written together."""

    def __init__(self, session: Session, at: datetime, *, publish: bool) -> None:
        self._session = session
        self._at = at
        self._publish = publish
        self._outcomes: list[Outcome] = []
        self._waiting: list[_Numbered] = []

    def take(self, lines: Sequence[tuple[int, str]]) -> list[Outcome]:
        """What became of the lines, in their order."""
        sheets = [sheet for number, line in lines if (sheet := self._read(number, line))]
        known = self._known({sheet.key for sheet in sheets if sheet.given.ref is not None})
        for sheet in sheets:
            if sheet.key in known:
                self._write_waiting()
                self._take_one(sheet, _update)
            elif self._publish:
                self._waiting.append(sheet)
            else:
                self._take_one(sheet, _create)
            if sheet.given.ref is not None:
                known.add(sheet.key)
        self._write_waiting()
        return sorted(self._outcomes, key=lambda outcome: outcome.line)

    def _read(self, number: int, line: str) -> _Numbered | None:
        text = line.strip().removeprefix("\ufeff")
        if not text:
            return None
        try:
            given = read_line(text)
            _check(given, publish=self._publish)
        except (UnreadableLine, Refused) as error:
            self._outcomes.append(Outcome(number, Taken.REFUSED, reason=str(error)))
            return None
        return _Numbered(number, given)

    def _known(self, keys: set[tuple[str, str | None]]) -> set[tuple[str, str | None]]:
        """Those of `keys` that have a sheet."""
        refs = {ref for _, ref in keys}
        query = select(Sheet.commune_nis, Sheet.ref).where(Sheet.ref.in_(refs))
        return keys & {(nis, ref) for nis, ref in self._session.execute(query)}

    def _take_one(self, sheet: _Numbered, take: "_Take") -> None:
        try:
            with self._session.begin_nested():
                outcome = take(self._session, sheet, self._at, publish=self._publish)
        except (Refused, RefTaken, RevisionNotPossible) as error:
            outcome = Outcome(sheet.line, Taken.REFUSED, reason=str(error))
        self._outcomes.append(outcome)

    def _write_waiting(self) -> None:
        """Put the waiting sheets online together, or one by one where somebody else was faster."""
        waiting, self._waiting = self._waiting, []
        new = [NewSheet(s.given.commune, s.given.ref, s.given.content, s.given.contact) for s in waiting]
        try:
            with self._session.begin_nested():
                numbers = publish_new(self._session, new, self._at, REASON) if new else []
        except IntegrityError:
            for sheet in waiting:
                self._take_one(sheet, _update)
        else:
            for sheet, number in zip(waiting, numbers, strict=True):
                self._outcomes.append(Outcome(sheet.line, Taken.CREATED, number))


def _check(given: SheetLine, *, publish: bool) -> None:
    """Raises `Refused` for a sheet with problems."""
    problems = problems_of(given.content, given.contact, to_submit=publish)
    if problems:
        raise Refused("; ".join(map(_said, problems)))


class _Take(Protocol):
    """Stores one sheet. Raises `Refused` when the sheet it belongs to is in the wrong state."""

    def __call__(self, session: Session, new: _Numbered, at: datetime, *, publish: bool) -> Outcome: ...


def _create(session: Session, new: _Numbered, at: datetime, *, publish: bool) -> Outcome:
    """Begin the sheet."""
    given = new.given
    commune = session.get_one(Commune, given.commune)
    revision = sheets.start_sheet(session, commune, given.content, given.contact, None, at, ref=given.ref)
    if publish:
        moderation.publish_unreviewed(session, revision, at, REASON)
    return Outcome(new.line, Taken.CREATED, revision.sheet_id)


def _update(session: Session, new: _Numbered, at: datetime, *, publish: bool) -> Outcome:
    """Give the sheet that has this identifier the new text; begin it if there is none after all."""
    sheet = _known_sheet(session, new.given)
    if sheet is None:
        return _create(session, new, at, publish=publish)
    given = _with_known_contact(sheet, new.given)
    if _says(sheet, given, publish=publish):
        return Outcome(new.line, Taken.UNCHANGED, sheet.id)
    revision = _next_text(session, sheet, given, at)
    if publish:
        moderation.publish_unreviewed(session, revision, at, REASON)
    return Outcome(new.line, Taken.UPDATED, sheet.id)


def _said(problem: Problem) -> str:
    """Where and what, as it stands in a file: "costs[2].quantity: not a number" (rows from 1)."""
    row = "" if problem.row is None else f"[{problem.row + 1}]"
    part = f".{problem.part}" if problem.part else ""
    limit = "" if problem.limit is None else f" ({problem.limit})"
    return f"{problem.field}{row}{part}: {problem.code.replace('_', ' ')}{limit}"


def _known_sheet(session: Session, given: SheetLine) -> Sheet | None:
    return None if given.ref is None else session.scalar(sheet_by_ref(given.commune, given.ref))


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
    """Write the new text into the open revision, or into a new one; never over what a person has typed."""
    if sheet.status == SheetStatus.ARCHIVED:
        raise Refused(f"sheet {sheet.id} is archived: restore it first")
    revision = sheet.open or sheets.start_revision(session, sheet, None, at)
    if revision.status != RevisionStatus.DRAFT:
        raise Refused(f"sheet {sheet.id} is being reviewed: ask the commune to withdraw or finish it first")
    if revision.updated_by is not None:
        raise Refused(f"sheet {sheet.id} is being written by somebody: ask the commune to finish it first")
    return sheets.save(session, revision, given.content, given.contact, None, at, seen=revision.version)
