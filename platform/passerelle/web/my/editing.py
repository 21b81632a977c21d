"""The long form of a sheet: shown, kept, checked and sent, without ever losing a word."""

import re
from dataclasses import dataclass, replace

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from passerelle.accounts.models import User
from passerelle.moderation import actions as moderation
from passerelle.moderation.queries import comments
from passerelle.policy import Permission
from passerelle.sheets import actions
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from passerelle.sheets.problems import Problem
from passerelle.sheets.sections import FIELDS
from passerelle.web.database import db
from passerelle.web.identity import current_person
from passerelle.web.my.conflict import THEIRS, Difference, differences, read_digests, with_theirs
from passerelle.web.my.editor import Editor, Stored, comments_by_part, moment_words
from passerelle.web.my.forms import ROW_FIELDS, SheetForm
from passerelle.web.my.layout import PARTS
from passerelle.web.my.pages import pages
from passerelle.web.my.reading import Reading, read
from passerelle.web.permissions import requires
from passerelle.web.services import now

_ROW_ACTION = re.compile(r"(add|del)-(partner|cost)(?:-([0-9]{1,4}))?")
_MOST_SHOWN = {kind: FIELDS[field].limit for field, kind in ROW_FIELDS.items()}
_FIELD_OF = {kind: field for field, kind in ROW_FIELDS.items()}
TOO_LARGE = "sheet_too_large"


@pages.get("/my/sheets/<number:number>/edit")
@requires(Permission.EDIT)
def edit(sheet: Sheet) -> ResponseReturnValue:
    """The form with what is stored; a sheet that cannot be written in leads to its own page."""
    revision = _written_in(sheet)
    if revision is None or revision.status not in actions.EDITABLE:
        return redirect(url_for("my.sheet", number=sheet.id))
    return editor_of(revision, form_of(revision)).page()


@pages.post("/my/sheets/<number:number>/edit")
@requires(Permission.EDIT)
def save(sheet: Sheet) -> ResponseReturnValue:
    """Do what the pressed button says: save, send, preview, add or remove a line."""
    work = Work.of(sheet)
    if work.revision is None:
        return _not_open(work, sheet.revisions[-1])
    if found := _ROW_ACTION.fullmatch(work.do):
        return _change_rows(work, work.revision, found)
    try:
        return _keep(work, work.revision)
    except actions.ChangedMeanwhile as error:
        return _conflict(work, error.stored)
    except (actions.NotOpen, moderation.MoveNotAllowed):
        db.session.rollback()
        return _not_open(work, work.revision)


@dataclass(frozen=True)
class Work:
    """What one press of a button sent."""

    do: str
    seen: int
    form: SheetForm
    choices: dict[str, str]
    person: User | None
    revision: Revision | None

    @classmethod
    def of(cls, sheet: Sheet) -> "Work":
        """What this request sent, its sections taken from the stored text where that was chosen."""
        sent = request.form
        version = sent.get("version", "")
        return cls(
            do=sent.get("do", "save"),
            seen=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
            form=SheetForm.typed(sent),
            choices={part: sent.get(f"choose-{part}", "") for part in PARTS if f"choose-{part}" in sent},
            person=current_person(),
            revision=_written_in(sheet),
        )

    @property
    def saves_by_itself(self) -> bool:
        """Whether the page's script sent this, and not a person."""
        return self.do == "autosave"


def _written_in(sheet: Sheet) -> Revision | None:
    """The open revision; none of a sheet that is archived, which nobody writes in before it is restored."""
    return sheet.open if sheet.status == SheetStatus.ACTIVE else None


def form_of(revision: Revision) -> SheetForm:
    """The form filled in with what is stored in `revision`."""
    return SheetForm.of(revision.content, revision.contact, revision.note)


def _keep(work: Work, revision: Revision) -> ResponseReturnValue:
    """Store what was typed, then go where the button leads. Raises `ChangedMeanwhile`, `NotOpen`."""
    form = _chosen(work, revision)
    reading = read(form)
    if reading.problems:
        return _refused(work, revision, form, reading)
    actions.save(
        db.session(),
        revision,
        reading.content,
        reading.contact,
        work.person,
        now(),
        seen=work.seen,
        note=reading.note,
    )
    if work.do == "submit" and reading.missing:
        shown = replace(
            editor_of(revision, form), problems=reading.to_mend, remark="kept", after_sending=True
        )
        page = shown.page(422)
        db.session.commit()
        return page
    return _kept(work, revision, reading)


def _kept(work: Work, revision: Revision, reading: Reading) -> ResponseReturnValue:
    """Answer after a save that went well."""
    number = revision.sheet_id
    saved = {"version": revision.version, "saved_at": moment_words(revision.updated_at)}
    if work.do == "submit" and work.person is not None:
        moderation.submit(db.session(), revision, work.person, now(), revision.version, reading.note)
    db.session.commit()
    if work.saves_by_itself:
        return jsonify(saved)
    if work.do == "submit":
        return _sent(number)
    if work.do == "preview":
        return redirect(url_for("my.preview", number=number))
    flash(gettext("The draft is saved. You can go on here, or come back later."), "ok")
    return redirect(url_for("my.edit", number=number))


