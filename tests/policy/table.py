"""The people, the sheets and the hand-written answers that the policy is held against."""

import csv
from dataclasses import dataclass
from pathlib import Path

from passerelle.accounts.models import Role, ScopeKind
from passerelle.policy import Actor, Answer, Permission, Scope, Subject
from passerelle.sheets.models import RevisionStatus

OWN, OTHER = "53065", "57096"
AUTHOR = 5
NATIONAL = Scope(ScopeKind.NATIONAL)
ACTORS = {
    "V": Actor(),
    "S": Actor.of(None),
    "R": Actor(3, {OTHER: Role.READER}),
    "X": Actor(4, {OTHER: Role.CONTRIBUTOR, "44021": Role.MANAGER}),
    "C": Actor(AUTHOR, {OWN: Role.CONTRIBUTOR}),
    "C2": Actor(6, {OWN: Role.CONTRIBUTOR}),
    "M": Actor(7, {OWN: Role.MANAGER}),
    "K": Actor(8, scopes=(NATIONAL,)),
    "K0": Actor(9, scopes=(Scope(ScopeKind.PROVINCE, "liege"),)),
    "Kc": Actor(10, {OWN: Role.READER}, scopes=(NATIONAL,)),
    "KcC": Actor(11, {OWN: Role.CONTRIBUTOR}, scopes=(NATIONAL,)),
    "A": Actor(12, is_administrator=True),
}


def _sheet(
    open_status: RevisionStatus | None = None,
    *,
    was_submitted: bool,
    is_live: bool = False,
    is_removed: bool = False,
) -> Subject:
    return Subject(
        OWN,
        "hainaut",
        "wallonia",
        language="fr",
        is_sheet=True,
        is_live=is_live,
        is_removed=is_removed,
        open_status=open_status,
        was_submitted=was_submitted,
        authors=frozenset({AUTHOR}),
        creator=AUTHOR,
    )


SUBJECTS: dict[str, Subject | None] = {
    "platform": None,
    "commune": Subject(OWN, "hainaut", "wallonia"),
    "draft": _sheet(RevisionStatus.DRAFT, was_submitted=False),
    "submitted": _sheet(RevisionStatus.SUBMITTED, was_submitted=True),
    "changes": _sheet(RevisionStatus.CHANGES_REQUESTED, was_submitted=True),
    "withdrawn": _sheet(RevisionStatus.DRAFT, was_submitted=True),
    "declined": _sheet(was_submitted=True),
    "discarded": _sheet(was_submitted=False),
    "live": _sheet(was_submitted=True, is_live=True),
    "live_draft": _sheet(RevisionStatus.DRAFT, was_submitted=False, is_live=True),
    "live_submitted": _sheet(RevisionStatus.SUBMITTED, was_submitted=True, is_live=True),
    "archived": _sheet(was_submitted=True, is_live=True),
    "removed": _sheet(was_submitted=True, is_removed=True),
}
ANSWERS = {"y": Answer.YES, "-": Answer.FORBIDDEN, "0": Answer.HIDDEN}


@dataclass(frozen=True)
class Expected:
    """One answer of the file."""

    permission: Permission
    state: str
    role: str
    answer: Answer


def read_table() -> list[Expected]:
    """Every answer of `permissions.csv`, one a permission, state and role."""
    lines = Path(__file__).with_name("permissions.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [
        Expected(Permission(row["permission"]), state, role, ANSWERS[row[role]])
        for row in rows
        for state in row["states"].split()
        for role in ACTORS
    ]
