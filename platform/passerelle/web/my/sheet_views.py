"""One sheet of mine: its state, what was decided and said, what can be done now; and how it will look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from passerelle.moderation.models import ReviewComment
from passerelle.moderation.queries import comments, history
from passerelle.policy import Permission, Subject, may
from passerelle.sheets.actions import EDITABLE
from passerelle.sheets.checks import problems_of, warnings_of
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from passerelle.sheets.sections import BY_KEY
from passerelle.vocabulary import SECTIONS
from passerelle.web.database import db
from passerelle.web.identity import current_actor
from passerelle.web.languages import current_language
from passerelle.web.my.dashboards import shown_of, status_of
from passerelle.web.my.pages import pages
from passerelle.web.permissions import requires
from passerelle.web.problem_words import sentence_of, summary_of
from passerelle.web.sheets.page import ContactLine, commune_words, sheet_page


@dataclass(frozen=True)
class Can:
    """What can be done with the sheet now, by this person."""

    edit: bool
    submit: bool
    withdraw: bool
    discard: bool
    revise: bool
    archive: bool


@pages.get("/my/sheets/<number:number>")
@requires(Permission.EDIT)
def sheet(sheet: Sheet) -> ResponseReturnValue:
    """The state of the sheet, its decisions with their reasons and comments, and what can be done."""
    return state_page(sheet)


@pages.get("/my/sheets/<number:number>/preview")
@requires(Permission.EDIT)
def preview(sheet: Sheet) -> ResponseReturnValue:
    """The sheet as it will look when it is published, with what is still missing."""
    shown = sheet.open or sheet.published or sheet.revisions[-1]
    problems = problems_of(shown.content, shown.contact, to_submit=True)
    return render_template(
        "my/preview.html",
        page=sheet_page(sheet, shown, current_language()),
        contact=_contact_of(shown),
        can=can_do(sheet),
        missing=[summary_of(each) for each in problems],
        version=shown.version,
    )


def state_page(sheet: Sheet, remark: str = "", status: int = 200) -> ResponseReturnValue:
    """The page of the sheet; `remark` is the code of a note above it."""
    shown = shown_of(sheet) or sheet.revisions[-1]
    language = current_language()
    commune, area = commune_words(sheet.commune, language)
    page = render_template(
        "my/sheet.html",
        sheet=sheet,
        shown=shown,
        status=status_of(sheet, shown),
        commune=commune,
        area=area,
        can=can_do(sheet),
        decisions=db.session.scalars(history(sheet.id)).all(),
        comments=_by_decision(sheet.revisions),
        section_name=_section_name,
        warnings=[sentence_of(each) for each in warnings_of(shown.contact)],
        remark=remark,
    )
    return page, status


def can_do(sheet: Sheet) -> Can:
    """What the policy and the state of `sheet` allow the person who looks."""
    actor, subject = current_actor(), Subject.of_sheet(sheet)
    active = sheet.status == SheetStatus.ACTIVE
    status = sheet.open.status if sheet.open and active else ""

    def allowed(permission: Permission) -> bool:
        return may(actor, permission, subject)

    return Can(
        edit=status in EDITABLE and allowed(Permission.EDIT),
        submit=status in EDITABLE and allowed(Permission.SUBMIT),
        withdraw=status == RevisionStatus.SUBMITTED and allowed(Permission.WITHDRAW),
        discard=status in EDITABLE and allowed(Permission.DISCARD),
        revise=active and sheet.open is None and allowed(Permission.START_REVISION),
        archive=active and sheet.published is not None and allowed(Permission.ARCHIVE),
    )


def _by_decision(revisions: Sequence[Revision]) -> Mapping[int, list[ReviewComment]]:
    """The comments on all revisions, by the number of the decision they were made with."""
    found: dict[int, list[ReviewComment]] = {}
    for revision in revisions:
        for each in db.session.scalars(comments(revision.id)):
            found.setdefault(each.decision_id, []).append(each)
    for said in found.values():
        said.sort(key=lambda each: BY_KEY[each.section].number if each.section in BY_KEY else 0)
    return found


def _section_name(comment: ReviewComment) -> str:
    """The number and name of the section a comment stands beside; "" for the header."""
    section = BY_KEY.get(comment.section)
    if section is None:
        return ""
    return f"{section.number} {SECTIONS.label(section.key, current_language())}"


def _contact_of(shown: Revision) -> ContactLine:
    """The contact as other communes will see it."""
    contact = shown.contact
    return ContactLine(
        contact.job_title, is_open=True, name=contact.name, phone=contact.phone, email=contact.email
    )
