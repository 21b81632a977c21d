"""Claire's draft, for the tests of its form."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from passerelle.sheets.models import Revision

NEW = "/en/my/communes/53065/sheets/new"
LONG = "Une phrase qui raconte. " * 220  # a little over 5,000 characters


def edit(number: int, language: str = "en") -> str:
    """The address of the form of the sheet `number`."""
    return f"/{language}/my/sheets/{number}/edit"


def stored(session: Session, number: int) -> Revision:
    """The newest revision of the sheet, as it is stored now; the database is let go of again."""
    query = select(Revision).where(Revision.sheet_id == number).order_by(Revision.number.desc())
    found = session.scalars(query.options(joinedload(Revision.sheet))).first()
    assert found is not None
    session.expunge_all()
    session.rollback()
    return found
