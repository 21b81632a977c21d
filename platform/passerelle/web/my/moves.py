"""What a commune does with its own sheet: send it, take it back, throw a draft away, revise."""

from collections.abc import Callable
from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from passerelle.accounts.models import User
from passerelle.core.text import clean_text, legible
from passerelle.moderation import actions as moderation
from passerelle.policy import Permission, Subject, may
from passerelle.sheets.actions import ChangedMeanwhile, RevisionNotPossible, start_revision
from passerelle.sheets.models import Revision, RevisionStatus, Sheet
from passerelle.web.database import db
from passerelle.web.identity import current_actor, current_person
from passerelle.web.my.dashboards import shown_of
from passerelle.web.my.editing import editor_of, form_of
from passerelle.web.my.pages import pages
from passerelle.web.my.sheet_views import can_do, state_page
from passerelle.web.permissions import find_sheet, requires
from passerelle.web.services import now

STALE = (ChangedMeanwhile, RevisionNotPossible, moderation.MoveNotAllowed)


@pages.post("/my/sheets/<number:number>/submit")
@requires(Permission.SUBMIT)
def submit(sheet: Sheet) -> ResponseReturnValue:
    """Send the draft for review; when something is missing, its form says what."""

    def act(revision: Revision, person: User) -> None:
        note = request.form.get("note", revision.note)
        moderation.submit(db.session(), revision, person, now(), _seen(), clean_text(legible(note)))

    try:
        return _move(sheet, act, gettext("The sheet was sent for review. You will get the answer by e-mail."))
    except moderation.NotReady as error:
        revision = _open(sheet)
        shown = replace(editor_of(revision, form_of(revision)), problems=error.problems, after_sending=True)
        return shown.page(422)


@pages.post("/my/sheets/<number:number>/withdraw")
@requires(Permission.WITHDRAW)
def withdraw(sheet: Sheet) -> ResponseReturnValue:
    """Take the sheet back from review: it is a draft again."""

    def act(revision: Revision, person: User) -> None:
        moderation.withdraw(db.session(), revision, person, now(), _seen())

    return _move(sheet, act, gettext("The sheet was withdrawn from review. It is a draft again."))


@pages.get("/my/sheets/<number:number>/discard")
@requires(Permission.DISCARD)
def ask_to_discard(sheet: Sheet) -> ResponseReturnValue:
    """Ask before a draft is thrown away."""
    if not can_do(sheet).discard:
        return redirect(url_for("my.sheet", number=sheet.id))
    return render_template("my/discard.html", sheet=sheet, shown=_open(sheet))


@pages.post("/my/sheets/<number:number>/discard")
@requires(Permission.DISCARD)
def discard(sheet: Sheet) -> ResponseReturnValue:
    """Throw the draft away; what is online stays as it is."""

    def act(revision: Revision, person: User) -> None:
        moderation.discard(db.session(), revision, person, now(), _seen())

    has_more = any(
        each.status != RevisionStatus.DISCARDED for each in sheet.revisions if each is not sheet.open
    )
    said = gettext("The draft was thrown away.")
    return _move(sheet, act, said, to="my.sheet" if has_more else "my.dashboard")


@pages.post("/my/sheets/<number:number>/start-revision")
@requires(Permission.START_REVISION)
def revise(sheet: Sheet) -> ResponseReturnValue:
    """Begin the next version with the words of the last one, and lead to its form."""
    try:
        start_revision(db.session(), sheet, current_person(), now())
    except RevisionNotPossible:
        return _stale(sheet.id)
    number = sheet.id
    db.session.commit()
    return redirect(url_for("my.edit", number=number))


def _move(
    sheet: Sheet, act: Callable[[Revision, User], object], said: str, to: str = "my.sheet"
) -> ResponseReturnValue:
    """Do `act`, commit and say so; the page of the sheet with 409 when it stood otherwise by then."""
    person, number = current_person(), sheet.id
    revision = sheet.open or shown_of(sheet)
    if person is None or revision is None:
        return _stale(number)
    try:
        act(revision, person)
    except STALE:
        return _stale(number)
    db.session.commit()
    flash(said, "ok")
    return redirect(url_for(to) if to == "my.dashboard" else url_for(to, number=number))


def _stale(number: int) -> ResponseReturnValue:
    """The page of the sheet as it stands now, which is not as it stood when the button was shown.

    A coordinator may archive here too, but that page tells of drafts: only its writers see it.
    """
    db.session.rollback()
    sheet = find_sheet(number)
    if not may(current_actor(), Permission.EDIT, Subject.of_sheet(sheet)):
        abort(409)
    return state_page(sheet, remark="stale", status=409)


def _open(sheet: Sheet) -> Revision:
    """The open revision of a sheet that has one."""
    return sheet.open or sheet.revisions[-1]


def _seen() -> int:
    """The version that the page showed; 0, which no revision has, when it does not say."""
    version = request.form.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
