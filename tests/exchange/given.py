"""What the tests of the import share: lines of complete sheets, and what became of them."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from passerelle.core.jobs import Job
from passerelle.exchange.importing import Outcome, import_lines
from passerelle.exchange.lines import SheetLine, write_line
from passerelle.moderation.models import Decision
from passerelle.sheets.models import Revision, Sheet
from tests.factories import COMPLETE, CONTACT, NOON


def line(ref: str | None = "cafe", *, contact: object = None, **given: object) -> str:
    """A complete sheet of Quaregnon as a line, with what the test says in its place."""
    written = json.loads(write_line(SheetLine(ref, "53065", COMPLETE, CONTACT)))
    return json.dumps({**written, "contact": contact, **given})


def line_with(given: Mapping[str, object]) -> str:
    """A complete sheet of Quaregnon as a line, with `given` in its place."""
    return json.dumps({**json.loads(line()), **given})


def take(session: Session, *lines: str, publish: bool = False, at: datetime = NOON) -> list[Outcome]:
    """What becomes of the lines."""
    return list(import_lines(session, lines, at, publish=publish))


def the_sheet(session: Session) -> Sheet:
    """The only sheet there is, read anew."""
    session.flush()
    session.expire_all()
    return session.scalars(select(Sheet)).one()


def count(session: Session, of: type[Sheet] | type[Revision] | type[Decision] | type[Job]) -> int:
    """How many rows there are."""
    return session.scalar(select(func.count()).select_from(of)) or 0
