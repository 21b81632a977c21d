"""The pages of review: the queue, the sheet as it will be, and the decisions."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from passerelle.accounts.models import User
from passerelle.moderation import actions
from passerelle.moderation.models import Decision
from passerelle.policy import Permission, may, reviewable_by
from passerelle.sheets.actions import ChangedMeanwhile
from passerelle.sheets.models import Revision, RevisionStatus, Sheet
from passerelle.web.database import db
from passerelle.web.identity import current_actor, current_person
from passerelle.web.languages import current_language
from passerelle.web.permissions import requires
from passerelle.web.review.answers import Problems, conflict, review_page
from passerelle.web.review.confirmations import ARCHIVE, REMOVE, RESTORE, Confirmation
from passerelle.web.review.forms import KEYS, LONGEST, ReviewForm
from passerelle.web.review.listing import address_of, choices_of, queue_page, read_filter, read_page
from passerelle.web.review.page import seen_version, seen_words
from passerelle.web.review.sections import section_name
from passerelle.web.review.words import moment_words
from passerelle.web.services import now
from passerelle.web.sheets.page import commune_words

pages = Blueprint("review", __name__, url_prefix="/<lang:lang>")
pages.add_app_template_global(moment_words, "moment_words")
Act = Callable[[Revision, User, int], Decision]


@pages.route("/review")
@requires(Permission.SEE_QUEUE)
def queue() -> ResponseReturnValue:
    """What waits for this coordinator, the oldest first, and what was decided lately."""
    mine, language, at = reviewable_by(current_actor()), current_language(), now()
    wanted = read_filter(request.args)
    return render_template(
        "review/queue.html",
        queue=queue_page(db.session(), mine, (wanted, read_page(request.args)), at, language),
        choices=choices_of(db.session(), mine, wanted, at, language),
        address=address_of,
    )


@pages.route("/review/<number:number>")
@requires(Permission.VIEW_SUBMITTED)
def show(sheet: Sheet) -> ResponseReturnValue:
    """The sheet as it will be, with what changed, and the decisions for whoever may take them."""
    return review_page(sheet, ReviewForm())


@pages.route("/review/<number:number>/publish", methods=["POST"])
@requires(Permission.PUBLISH)
def publish(sheet: Sheet) -> ResponseReturnValue:
    """Put the revision online; comments would be lost, so they have to be sent or cleared first."""
    form = ReviewForm.read(request.form)
    if not _waits(sheet):
        return conflict(sheet.id, form)
    if form.said or form.note:
        words = gettext("A publication sends no comments: ask for changes, or clear this box")
        boxes = [f"comment-{key}" for key in form.said] + (["note"] if form.note else [])
        return review_page(sheet, form, [(box, words) for box in boxes])
    return _decide(
        sheet,
        form,
        lambda revision, by, seen: actions.publish(db.session(), revision, by, now(), seen),
        gettext("“%(title)s” is published.", title=_title(sheet)),
    )


@pages.route("/review/<number:number>/changes", methods=["POST"])
@requires(Permission.ASK_FOR_CHANGES)
def ask_for_changes(sheet: Sheet) -> ResponseReturnValue:
    """Give the revision back with the comments."""
    form = ReviewForm.read(request.form)
    if not _waits(sheet):
        return conflict(sheet.id, form)
    problems = _too_long(form)
    if not form.said and not form.note:
        problems = [("note", gettext("Say what should be changed, here or beside a section"))]
    if problems:
        return review_page(sheet, form, problems)
    return _decide(
        sheet,
        form,
        lambda revision, by, seen: actions.ask_for_changes(
            db.session(), revision, by, now(), seen, form.said, form.note
        ),
        gettext("Your comments on “%(title)s” are on their way to the municipality.", title=_title(sheet)),
    )


@pages.route("/review/<number:number>/decline", methods=["GET", "POST"])
@requires(Permission.DECLINE)
def decline(sheet: Sheet) -> ResponseReturnValue:
    """Ask for the reason on a page of its own; comments typed before become a first draft of it."""
    form = ReviewForm.read(request.form)
    if not _waits(sheet):
        return conflict(sheet.id, form)
    if "reason" not in request.form:
        return _decline_page(sheet, form, _as_reason(form)), 200
    if error := _reason_problem(form.reason):
        return _decline_page(sheet, form, form.reason, error), 422
    return _decide(
        sheet,
        form,
        lambda revision, by, seen: actions.decline(db.session(), revision, by, now(), seen, form.reason),
        gettext("“%(title)s” is declined, and the municipality hears why.", title=_title(sheet)),
    )


@pages.route("/review/<number:number>/archive", methods=["GET", "POST"])
@requires(Permission.ARCHIVE)
def archive(sheet: Sheet) -> ResponseReturnValue:
    """Take the sheet out of the search."""
    return _confirm(sheet, ARCHIVE)


@pages.route("/review/<number:number>/restore", methods=["GET", "POST"])
@requires(Permission.RESTORE)
def restore(sheet: Sheet) -> ResponseReturnValue:
    """Bring the sheet back."""
    return _confirm(sheet, RESTORE)


@pages.route("/review/<number:number>/remove", methods=["GET", "POST"])
@requires(Permission.REMOVE)
def remove(sheet: Sheet) -> ResponseReturnValue:
    """Take the sheet offline."""
    return _confirm(sheet, REMOVE)


def _waits(sheet: Sheet) -> bool:
    """Whether a text waits for a decision: what was taken back is not for a coordinator to see."""
    return sheet.open is not None and sheet.open.status == RevisionStatus.SUBMITTED


def _decide(sheet: Sheet, form: ReviewForm, act: Act, done: str) -> ResponseReturnValue:
    """Let the action run on the version that was seen, and go back to the queue; 409 when it is too late."""
    number, revision, by = sheet.id, sheet.open, current_person() or abort(403)
    if revision is None:
        return conflict(number, form)
    try:
        act(revision, by, seen_version(form.seen, revision))
    except (ChangedMeanwhile, actions.MoveNotAllowed):
        return conflict(number, form)
    except actions.FourEyes:
        abort(403)
    db.session.commit()
    flash(done, "ok")
    return redirect(url_for("review.queue"))


def _confirm(sheet: Sheet, what: Confirmation) -> ResponseReturnValue:
    """Ask for the reason, then move the whole sheet."""
    form, number = ReviewForm.read(request.form), sheet.id
    if not what.fits(sheet):
        return conflict(number, form)
    error = _reason_problem(form.reason) if request.method == "POST" else ""
    if request.method == "GET" or error:
        page = render_template(
            "review/confirm.html",
            what=what,
            form=form,
            error=error,
            has_errors=bool(error),
            longest=LONGEST,
            **_head(sheet, sheet.published or sheet.revisions[-1]),
        )
        return page, 422 if error else 200
    try:
        what.act(db.session(), sheet, current_person() or abort(403), now(), form.reason)
    except (ChangedMeanwhile, actions.MoveNotAllowed):
        return conflict(number, form)
    except actions.FourEyes:
        abort(403)
    db.session.commit()
    flash(what.done(), "ok")
    return redirect(url_for("review.queue" if may(current_actor(), Permission.SEE_QUEUE) else "my.dashboard"))


def _decline_page(sheet: Sheet, form: ReviewForm, reason: str, error: str = "") -> str:
    seen = form.seen or (seen_words(sheet.open) if sheet.open else "")
    return render_template(
        "review/decline.html",
        reason=reason,
        seen=seen,
        error=error,
        has_errors=bool(error),
        longest=LONGEST,
        **_head(sheet, sheet.open or sheet.revisions[-1]),
    )


def _head(sheet: Sheet, shown: Revision) -> dict[str, object]:
    """What a page about one move says of the sheet; `shown` is a text its reader may read."""
    return {
        "number": sheet.id,
        "title": shown.title,
        "own": str(shown.content_json.get("language", "")),
        "commune": commune_words(sheet.commune, current_language())[0],
    }


def _title(sheet: Sheet) -> str:
    return sheet.open.title if sheet.open else ""


def _reason_problem(reason: str) -> str:
    if not reason:
        return str(gettext("Say why: those concerned will read it"))
    return _shorten() if len(reason) > LONGEST else ""


def _too_long(form: ReviewForm) -> Problems:
    return [(box, _shorten()) for box in form.too_long]


def _shorten() -> str:
    return str(gettext("Shorten this: %(most)s characters are allowed", most=LONGEST))


def _as_reason(form: ReviewForm) -> str:
    """The comments typed so far, each under the name of its section, so that none is lost."""
    language = current_language()
    parts = [f"{section_name(key, language)}: {form.said[key]}" for key in KEYS if key in form.said]
    return "\n\n".join([*([form.note] if form.note else []), *parts])
