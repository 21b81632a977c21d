"""The tables of communes and people."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from passerelle.core.models import Base, BigKey


class Role(StrEnum):
    """What a member may do for a commune; each role includes the one before."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    MANAGER = "manager"


class ScopeKind(StrEnum):
    """What a coordinator answers for."""

    NATIONAL = "national"
    REGION = "region"
    PROVINCE = "province"
    LANGUAGE = "language"


class LinkPurpose(StrEnum):
    """What a link sent by mail lets its receiver do, once."""

    INVITATION = "invitation"
    RESET = "reset"


class Commune(Base):
    """One of the 565 communes, by its NIS code. Communes own the sheets; people come and go."""

    __tablename__ = "communes"

    nis: Mapped[str] = mapped_column(String(5), primary_key=True)
    name_fr: Mapped[str]
    name_nl: Mapped[str]
    name_de: Mapped[str | None]
    province: Mapped[str]  # one of the ten, or "brussels"
    region: Mapped[str]
    languages: Mapped[str]  # official languages, the main one first, joined by a comma: "fr,de"

    def name(self, language: str) -> str:
        """The commune's name for a reader of `language`: the German or Dutch one where there is one."""
        names = {"fr": self.name_fr, "nl": self.name_nl, "de": self.name_de}
        main = self.languages.split(",")[0]
        return names.get(language) or names.get(main) or self.name_fr


class User(Base):
    """A person with an address. Without a password the invitation has not been accepted yet."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("language IN ('fr', 'nl', 'de', 'en')", name="language"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(2), default="fr")
    is_administrator: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    memberships: Mapped[list[Membership]] = relationship(back_populates="user", order_by="Membership.id")
    scopes: Mapped[list[CoordinatorScope]] = relationship(
        back_populates="user", order_by="CoordinatorScope.id"
    )


class Membership(Base):
    """A person's role in a commune."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("user_id", "commune_nis"),
        CheckConstraint("role IN ('reader', 'contributor', 'manager')", name="role"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    commune_nis: Mapped[str] = mapped_column(ForeignKey("communes.nis"), index=True)
    role: Mapped[str]
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="memberships")
    commune: Mapped[Commune] = relationship()


class CoordinatorScope(Base):
    """What a person coordinates: the whole country, or a region, a province or a language."""

    __tablename__ = "coordinator_scopes"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "value"),
        CheckConstraint("kind IN ('national', 'region', 'province', 'language')", name="kind"),
        CheckConstraint("(kind = 'national') = (value = '')", name="national_has_no_value"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]
    value: Mapped[str] = mapped_column(default="")  # a region, province or language code; "" for national
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="scopes")


class OneTimeLink(Base):
    """A link sent by mail that works once. Only its number is signed and sent: no secret is stored."""

    __tablename__ = "one_time_links"
    __table_args__ = (CheckConstraint("purpose IN ('invitation', 'reset')", name="purpose"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    purpose: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class SignIn(Base):
    """One signed-in browser. The cookie holds a random token, this row its hash; ending the row ends it."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of the token, in hexadecimal
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class Attempt(Base):
    """One try at something that is counted (sign-in, reset), for a key that names no person."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    key: Mapped[str] = mapped_column(String(80))  # what is counted and a keyed hash of who
    at: Mapped[datetime]
