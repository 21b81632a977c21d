"""Make people and sheets for tests: each call names only what the test is about."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, CoordinatorScope, Membership, Role, ScopeKind, User
from passerelle.core.jobs import ask_for_index
from passerelle.moderation.models import Decision
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus

NOON = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
PASSWORD = "a long sentence nobody else uses"
COMPLETE = SheetContent(
    title="Café des parents",
    summary="Un moment pour parler.",
    starts="2019",
    ongoing=True,
    activities="Une rencontre par mois dans l'école du quartier.",
    violence_forms=("intrafamilial",),
    objectives=("Rompre l'isolement",),
    target_groups=("parents",),
    target_groups_text="Les parents",
    partnerships=(Partner("school", "École du Centre", "prête un local"),),
    outreach="Par un billet dans le journal de classe.",
    web_page="https://www.commune.example/cafe",
    innovation="L'école et la commune ensemble.",
    evaluation_method="Nombre de participants.",
    evaluation_kinds=("attendance",),
    costs=(Cost("human", "une assistante sociale", "0.5", "fte", "la commune"),),
    language="fr",
    inhabitants=18_988,
    sheet_date="2024-05-02",
)
CONTACT = Contact("Prénom Nom", "Assistante sociale", "065000000", "prevention@commune.example")

# How a revision comes to each status: the moves that its decisions record.
_WAYS: dict[RevisionStatus, tuple[RevisionStatus, ...]] = {
    RevisionStatus.DRAFT: (),
    RevisionStatus.DISCARDED: (RevisionStatus.DISCARDED,),
    RevisionStatus.SUBMITTED: (RevisionStatus.SUBMITTED,),
    RevisionStatus.CHANGES_REQUESTED: (RevisionStatus.SUBMITTED, RevisionStatus.CHANGES_REQUESTED),
    RevisionStatus.DECLINED: (RevisionStatus.SUBMITTED, RevisionStatus.DECLINED),
    RevisionStatus.PUBLISHED: (RevisionStatus.SUBMITTED, RevisionStatus.PUBLISHED),
    RevisionStatus.SUPERSEDED: (
        RevisionStatus.SUBMITTED,
        RevisionStatus.PUBLISHED,
        RevisionStatus.SUPERSEDED,
    ),
}


class Factories:
    """Adds rows to one session; what is not said is filled in."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._counter = itertools.count(1)

    def commune(self, nis: str) -> Commune:
        """One of the 565."""
        return self.session.get_one(Commune, nis)

    def user(self, *, of: Commune | None = None, role: Role = Role.CONTRIBUTOR, **given: object) -> User:
        """A person who can sign in with `PASSWORD`, member of `of` with `role`."""
        number = next(self._counter)
        usual = {"email": f"person{number}@commune.example", "password_hash": _hash_of_password()}
        user = User(created_at=NOON, **{"name": f"Person {number}", **usual, **given})
        if of is not None:
            user.memberships.append(Membership(commune_nis=of.nis, role=role, created_at=NOON))
        self.session.add(user)
        self.session.flush()
        return user

    def coordinator(self, kind: ScopeKind = ScopeKind.NATIONAL, value: str = "", **given: object) -> User:
        """A person who coordinates the whole country, or a region, province or language."""
        user = self.user(**given)  # type: ignore[arg-type]  # passed on as given
        user.scopes.append(CoordinatorScope(kind=kind, value=value, created_at=NOON))
        self.session.flush()
        return user

    def administrator(self) -> User:
        """A person who administers accounts, and nothing editorial."""
        return self.user(is_administrator=True)

    def sheet(
        self,
        *,
        of: Commune,
        status: RevisionStatus = RevisionStatus.DRAFT,
        by: User | None = None,
        sheet_status: SheetStatus = SheetStatus.ACTIVE,
        **content: object,
    ) -> Sheet:
        """A complete sheet whose only revision came to `status` the usual way; `content` changes its text."""
        sheet = Sheet(commune=of, status=sheet_status, created_at=NOON)
        self.session.add(sheet)
        self.session.flush()
        self.revision(sheet, status=status, by=by, **content)  # type: ignore[arg-type]  # the test says which fields
        return sheet

    def revision(
        self,
        sheet: Sheet,
        *,
        status: RevisionStatus = RevisionStatus.DRAFT,
        by: User | None = None,
        contact: Contact = CONTACT,
        **content: object,
    ) -> Revision:
        """One more revision of `sheet` that came to `status`; a published one before it is superseded."""
        text = replace(COMPLETE, **content)  # type: ignore[arg-type]  # the test says which fields
        way, person = _WAYS[status], by.id if by else None
        if RevisionStatus.PUBLISHED in way and sheet.published is not None:
            sheet.published.status = RevisionStatus.SUPERSEDED
            self.session.flush()
        revision = Revision(
            sheet=sheet,
            number=len(sheet.revisions) + 1,
            status=status,
            version=1 + len(way),
            content_json=text.to_json(),
            contact_json=contact.to_json(),
            content_hash=text.hash if way else "",
            created_at=NOON,
            created_by=person,
            updated_at=NOON,
            updated_by=person,
            submitted_at=NOON if RevisionStatus.SUBMITTED in way else None,
            submitted_by=person if RevisionStatus.SUBMITTED in way else None,
            published_at=NOON if RevisionStatus.PUBLISHED in way else None,
        )
        self.session.add(revision)
        self.session.flush()
        self._record(revision, way)
        return revision

    def _record(self, revision: Revision, way: tuple[RevisionStatus, ...]) -> None:
        before: RevisionStatus = RevisionStatus.DRAFT
        for version, after in enumerate(way, start=1):
            decision = Decision(
                sheet_id=revision.sheet_id,
                revision_id=revision.id,
                at=NOON,
                from_status=before,
                to_status=after,
                version=version,
                content_hash=revision.content_hash if after is RevisionStatus.PUBLISHED else "",
            )
            self.session.add(decision)
            if after is RevisionStatus.PUBLISHED:
                ask_for_index(self.session, revision.sheet_id, NOON)
            before = after
        self.session.flush()


def _hash_of_password() -> str:
    """Argon2id of `PASSWORD` with the smallest cost: hashing well would only slow the tests down."""
    return "$argon2id$v=19$m=8,t=1,p=1$b8b+nUJK5xurGhSPksdOVw$/4VS0Ov6RpUb9yhA3sswmm7JIQZW2XKt17YS1+FOU1s"
