"""Answer a coordinator: the review page with everything typed still on it, or who was faster."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from passerelle.moderation.queries import history
from passerelle.policy import Permission, Subject, may
from passerelle.sheets.models import RevisionStatus, Sheet
from passerelle.web.database import db
from passerelle.web.identity import current_actor
from passerelle.web.languages import current_language
from passerelle.web.permissions import find_sheet
from passerelle.web.review.forms import CHECKS, LONGEST, ReviewForm
from passerelle.web.review.page import Step, gather, steps_of
from passerelle.web.review.sections import section_name
from passerelle.web.services import now

Problems = Sequence[tuple[str, str]]  # the id of a box and a sentence


def review_page(
    sheet: Sheet, form: ReviewForm, problems: Problems = (), faster: Step | None = None
) -> ResponseReturnValue:
    """The review page with what is typed in `form`: 422 with problems, 409 when somebody was `faster`."""
    asked = request.values.get("view", "")
    page = gather(db.session(), sheet, asked, now(), current_language())
    actor, subject = current_actor(), Subject.of_sheet(sheet)
    body = render_template(
        "review/show.html",
        page=page,
        form=form,
        problems=problems,
        errors=dict(problems),
        faster=faster,
        has_errors=bool(problems),
        check_keys=CHECKS,
        longest=LONGEST,
        may_decide=page.status == RevisionStatus.SUBMITTED and may(actor, Permission.PUBLISH, subject),
        may_remove=may(actor, Permission.REMOVE, subject),
    )
    return body, 422 if problems else 409 if faster else 200


def conflict(number: int, form: ReviewForm) -> ResponseReturnValue:
    """Somebody moved sheet `number` meanwhile: who, when and what, and every word typed is kept (409)."""
    db.session.rollback()
    sheet, actor = find_sheet(number), current_actor()
    last = db.session.scalars(history(sheet.id).limit(1)).first()
    step = steps_of([last])[0] if last else None
    subject = Subject.of_sheet(sheet)
    waits = sheet.open is not None and sheet.open.status == RevisionStatus.SUBMITTED
    if waits and step and may(actor, Permission.PUBLISH, subject):
        return review_page(sheet, form, faster=step)
    body = render_template(
        "review/changed.html",
        number=number,
        step=step,
        is_live=subject.is_live,
        typed=[(section_name(key, current_language()), words) for key, words in form.said.items()],
        form=form,
    )
    return body, 409
