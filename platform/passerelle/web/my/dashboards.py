"""The dashboard: what waits for the person first, then the sheets of their communes, then the communes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext, ngettext

from passerelle.accounts.models import Role
from passerelle.moderation.models import ReviewComment
from passerelle.moderation.queries import comments
from passerelle.policy import Permission
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from passerelle.sheets.queries import sheets_of
from passerelle.sheets.sections import BY_KEY
from passerelle.web.database import db
from passerelle.web.identity import current_person
from passerelle.web.languages import current_language
from passerelle.web.my.editor import comments_by_part
from passerelle.web.my.pages import pages
from passerelle.web.my.progress import complete_sections
from passerelle.web.my.starting import WRITERS
from passerelle.web.permissions import requires

_LONGEST_QUOTE = 140  # characters of a comment on the dashboard


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the person, and the one button that deals with it."""

    title: str
    language: str
    sentence: str
    quote: str
    button: str
    url: str


@dataclass(frozen=True)
class Line:
    """One sheet in the table: its state and what comes next."""

    number: int
    title: str
    language: str
    commune: str
    status: str
    detail: str
    button: str
    url: str


@dataclass(frozen=True)
class Place:
    """A commune of the person."""

    nis: str
    name: str
    manages: bool
    writes: bool


@pages.get("/my")
@requires(Permission.USE_DASHBOARD)
def dashboard() -> ResponseReturnValue:
    """What waits for the person, their sheets by state, their communes."""
    person = current_person()
    places = [
        Place(
            each.commune_nis,
            each.commune.name(current_language()),
            each.role == Role.MANAGER,
            each.role in WRITERS,
        )
        for each in (person.memberships if person else ())
    ]
    written_for = [place.nis for place in places if place.writes]
    sheets = [sheet for sheet in db.session.scalars(sheets_of(written_for)) if shown_of(sheet)]
    return render_template(
        "my/dashboard.html",
        waiting=list(_waiting(sheets)),
        lines=sorted(map(_line_of, sheets), key=lambda line: _RANK.get(line.status, len(_RANK))),
        places=places,
        may_write=bool(written_for),
        several=len(written_for) > 1,
    )


def shown_of(sheet: Sheet) -> Revision | None:
    """The revision that says what the sheet is about; None when only drafts were thrown away."""
    kept = [each for each in sheet.revisions if each.status != RevisionStatus.DISCARDED]
    return sheet.open or sheet.published or (kept[-1] if kept else None)


def status_of(sheet: Sheet, shown: Revision) -> str:
    """The one word for a sheet: what became of it, else where its newest text is on its way."""
    return sheet.status if sheet.status != SheetStatus.ACTIVE else shown.status


def _waiting(sheets: Sequence[Sheet]) -> Iterable[Waiting]:
    """Questions of coordinators first, then drafts."""
    for wanted in (RevisionStatus.CHANGES_REQUESTED, RevisionStatus.DRAFT):
        for sheet in sheets:
            revision = sheet.open
            if revision and revision.status == wanted and sheet.status == SheetStatus.ACTIVE:
                yield _question(revision) if wanted == RevisionStatus.CHANGES_REQUESTED else _draft(revision)


def _question(revision: Revision) -> Waiting:
    said = [
        each
        for part in comments_by_part(db.session.scalars(comments(revision.id)).all()).values()
        for each in part
    ]
    return Waiting(
        title=revision.title,
        language=revision.content.language,
        sentence=gettext("The coordinators ask for changes."),
        quote=_quote(said[0]) if said else "",
        button=gettext("Make the changes"),
        url=url_for("my.edit", number=revision.sheet_id),
    )


def _draft(revision: Revision) -> Waiting:
    done = complete_sections(revision.content)
    return Waiting(
        title=revision.title,
        language=revision.content.language,
        sentence=ngettext(
            "This draft has %(num)s of 12 sections complete.",
            "This draft has %(num)s of 12 sections complete.",
            done,
        ),
        quote="",
        button=gettext("Continue writing"),
        url=url_for("my.edit", number=revision.sheet_id),
    )


def _quote(comment: ReviewComment) -> str:
    """The beginning of a comment, with who wrote it and about what."""
    words = comment.body if len(comment.body) <= _LONGEST_QUOTE else comment.body[:_LONGEST_QUOTE] + "…"
    section = BY_KEY.get(comment.section)
    if section is None:
        return str(gettext("%(name)s: “%(words)s”", name=comment.by.name, words=words))
    return str(
        gettext(
            "%(name)s, section %(number)s: “%(words)s”",
            name=comment.by.name,
            number=section.number,
            words=words,
        )
    )


def _line_of(sheet: Sheet) -> Line:
    shown = shown_of(sheet) or sheet.revisions[-1]
    status = status_of(sheet, shown)
    button, endpoint = _next(status)
    return Line(
        number=sheet.id,
        title=shown.title,
        language=shown.content.language,
        commune=sheet.commune.name(current_language()),
        status=status,
        detail=_detail(sheet, shown, status),
        button=button,
        url=url_for(endpoint, number=sheet.id) if endpoint else "",
    )


def _next(status: str) -> tuple[str, str]:
    """What can be done with a sheet of this status, and the page where it is done."""
    match status:
        case "draft":
            return gettext("Continue writing"), "my.edit"
        case "changes_requested":
            return gettext("Make the changes"), "my.edit"
        case "published":
            return gettext("Change"), "my.sheet"
        case "removed":
            return "", ""  # its page exists for the coordinators alone
    return gettext("View"), "my.sheet"


def _detail(sheet: Sheet, shown: Revision, status: str) -> str:
    """One sentence on how far the sheet is."""
    online = sheet.published
    if online is not None and online is not shown and sheet.status == SheetStatus.ACTIVE:
        return str(gettext("Revision %(number)s stays online meanwhile", number=online.number))
    match status:
        case "draft" | "changes_requested":
            return str(gettext("Last changed on %(date)s", date=format_date(shown.updated_at, "long")))
        case "submitted":
            return str(gettext("Sent on %(date)s", date=format_date(shown.submitted_at, "long")))
        case "published":
            published = format_date(shown.published_at, "long")
            return str(
                gettext("Revision %(number)s, published on %(date)s", number=shown.number, date=published)
            )
    return ""


_RANK = {
    status: place
    for place, status in enumerate(
        ("changes_requested", "draft", "submitted", "published", "declined", "archived", "removed")
    )
}
