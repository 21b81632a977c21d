"""The tables of decisions, comments and edits of the thesaurus."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from passerelle.accounts.models import User
from passerelle.core.models import Base, BigKey
from passerelle.sheets.models import Revision
from passerelle.vocabulary import Edit, EditKind

EXACT = "="  # in front of a term of `Edit`: found only as written


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


_IN_FORCE = text("undone_at IS NULL")


class ThesaurusEdit(Base):
    """A term that a coordinator added to a concept, or took away: who, when, why, and who undid it.

    Rows are only ever added; all that may still be written on one is, once, that it was undone. The edits
    that nobody undid are in force, at most one for a term of a concept in a language.
    """

    __tablename__ = "thesaurus_edits"
    __table_args__ = (
        CheckConstraint("kind IN ('add', 'remove')", name="kind"),
        CheckConstraint("language IN ('fr', 'nl', 'de', 'en')", name="language"),
        CheckConstraint("term <> '' AND folded <> ''", name="has_words"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
        Index(
            "uq_thesaurus_edits_one_in_force",
            "concept",
            "language",
            "term",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    concept: Mapped[str] = mapped_column(String(40))  # its code in the shipped table
    language: Mapped[str] = mapped_column(String(2))
    term: Mapped[str] = mapped_column(String(80))  # as written
    folded: Mapped[str]  # as compared: small letters without accents
    exact: Mapped[bool] = mapped_column(default=False)  # found in this very form only
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    made_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]

    maker: Mapped[User] = relationship(foreign_keys=[made_by])
    undoer: Mapped[User | None] = relationship(foreign_keys=[undone_by])

    @property
    def edit(self) -> Edit:
        """What it does to the thesaurus."""
        mark = EXACT if self.exact else ""
        return Edit(self.concept, self.language, mark + self.term, EditKind(self.kind))
