"""Who may look at a text with fresh eyes: the coordinators who answer for it and had no hand in it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from passerelle.accounts.models import ScopeKind, User
from passerelle.sheets.models import Revision


@dataclass(frozen=True)
class Area:
    """What a scope is compared with: where the commune lies, and the language of the text."""

    region: str
    province: str | None
    language: str


def area_of(revision: Revision) -> Area:
    """The area that the text of `revision` belongs to."""
    commune = revision.sheet.commune
    return Area(commune.region, commune.province, str(revision.content_json.get("language", "")))


def answers_for(kind: ScopeKind, value: str, area: Area) -> bool:
    """Whether a coordinator of this scope answers for `area`."""
    found = {
        ScopeKind.NATIONAL: "",
        ScopeKind.REGION: area.region,
        ScopeKind.PROVINCE: area.province,
        ScopeKind.LANGUAGE: area.language,
    }
    return found[kind] == value


def writers_of(revision: Revision) -> frozenset[int]:
    """The people who began, last changed or submitted the text."""
    people = (revision.created_by, revision.updated_by, revision.submitted_by)
    return frozenset(person for person in people if person is not None)


def is_involved(
    person: int | None, communes: Collection[str], commune: str, writers: Collection[int]
) -> bool:
    """Whether `person`, member of `communes`, wrote a text of `commune` or belongs to it in any role.

    The rule of four eyes (RELIABILITY 4.3, I5); the policy and the actions both ask here.
    """
    return person in writers or commune in communes


def is_too_close(person: User, revision: Revision) -> bool:
    """Whether `person` is involved in the text of `revision`."""
    communes = {membership.commune_nis for membership in person.memberships}
    return is_involved(person.id, communes, revision.sheet.commune_nis, writers_of(revision))


def coordinators_for(session: Session, revision: Revision) -> list[User]:
    """The active coordinators who may decide on `revision`, by number."""
    active = User.disabled_at.is_(None) & User.password_hash.is_not(None)
    query = (
        select(User)
        .where(User.scopes.any(), active)
        .order_by(User.id)
        .options(selectinload(User.scopes), selectinload(User.memberships))
    )
    area = area_of(revision)
    return [
        person
        for person in session.scalars(query)
        if any(answers_for(ScopeKind(scope.kind), scope.value, area) for scope in person.scopes)
        and not is_too_close(person, revision)
    ]
