"""The tables of sheets and their revisions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from passerelle.accounts.models import Commune, User
from passerelle.core.models import Base, BigKey, JsonObject
from passerelle.sheets.content import Contact, SheetContent


class SheetStatus(StrEnum):
    """Whether the public may meet the sheet at all; what it meets is the published revision."""

    ACTIVE = "active"
    ARCHIVED = "archived"  # its page stays, with a banner; out of search
    REMOVED = "removed"  # its page answers 410


class RevisionStatus(StrEnum):
    """Where a revision is on its way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"  # was published, until the next one was
    DECLINED = "declined"
    DISCARDED = "discarded"


OPEN_STATUSES = (RevisionStatus.DRAFT, RevisionStatus.SUBMITTED, RevisionStatus.CHANGES_REQUESTED)
_OPEN = text("status IN ('draft', 'submitted', 'changes_requested')")
_PUBLISHED = text("status = 'published'")


class Sheet(Base):
    """A practice of a commune: a number for life, and revisions. Its `id` is the number in its address."""

    __tablename__ = "sheets"
    __table_args__ = (
        UniqueConstraint("commune_nis", "ref"),
        CheckConstraint("status IN ('active', 'archived', 'removed')", name="status"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    commune_nis: Mapped[str] = mapped_column(ForeignKey("communes.nis"), index=True)
    ref: Mapped[str | None] = mapped_column(String(100))  # the owner's own identifier
    status: Mapped[str] = mapped_column(default=SheetStatus.ACTIVE)
    status_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]

    commune: Mapped[Commune] = relationship()
    revisions: Mapped[list[Revision]] = relationship(back_populates="sheet", order_by="Revision.number")

    @property
    def published(self) -> Revision | None:
        """The revision that is online, if one is."""
        return next((each for each in self.revisions if each.status == RevisionStatus.PUBLISHED), None)

    @property
    def open(self) -> Revision | None:
        """The revision that is being written or reviewed, if one is."""
        return next((each for each in self.revisions if each.status in OPEN_STATUSES), None)


class Revision(Base):
    """One version of a sheet's text. Once published it never changes."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("sheet_id", "number"),
        CheckConstraint(
            "status IN ('draft', 'submitted', 'changes_requested', 'published', 'superseded', 'declined', "
            "'discarded')",
            name="status",
        ),
        CheckConstraint("status <> 'published' OR published_at IS NOT NULL", name="published_has_a_moment"),
        CheckConstraint("status <> 'published' OR content_hash <> ''", name="published_has_a_hash"),
        Index("uq_revisions_one_open", "sheet_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(
            "uq_revisions_one_published",
            "sheet_id",
            unique=True,
            sqlite_where=_PUBLISHED,
            postgresql_where=_PUBLISHED,
        ),
        Index("ix_revisions_status_submitted_at", "status", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(default=RevisionStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)  # grows with every save and every move
    content_json: Mapped[JsonObject] = mapped_column("content")
    contact_json: Mapped[JsonObject] = mapped_column("contact")
    content_hash: Mapped[str] = mapped_column(String(64), default="")  # of what was submitted
    note: Mapped[str] = mapped_column(default="")  # the commune's word to the coordinator
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]

    sheet: Mapped[Sheet] = relationship(back_populates="revisions")
    author: Mapped[User | None] = relationship(foreign_keys=[created_by])
    editor: Mapped[User | None] = relationship(foreign_keys=[updated_by])

    @property
    def content(self) -> SheetContent:
        """The twelve sections and the header, without the contact."""
        return SheetContent.from_json(self.content_json)

    @property
    def contact(self) -> Contact:
        """The person to call: for signed-in members only, but for the function."""
        return Contact.from_json(self.contact_json)

    @property
    def title(self) -> str:
        """The title, read without building the whole content."""
        return str(self.content_json.get("title", ""))
