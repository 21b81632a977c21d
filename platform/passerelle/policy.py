"""Who may do what, and what is visible to whom: the whole of it, on one page.

The table is section 4.2 of the reliability promises. A person can stand in several relations to a sheet
(contributor of its commune and coordinator, say): the most generous answer counts, except that a
coordinator who belongs to the commune or wrote the text is never in the column of coordinators (four eyes).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Self

from sqlalchemy import ColumnElement, false, or_, true

from passerelle.accounts.models import Commune, Role, ScopeKind, User
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus


class Permission(StrEnum):
    """Everything that can be asked of `decide`; every route names one of them, or is public."""

    VIEW_PUBLISHED = "view_published"
    VIEW_CONTACT = "view_contact"
    VIEW_HISTORY = "view_history"
    VIEW_DRAFT = "view_draft"
    VIEW_SUBMITTED = "view_submitted"
    VIEW_FULL_HISTORY = "view_full_history"
    VIEW_COMMENTS = "view_comments"
    CREATE_SHEET = "create_sheet"
    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    DISCARD = "discard"
    ASK_FOR_CHANGES = "ask_for_changes"
    DECLINE = "decline"
    PUBLISH = "publish"
    START_REVISION = "start_revision"
    ARCHIVE = "archive"
    RESTORE = "restore"
    REMOVE = "remove"
    MANAGE_MEMBERS = "manage_members"
    SEE_AUDIT = "see_audit"
    USE_DASHBOARD = "use_dashboard"
    SEE_QUEUE = "see_queue"


class Answer(IntEnum):
    """What is answered, from the least to the most generous."""

    HIDDEN = 0  # as if it did not exist: 404
    FORBIDDEN = 1  # visible, but not for this person to do: 403 (a visitor is asked to sign in)
    YES = 2


class Relation(StrEnum):
    """How a person stands to a sheet or commune: the columns of the table."""

    VISITOR = "V"
    READER = "R"
    CONTRIBUTOR = "C"
    MANAGER = "M"
    COORDINATOR = "K"  # in scope, and neither author nor member of the commune
    OUT_OF_SCOPE = "O"  # coordinator of something else
    CONFLICTED = "X"  # coordinator in scope, but author or member of the commune
    ADMINISTRATOR = "A"


# y yes, - forbidden, 0 hidden, a only the author of the revision
_TABLE = """
                    V R C M K O X A
