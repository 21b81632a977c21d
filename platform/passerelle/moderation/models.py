"""The tables of decisions and comments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from passerelle.accounts.models import User
from passerelle.core.models import Base, BigKey
from passerelle.sheets.models import Revision


class Decision(Base):
    """One move of a revision or a sheet: who, when, from, to, why. Rows are only ever added."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"), index=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"), index=True)
    at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # nobody: a command or an import
    from_status: Mapped[str]
    to_status: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int]  # the version of the revision that was seen and decided on
    content_hash: Mapped[str] = mapped_column(String(64), default="")  # what a publication approved

    by: Mapped[User | None] = relationship()
    revision: Mapped[Revision | None] = relationship()


class ReviewComment(Base):
    """What a coordinator wrote beside a section of a revision."""

    __tablename__ = "review_comments"
    __table_args__ = (CheckConstraint("body <> ''", name="has_words"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), index=True)
    section: Mapped[str]  # the key of one of the twelve sections, or "header"
    body: Mapped[str]
    at: Mapped[datetime]
    by_user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    by: Mapped[User] = relationship()
    decision: Mapped[Decision] = relationship()
