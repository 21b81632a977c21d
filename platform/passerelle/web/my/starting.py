"""Begin a sheet: whose it is, what it is called, in which language."""

from dataclasses import dataclass
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from passerelle.accounts.models import Commune, Membership, Role
from passerelle.core.text import clean_line, legible
from passerelle.policy import Permission
from passerelle.sheets import actions
from passerelle.sheets.checks import problems_of
from passerelle.sheets.content import Contact, SheetContent
from passerelle.sheets.models import RevisionStatus
from passerelle.sheets.queries import begun_by
from passerelle.vocabulary import LANGUAGE_NAMES, LANGUAGES
from passerelle.web.database import db
from passerelle.web.identity import current_person
from passerelle.web.languages import current_language
from passerelle.web.my.pages import pages
from passerelle.web.permissions import requires
from passerelle.web.problem_words import sentence_of
from passerelle.web.services import now

WRITERS = (Role.CONTRIBUTOR, Role.MANAGER)
_PRESSED_TWICE = timedelta(minutes=1)


@dataclass(frozen=True)
class Beginning:
    """What was typed on the first page: two fields, as they were typed."""

    title: str = ""
    language: str = ""
    error: str = ""


def communes_i_write_for() -> list[Membership]:
    """The memberships of the person who looks that let them write sheets."""
    person = current_person()
    return [each for each in person.memberships if each.role in WRITERS] if person else []


@pages.get("/my/sheets/new")
@requires(Permission.USE_DASHBOARD)
def start() -> ResponseReturnValue:
    """Choose the commune; with one only, there is nothing to choose."""
    mine = communes_i_write_for()
    if len(mine) == 1:
        return redirect(url_for("my.begin", nis=mine[0].commune_nis))
    return render_template("my/choose.html", communes=[each.commune for each in mine])


@pages.get("/my/communes/<nis:nis>/sheets/new")
@requires(Permission.CREATE_SHEET)
def begin(commune: Commune) -> ResponseReturnValue:
    """Ask for the title and the language."""
    return start_page(commune, Beginning(language=commune.languages.split(",")[0]))


@pages.post("/my/communes/<nis:nis>/sheets/new")
@requires(Permission.CREATE_SHEET)
def create(commune: Commune) -> ResponseReturnValue:
    """Begin the sheet and lead to its form; pressed twice, lead to the same one."""
    typed = typed_beginning()
    content = SheetContent(title=clean_line(legible(typed.title)), language=typed.language)
    problems = problems_of(content, Contact(), to_submit=False)
    if problems:
        answer = Beginning(typed.title, typed.language, " ".join(map(sentence_of, problems)))
        return start_page(commune, answer), 422
    number = _begun_just_now(commune, content)
    if number is None:
        number = actions.start_sheet(
            db.session(), commune, content, Contact(), current_person(), now()
        ).sheet_id
        db.session.commit()
    return redirect(url_for("my.edit", number=number))


def typed_beginning() -> Beginning:
    """What this request sent."""
    return Beginning(request.form.get("title", ""), request.form.get("language", ""))


def start_page(commune: Commune, typed: Beginning) -> str:
    """The first page, with what was typed."""
    return render_template(
        "my/begin.html",
        commune=commune,
        typed=typed,
        languages_of_sheets=[(code, LANGUAGE_NAMES.label(code, code)) for code in LANGUAGES],
        commune_name=commune.name(current_language()),
    )


def _begun_just_now(commune: Commune, content: SheetContent) -> int | None:
    """The number of the sheet this person began a moment ago with the same words: a button pressed twice."""
    person = current_person()
    last = db.session.scalar(begun_by(person.id, commune.nis).limit(1)) if person else None
    if last is None or last.created_at < now() - _PRESSED_TWICE or last.status != RevisionStatus.DRAFT:
        return None
    return last.sheet_id if last.content == content else None
