"""Gather what each mail says, at the moment it is written: nothing that its receiver may no longer see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from passerelle.accounts.links import living_link, token_of
from passerelle.accounts.models import Commune, LinkPurpose, User
from passerelle.core.jobs import Job
from passerelle.moderation.models import Decision, ReviewComment
from passerelle.policy import Actor, Permission, Subject, may, reviewable_by
from passerelle.sheets.models import Revision, RevisionStatus, Sheet
from passerelle.vocabulary import SECTIONS
from passerelle.web.services import services

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Occasion:
    """A mail that is being written: the session, its job, and who receives it."""

    session: Session
    job: Job
    receiver: User

    def number(self, key: str) -> int:
        """The number that the job names `key`; 0 when it names none."""
        found = self.job.payload.get(key)
        return found if isinstance(found, int) else 0

    def address(self, endpoint: str, **values: object) -> str:
        """The full address of a page, in the receiver's language."""
        return url_for(endpoint, lang=self.receiver.language, _external=True, **values)  # type: ignore[arg-type]  # parts of the address


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _of_sheet(occasion: Occasion, permission: Permission | None) -> dict[str, object] | None:
    """What every mail on a sheet says; None when the receiver may no longer see it."""
    session, language = occasion.session, occasion.receiver.language
    sheet, revision = (
        session.get(Sheet, occasion.number("sheet")),
        session.get(Revision, occasion.number("revision")),
    )
    decision = session.get(Decision, occasion.number("decision"))
    if sheet is None or revision is None or revision.sheet_id != sheet.id:
        return None
    if permission and not may(Actor.of(occasion.receiver), permission, Subject.of_sheet(sheet)):
        return None
    return {
        "title": _one_line(revision.title),
        "commune": sheet.commune.name(language),
        "reason": decision.reason if decision else "",
        "sheet": sheet,
        "revision": revision,
    }


def _submitted(occasion: Occasion) -> Facts | None:
    facts = _of_sheet(occasion, Permission.VIEW_SUBMITTED)
    if facts is None or _status(facts) != RevisionStatus.SUBMITTED:
        return None  # withdrawn or decided meanwhile
    return facts | {"address": occasion.address("review.show", number=occasion.number("sheet"))}


def _withdrawn(occasion: Occasion) -> Facts | None:
    facts = _of_sheet(occasion, None)
    return facts and facts | {"address": occasion.address("review.queue")}


def _changes_requested(occasion: Occasion) -> Facts | None:
    facts = _of_sheet(occasion, Permission.VIEW_COMMENTS)
    if facts is None:
        return None
    comments = occasion.session.scalars(
        select(ReviewComment).where(ReviewComment.decision_id == occasion.number("decision"))
    )
    said = {comment.section: comment.body for comment in comments}
    in_order = [code for code in ("header", *SECTIONS.codes) if code in said]
    return facts | {
        "comments": [(_heading(code, occasion.receiver.language), said[code]) for code in in_order],
        "address": occasion.address("my.edit", number=occasion.number("sheet")),
    }


def _heading(code: str, language: str) -> str:
    """The name of a section; the header has none, so the template says it."""
    return "" if code == "header" else SECTIONS.label(code, language)


def _declined(occasion: Occasion) -> Facts | None:
    facts = _of_sheet(occasion, Permission.VIEW_COMMENTS)
    return facts and facts | {"address": occasion.address("my.dashboard")}


def _published(occasion: Occasion) -> Facts | None:
    facts = _of_sheet(occasion, None)
    return facts and facts | {"address": occasion.address("sheets.show", number=occasion.number("sheet"))}


def _of_commune(occasion: Occasion) -> Facts | None:
    """For what happened to the whole sheet: archived, restored, removed."""
    facts = _of_sheet(occasion, Permission.VIEW_FULL_HISTORY)
    return facts and facts | {"address": occasion.address("my.dashboard")}


def _status(facts: Mapping[str, object]) -> str:
    revision = facts["revision"]
    return revision.status if isinstance(revision, Revision) else ""


def _link(occasion: Occasion, purpose: LinkPurpose, endpoint: str) -> dict[str, object] | None:
    """The address of a link that still works, else None."""
    number = occasion.number("link")
    link = occasion.session.scalar(living_link(number, purpose, services().clock()))
    if link is None or link.user_id != occasion.receiver.id:
        return None
    token = token_of(number, purpose, services().settings.secret_key)
    return {"address": occasion.address(endpoint, token=token)}


def _reset(occasion: Occasion) -> Facts | None:
    return _link(occasion, LinkPurpose.RESET, "accounts.reset")


def _invitation(occasion: Occasion) -> Facts | None:
    facts = _link(occasion, LinkPurpose.INVITATION, "accounts.invitation")
    return facts and facts | {"commune": _commune(occasion)}


def _membership_added(occasion: Occasion) -> Facts:
    return {"commune": _commune(occasion), "address": occasion.address("accounts.sign_in")}


def _commune(occasion: Occasion) -> str:
    """The name of the commune of the job; "" when it names none."""
    commune = occasion.session.get(Commune, str(occasion.job.payload.get("commune", "")))
    return commune.name(occasion.receiver.language) if commune else ""


def _queue(occasion: Occasion) -> Facts | None:
    """How many sheets wait for this coordinator; None when none does."""
    waiting = occasion.session.scalar(
        select(func.count(Revision.id))
        .join(Revision.sheet)
        .join(Sheet.commune)
        .where(Revision.status == RevisionStatus.SUBMITTED, reviewable_by(Actor.of(occasion.receiver)))
    )
    return {"waiting": waiting, "address": occasion.address("review.queue")} if waiting else None


FACTS: Mapping[str, Callable[[Occasion], Facts | None]] = {
    "submitted": _submitted,
    "withdrawn": _withdrawn,
    "changes_requested": _changes_requested,
    "declined": _declined,
    "published": _published,
    "archived": _of_commune,
    "restored": _of_commune,
    "removed": _of_commune,
    "invitation": _invitation,
    "membership_added": _membership_added,
    "reset": _reset,
    "queue": _queue,
}
