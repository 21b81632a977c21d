"""Gather what the review page shows of one sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from passerelle.accounts.models import User
from passerelle.moderation.models import Decision
from passerelle.moderation.promise import late_before
from passerelle.moderation.queries import comments, history
from passerelle.sheets.checks import warnings_of
from passerelle.sheets.content import Contact, SheetContent
from passerelle.sheets.models import Revision, RevisionStatus, Sheet
from passerelle.web.problem_words import sentence_of
from passerelle.web.review.sections import SectionView, section_views, with_remarks
from passerelle.web.review.words import age_words, decision_words, name_of
from passerelle.web.sheets.page import commune_words

MODES = ("differences", "whole", "side")


@dataclass(frozen=True)
class Step:
    """One line of the history: when, what and by whom, and why."""

    at: datetime
    words: str
    reason: str
    revision: int | None


@dataclass(frozen=True)
class ReviewPage:
    """A revision as a coordinator reads it. `was` are the published sections, side by side only."""

    number: int
    title: str
    language: str
    commune: str
    area: str
    revision: int
    status: str
    seen: str
    sender: str
    since: datetime | None
    age: str
    is_late: bool
    note: str
    contact: Contact
    was_contact: Contact | None
    contact_warnings: tuple[str, ...]
    before: Revision | None
    mode: str
    sections: tuple[SectionView, ...]
    was: tuple[SectionView, ...]
    steps: tuple[Step, ...]

    @property
    def changed(self) -> tuple[SectionView, ...]:
        """The sections that differ from what is online."""
        return tuple(each for each in self.sections if each.is_changed)

    @property
    def unchanged(self) -> tuple[SectionView, ...]:
        """The sections that are the same as online."""
        return tuple(each for each in self.sections if not each.is_changed)

    @property
    def modes(self) -> tuple[str, ...]:
        """The ways to look at it: a sheet that is not online has nothing to differ from."""
        return MODES if self.before else ("whole",)


def seen_words(revision: Revision) -> str:
    """What a form sends back to say which text its reader saw: "3.2" is version 2 of revision 3."""
    return f"{revision.number}.{revision.version}"


def seen_version(seen: str, revision: Revision) -> int:
    """The version in `seen`; 0, which no revision has, when it names another revision or nothing at all."""
    number, _, version = seen.partition(".")
    fits = number == str(revision.number) and version.isascii() and version.isdigit() and len(version) < 10
    return int(version) if fits else 0


def gather(session: Session, sheet: Sheet, asked: str, at: datetime, language: str) -> ReviewPage:
    """The open revision of `sheet` for a reader of `language`, looked at in the way `asked`.

    Raises `LookupError` when nothing is open.
    """
    revision = sheet.open
    if revision is None:
        raise LookupError(f"sheet {sheet.id} has no open revision")
    before = sheet.published
    mode = asked if before and asked in MODES else ("differences" if before else "whole")
    content = revision.content
    compared = before.content if before and mode == "differences" else content
    sections = section_views(compared, content, language)
    commune, area = commune_words(sheet.commune, language)
    sender = session.get(User, revision.submitted_by) if revision.submitted_by else None
    waits = revision.status == RevisionStatus.SUBMITTED
    return ReviewPage(
        number=sheet.id,
        title=revision.title,
        language=content.language,
        commune=commune,
        area=area,
        revision=revision.number,
        status=revision.status,
        seen=seen_words(revision),
        sender=name_of(sender) if revision.submitted_at else "",
        since=revision.submitted_at,
        age=age_words(revision.submitted_at, at) if waits else "",
        is_late=waits and revision.submitted_at is not None and revision.submitted_at < late_before(at),
        note=revision.note,
        contact=revision.contact,
        was_contact=before.contact if before else None,
        contact_warnings=tuple(sentence_of(problem) for problem in warnings_of(revision.contact)),
        before=before,
        mode=mode,
        sections=with_remarks(sections, content, session.scalars(comments(revision.id)).all()),
        was=_was(before.content, language) if before and mode == "side" else (),
        steps=steps_of(session.scalars(history(sheet.id)).all()),
    )


def steps_of(decisions: Sequence[Decision]) -> tuple[Step, ...]:
    """The history of a sheet in words, in the order of `decisions`."""
    return tuple(
        Step(
            each.at,
            decision_words(each),
            each.reason if each.by_user_id else "",
            each.revision.number if each.revision else None,
        )
        for each in decisions
    )


def _was(content: SheetContent, language: str) -> tuple[SectionView, ...]:
    return section_views(content, content, language)