def _sent(number: int) -> ResponseReturnValue:
    """Say that the sheet was sent, on its page."""
    flash(gettext("The sheet was sent for review. You will get the answer by e-mail."), "ok")
    return redirect(url_for("my.sheet", number=number))


def _refused(work: Work, revision: Revision, form: SheetForm, reading: Reading) -> ResponseReturnValue:
    """The form with everything typed and what cannot be stored marked: nothing was saved."""
    status = 413 if any(each.code == TOO_LARGE for each in reading.problems) else 422
    if work.saves_by_itself:
        return jsonify(error="unreadable"), status
    problems = reading.to_mend if work.do == "submit" else reading.problems
    shown = replace(editor_of(revision, form), problems=problems, after_sending=work.do == "submit")
    return _as_seen(shown, work).page(status)


def _change_rows(work: Work, revision: Revision, found: re.Match[str]) -> ResponseReturnValue:
    """The form with one line more or less; nothing is saved yet, and nothing typed is lost."""
    verb, kind, place = found[1], found[2], int(found[3] or 0)
    form = work.form
    problems: tuple[Problem, ...] = ()
    if verb == "add" and len(form.shown_rows(kind)) < _MOST_SHOWN[kind]:
        form = form.with_row(kind)
        place = len(form.rows[kind])
    elif verb == "add":
        place = len(form.rows[kind])
        problems = (Problem(_FIELD_OF[kind], "too_many", limit=_MOST_SHOWN[kind]),)
    else:
        form = form.without_row(kind, place)
        place = max(1, min(place, len(form.rows[kind])))
    shown = replace(
        editor_of(revision, form),
        problems=problems,
        focus=f"{kind}-{place}-kind",
        conflicts=_open_conflicts(work, form, revision),
    )
    return _as_seen(shown, work).page()


def _conflict(work: Work, stored: Revision) -> ResponseReturnValue:
    """Both texts, side by side where they differ: the person chooses, and saves again."""
    began = request.form.get("began", "")
    conflicts = differences(work.form, form_of(stored), read_digests(began), {})
    if not conflicts and work.do != "submit":  # the same button pressed twice
        return _kept(work, stored, read(work.form))
    if work.saves_by_itself:
        return jsonify(error="changed meanwhile", version=stored.version), 409
    shown = replace(editor_of(stored, work.form), began=began, remark="changed", conflicts=conflicts)
    page = shown.page(409)
    db.session.rollback()
    return page


def _not_open(work: Work, revision: Revision) -> ResponseReturnValue:
    """The form with everything typed, for a sheet that was sent or finished in the meantime."""
    if work.saves_by_itself:
        return jsonify(error="not open"), 409
    if work.do == "submit" and revision.status == RevisionStatus.SUBMITTED and _says(revision, work.form):
        return _sent(revision.sheet_id)  # the same button pressed twice
    return replace(editor_of(revision, work.form), remark="closed").page(409)


def _says(revision: Revision, form: SheetForm) -> bool:
    """Whether `revision` says word for word what was typed."""
    typed, said = read(form), (revision.content, revision.contact, revision.note)
    return (typed.content, typed.contact, typed.note) == said


def _chosen(work: Work, revision: Revision) -> SheetForm:
    """What was typed, with the stored words in the sections where they were chosen.

    Raises `ChangedMeanwhile` when the stored words are not those the person saw.
    """
    theirs = [part for part, choice in work.choices.items() if choice == THEIRS]
    if theirs and revision.version != work.seen:
        raise actions.ChangedMeanwhile(revision)
    return with_theirs(work.form, form_of(revision), theirs)


def _open_conflicts(work: Work, form: SheetForm, revision: Revision) -> dict[str, Difference]:
    """The sections still to be chosen, when a line is added on the page that compares two texts."""
    if not work.choices:
        return {}
    found = differences(form, form_of(revision), {}, work.choices)
    return {part: each for part, each in found.items() if part in work.choices}


def editor_of(revision: Revision, form: SheetForm) -> Editor:
    """The page for `form`, with what is stored and what the coordinators wrote beside the sections."""
    said = db.session.scalars(comments(revision.id)).all()
    return Editor(form, Stored.of(revision), comments=comments_by_part(said))


def _as_seen(editor: Editor, work: Work) -> Editor:
    """The page for somebody who has not saved: the next save counts from the version they saw."""
    if editor.stored is None:
        return editor
    stored = replace(editor.stored, version=work.seen, saved_at="")
    return replace(editor, stored=stored, began=request.form.get("began", ""))
