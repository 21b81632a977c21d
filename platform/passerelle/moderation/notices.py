"""Write down who must be told of a move: one mail job a person, as the table of notices says."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Membership, Role, User
from passerelle.core.jobs import ask_for_mail
from passerelle.moderation.eyes import coordinators_for
from passerelle.moderation.models import Decision
from passerelle.moderation.states import NOTICES, Audience, Move
from passerelle.sheets.models import Revision


def tell(session: Session, move: Move, decision: Decision, revision: Revision, at: datetime) -> None:
    """One mail job for each person who hears of `move`, but for the one who made it.

    The jobs carry the numbers of the sheet, the revision and the decision; the mail is written when it is
    sent, in the language its receiver then has.
    """
    about = {"sheet": revision.sheet_id, "revision": revision.id, "decision": decision.id}
    for person in receivers(session, move, revision):
        if person.id != decision.by_user_id:
            ask_for_mail(session, move.value, person.id, at, about)


def receivers(session: Session, move: Move, revision: Revision) -> list[User]:
    """The people who hear of `move`, each once, by number."""
    audience = NOTICES[move].audience
    if audience is Audience.COORDINATORS:
        return coordinators_for(session, revision)
    if audience is Audience.WRITERS:
        return _writers(session, revision)
    return []


def _writers(session: Session, revision: Revision) -> list[User]:
    """Who began and who submitted the revision, while they still write for the commune; else its managers."""
    active = User.disabled_at.is_(None) & User.password_hash.is_not(None)
    commune = Membership.commune_nis == revision.sheet.commune_nis
    people = select(User).join(User.memberships).where(active, commune).order_by(User.id)
    wrote = User.id.in_({revision.created_by, revision.submitted_by} - {None})
    writes = Membership.role.in_([Role.CONTRIBUTOR, Role.MANAGER])
    found = session.scalars(people.where(wrote, writes)).all()
    return list(found or session.scalars(people.where(Membership.role == Role.MANAGER)).all())