view_published      y y y y y y y y
view_contact        0 y y y y y y y
view_history        y y y y y y y y
view_draft          0 0 y y 0 0 0 0
view_submitted      0 0 y y y 0 y 0
view_full_history   0 0 y y y 0 y 0
view_comments       0 0 y y y 0 y 0
create_sheet        0 0 y y 0 0 0 0
edit                0 0 y y 0 0 0 0
submit              0 0 y y 0 0 0 0
withdraw            0 0 y y 0 0 0 0
discard             0 0 a y 0 0 0 0
ask_for_changes     0 0 - - y 0 - 0
decline             0 0 - - y 0 - 0
publish             0 0 - - y 0 - 0
start_revision      - - y y - - - -
archive             - - - y y - - -
restore             - - - - y - - -
remove              - - - - y - - y
manage_members      0 0 0 y 0 0 0 y
see_audit           0 0 0 y y 0 0 y
use_dashboard       - y y y y y y y
see_queue           0 0 0 0 y y y 0
"""

# What is done to the open revision needs eyes on it first: see `_sees_the_open_revision`.
_ON_THE_OPEN_REVISION = frozenset(
    {
        Permission.EDIT,
        Permission.SUBMIT,
        Permission.WITHDRAW,
        Permission.DISCARD,
        Permission.ASK_FOR_CHANGES,
        Permission.DECLINE,
        Permission.PUBLISH,
    }
)


def _read(table: str) -> dict[tuple[Permission, Relation], str]:
    head, *rows = [line.split() for line in table.strip().splitlines()]
    return {
        (Permission(name), Relation(column)): mark
        for name, *marks in rows
        for column, mark in zip(head, marks, strict=True)
    }


RULES = _read(_TABLE)


@dataclass(frozen=True)
class Scope:
    """What a coordinator answers for: `value` is a region, province or language code."""

    kind: ScopeKind
    value: str = ""


@dataclass(frozen=True)
class Actor:
    """A person as far as permissions go. A suspended person is nobody: the empty actor."""

    user_id: int | None = None
    roles: dict[str, Role] = field(default_factory=dict)  # by NIS code
    scopes: tuple[Scope, ...] = ()
    is_administrator: bool = False

    @classmethod
    def of(cls, user: User | None) -> Self:
        """The actor that `user` is now; nobody without a user, a password or after suspension."""
        if user is None or user.disabled_at is not None:
            return cls()
        return cls(
            user_id=user.id,
            roles={each.commune_nis: Role(each.role) for each in user.memberships},
            scopes=tuple(Scope(ScopeKind(each.kind), each.value) for each in user.scopes),
            is_administrator=user.is_administrator,
        )

    @property
    def signed_in(self) -> bool:
        """Whether this is somebody."""
        return self.user_id is not None

    def communes_as(self, *roles: Role) -> tuple[str, ...]:
        """The NIS codes of the communes where this person has one of `roles`."""
        return tuple(nis for nis, role in self.roles.items() if role in roles)


@dataclass(frozen=True)
class Subject:
    """A commune, or a sheet of it, as far as permissions go."""

    commune: str
    province: str | None = None
    region: str = ""
    language: str = ""  # of the sheet
    is_live: bool = False  # a revision is online, and the sheet is not removed
    open_status: RevisionStatus | None = None
    authors: frozenset[int] = frozenset()  # who wrote in the open revision
    creator: int | None = None  # who began the open revision

    @classmethod
    def of_commune(cls, commune: Commune) -> Self:
        """The commune itself, for what is done in its name."""
        return cls(commune.nis, commune.province, commune.region)

    @classmethod
    def of_sheet(cls, sheet: Sheet) -> Self:
        """The sheet as it stands now."""
        shown = sheet.open or sheet.published
        people = {shown.created_by, shown.updated_by, shown.submitted_by} - {None} if shown else set()
        return cls(
            sheet.commune_nis,
            sheet.commune.province,
            sheet.commune.region,
            language=str(shown.content_json.get("language", "")) if shown else "",
            is_live=sheet.published is not None and sheet.status != SheetStatus.REMOVED,
            open_status=RevisionStatus(sheet.open.status) if sheet.open else None,
            authors=frozenset(person for person in people if person is not None),
            creator=shown.created_by if shown else None,
        )


def in_scope(scope: Scope, subject: Subject) -> bool:
    """Whether a coordinator of `scope` answers for `subject`."""
    found = {
        ScopeKind.NATIONAL: "",
        ScopeKind.REGION: subject.region,
        ScopeKind.PROVINCE: subject.province,
        ScopeKind.LANGUAGE: subject.language,
    }
    return found[scope.kind] == scope.value


def relations(actor: Actor, subject: Subject | None) -> set[Relation]:
    """Every column of the table in which `actor` stands to `subject` (None: the platform as a whole)."""
    if not actor.signed_in:
        return {Relation.VISITOR}
    found = {Relation.READER}
    if actor.is_administrator:
        found.add(Relation.ADMINISTRATOR)
    if subject is None:
        return found | ({Relation.COORDINATOR} if actor.scopes else set())
    role = actor.roles.get(subject.commune)
    if role in (Role.CONTRIBUTOR, Role.MANAGER):
        found.add(Relation.CONTRIBUTOR if role is Role.CONTRIBUTOR else Relation.MANAGER)
    if any(in_scope(scope, subject) for scope in actor.scopes):
        involved = role is not None or actor.user_id in subject.authors
        found.add(Relation.CONFLICTED if involved else Relation.COORDINATOR)
    elif actor.scopes:
        found.add(Relation.OUT_OF_SCOPE)
    return found


def decide(actor: Actor, permission: Permission, subject: Subject | None = None) -> Answer:
    """What `actor` is answered when asking for `permission` on `subject`."""
    standing = relations(actor, subject)
    answer = max(_cell(actor, permission, subject, relation) for relation in standing)
    if subject is None:
        return answer
    if permission in _ON_THE_OPEN_REVISION and not _sees_the_open_revision(standing, subject):
        return Answer.HIDDEN
    needs_live = permission in (Permission.VIEW_PUBLISHED, Permission.VIEW_CONTACT, Permission.VIEW_HISTORY)
    if needs_live and not subject.is_live:
        return Answer.HIDDEN
    if answer is Answer.FORBIDDEN and not subject.is_live and not _sees_the_open_revision(standing, subject):
        return Answer.HIDDEN
    return answer


def may(actor: Actor, permission: Permission, subject: Subject | None = None) -> bool:
    """Whether the answer is yes."""
    return decide(actor, permission, subject) is Answer.YES


def _cell(actor: Actor, permission: Permission, subject: Subject | None, relation: Relation) -> Answer:
    mark = RULES[permission, relation]
    if mark == "a":
        return Answer.YES if subject and subject.creator == actor.user_id else Answer.FORBIDDEN
    return {"y": Answer.YES, "-": Answer.FORBIDDEN, "0": Answer.HIDDEN}[mark]


def _sees_the_open_revision(standing: set[Relation], subject: Subject) -> bool:
    """Whether one of the relations shows the open revision; without one, only its commune is answered."""
    view = Permission.VIEW_SUBMITTED
    if subject.open_status in (None, RevisionStatus.DRAFT):
        view = Permission.VIEW_DRAFT
    return any(RULES[view, relation] == "y" for relation in standing)


def reviewable_by(actor: Actor) -> ColumnElement[bool]:
    """The submitted revisions that `actor` coordinates, as a condition on `Revision` joined to `Commune`."""
    language = Revision.content_json["language"].as_string()
    conditions: dict[ScopeKind, ColumnElement[str] | ColumnElement[str | None] | None] = {
        ScopeKind.NATIONAL: None,
        ScopeKind.REGION: Commune.region.expression,
        ScopeKind.PROVINCE: Commune.province.expression,
        ScopeKind.LANGUAGE: language,
    }
    found = []
    for scope in actor.scopes:
        column = conditions[scope.kind]
        found.append(true() if column is None else column == scope.value)
    return or_(false(), *found)
