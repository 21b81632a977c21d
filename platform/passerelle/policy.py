"""Who may do what, and what is visible to whom: the whole of it, on one page.

The table is section 4.2 of the reliability promises. A person can stand in several relations to a sheet
(contributor of its commune and coordinator, say): the most generous answer counts, except that a
coordinator who belongs to the commune or wrote the text is never in the column of coordinators (four eyes).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Self

from sqlalchemy import ColumnElement, false, func, or_, true

from passerelle.accounts.models import Commune, Role, ScopeKind, User
from passerelle.moderation.eyes import Area, answers_for, area_of, is_involved, writers_of
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
    EDIT_THESAURUS = "edit_thesaurus"


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


# y yes, - forbidden, 0 hidden, a only the author of the revision, . nobody stands so when this is asked
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
use_dashboard       - y . . y . . y
see_queue           0 0 . . y . . 0
edit_thesaurus      0 0 . . y . . y
"""

# Without a published revision there is nothing to see.
_NEEDS_A_PUBLISHED_TEXT = frozenset(
    {Permission.VIEW_PUBLISHED, Permission.VIEW_CONTACT, Permission.VIEW_HISTORY}
)

# While the open revision is a draft, only those who may see drafts see these.
_SHOWS_THE_OPEN_TEXT = frozenset({Permission.VIEW_SUBMITTED, Permission.VIEW_FULL_HISTORY})

# Without an open revision there is nothing to see.
_NEEDS_AN_OPEN_TEXT = frozenset({Permission.VIEW_DRAFT, Permission.VIEW_SUBMITTED})

# A coordinator who read a submission may answer it late: "withdrawn meanwhile" (409), not "no such sheet".
_ANSWERS_TO_A_SUBMISSION = frozenset({Permission.ASK_FOR_CHANGES, Permission.DECLINE, Permission.PUBLISH})


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

    @property
    def is_member(self) -> bool:
        """Whether this is one of a commune, a coordinator or an administrator: an account is not enough."""
        return bool(self.roles or self.scopes) or self.is_administrator

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
    is_sheet: bool = False
    is_live: bool = False  # a revision is online, and the sheet is not removed
    is_removed: bool = False
    open_status: RevisionStatus | None = None
    was_submitted: bool = False  # the newest revision has been with the coordinators, now or before
    authors: frozenset[int] = frozenset()  # who wrote in the open revision, else in the last one
    creator: int | None = None  # who began it

    @classmethod
    def of_commune(cls, commune: Commune) -> Self:
        """The commune itself, for what is done in its name."""
        return cls(commune.nis, commune.province, commune.region)

    @classmethod
    def of_sheet(cls, sheet: Sheet) -> Self:
        """The sheet as it stands now."""
        newest = sheet.revisions[-1] if sheet.revisions else None
        shown = sheet.open or sheet.published or newest
        return cls(
            sheet.commune_nis,
            sheet.commune.province,
            sheet.commune.region,
            language=area_of(shown).language if shown else "",
            is_sheet=True,
            is_live=sheet.published is not None and sheet.status != SheetStatus.REMOVED,
            is_removed=sheet.status == SheetStatus.REMOVED,
            open_status=RevisionStatus(sheet.open.status) if sheet.open else None,
            was_submitted=newest is not None and newest.submitted_at is not None,
            authors=writers_of(shown) if shown else frozenset(),
            creator=shown.created_by if shown else None,
        )

    @property
    def area(self) -> Area:
        """What the scope of a coordinator is compared with."""
        return Area(self.region, self.province, self.language)


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
    if any(answers_for(scope.kind, scope.value, subject.area) for scope in actor.scopes):
        involved = is_involved(actor.user_id, actor.roles, subject.commune, subject.authors)
        found.add(Relation.CONFLICTED if involved else Relation.COORDINATOR)
    elif actor.scopes:
        found.add(Relation.OUT_OF_SCOPE)
    return found


def decide(actor: Actor, permission: Permission, subject: Subject | None = None) -> Answer:
    """What `actor` is answered when asking for `permission` on `subject`."""
    if permission in _SHOWS_THE_OPEN_TEXT and subject and subject.open_status is RevisionStatus.DRAFT:
        permission = Permission.VIEW_DRAFT
    standing = relations(actor, subject)
    if permission is Permission.VIEW_CONTACT and not actor.is_member:
        standing = {Relation.VISITOR}  # an account stays when its person left the last commune
    answer = max(_cell(actor, permission, subject, relation) for relation in standing)
    if subject is None or not subject.is_sheet or permission is Permission.SEE_AUDIT:
        return answer
    if permission in _NEEDS_A_PUBLISHED_TEXT and not subject.is_live:
        return Answer.HIDDEN
    if permission in _NEEDS_AN_OPEN_TEXT and subject.open_status is None:
        return Answer.HIDDEN
    return answer if _knows_of(standing, permission, subject) else Answer.HIDDEN


def may(actor: Actor, permission: Permission, subject: Subject | None = None) -> bool:
    """Whether the answer is yes."""
    return decide(actor, permission, subject) is Answer.YES


def _cell(actor: Actor, permission: Permission, subject: Subject | None, relation: Relation) -> Answer:
    mark = RULES[permission, relation]
    if mark == "a":
        return Answer.YES if subject and subject.creator == actor.user_id else Answer.FORBIDDEN
    return {"y": Answer.YES, "-": Answer.FORBIDDEN, "0": Answer.HIDDEN}[mark]


def _knows_of(standing: set[Relation], permission: Permission, subject: Subject) -> bool:
    """Whether the sheet exists at all for somebody standing so; for the others, every answer is 404."""
    if subject.is_removed:
        return bool(standing & {Relation.COORDINATOR, Relation.ADMINISTRATOR})
    late = subject.was_submitted and permission in _ANSWERS_TO_A_SUBMISSION
    if subject.is_live or (late and Relation.COORDINATOR in standing):
        return True
    shown = subject.was_submitted and subject.open_status is not RevisionStatus.DRAFT
    view = Permission.VIEW_SUBMITTED if shown else Permission.VIEW_DRAFT
    return any(RULES[view, relation] == "y" for relation in standing)


def reviewable_by(actor: Actor) -> ColumnElement[bool]:
    """The revisions that `actor` may decide on, as a condition on `Revision` joined to `Commune`.

    Those of the actor's scopes, but for those the actor wrote and those of a commune the actor belongs to.
    """
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
    writers = (Revision.created_by, Revision.updated_by, Revision.submitted_by)
    wrote = or_(*(func.coalesce(writer, 0) == actor.user_id for writer in writers))
    return or_(false(), *found) & ~wrote & Commune.nis.not_in(actor.roles)
