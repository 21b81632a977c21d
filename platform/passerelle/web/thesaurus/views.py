"""The pages of the thesaurus: the list of concepts, one concept, and what an edit would change."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.routing import BaseConverter

from passerelle.accounts.models import User
from passerelle.moderation.models import ThesaurusEdit
from passerelle.moderation.thesaurus import (
    AlreadyUndone,
    TermRefused,
    add_term,
    edits_in_force,
    take_term_away,
    thesaurus_now,
    undo,
)
from passerelle.policy import Permission
from passerelle.search.consequences import is_searchable
from passerelle.vocabulary import Concept, Thesaurus
from passerelle.web.database import db
from passerelle.web.identity import current_person
from passerelle.web.languages import current_language
from passerelle.web.permissions import requires
from passerelle.web.services import now, services
from passerelle.web.thesaurus.answers import addition_page, language_choices, removal_page
from passerelle.web.thesaurus.forms import TermForm
from passerelle.web.thesaurus.listing import Wanted, concept_list, kind_choices
from passerelle.web.thesaurus.page import concept_page, edit_lines

pages = Blueprint("thesaurus", __name__, url_prefix="/<lang:lang>")


class ConceptConverter(BaseConverter):
    """The code of a concept, whether there is one of that code or not."""

    regex = "[a-z][a-z0-9_]{0,39}"


@pages.record_once
def _teach(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["concept"] = ConceptConverter


@pages.get("/thesaurus")
@requires(Permission.EDIT_THESAURUS)
def index() -> ResponseReturnValue:
    """The concepts, those that a word leads to, and what was changed lately."""
    session, reader = db.session(), current_language()
    thesaurus, edits = thesaurus_now(session), edits_in_force(session)
    return render_template(
        "thesaurus/index.html",
        concepts=concept_list(thesaurus, edits, Wanted.read(request.args), reader),
        kinds=kind_choices(),
        edits=edit_lines(session, thesaurus, reader),
        is_known=services().search.knows(thesaurus),
    )


@pages.get("/thesaurus/<concept:code>")
@requires(Permission.EDIT_THESAURUS)
def show(code: str) -> ResponseReturnValue:
    """One concept: its terms, its neighbours, who changed what, and room to add a term."""
    session, reader = db.session(), current_language()
    thesaurus, concept = _find(code)
    return render_template(
        "thesaurus/show.html",
        page=concept_page(session, thesaurus, concept, reader),
        form=TermForm(reader),
        choices=language_choices(reader),
        is_known=services().search.knows(thesaurus),
    )


@pages.get("/thesaurus/<concept:code>/add")
@requires(Permission.EDIT_THESAURUS)
def add(code: str) -> ResponseReturnValue:
    """What adding the term would change."""
    return addition_page(_find(code)[1], TermForm.read(request.args, current_language()))


@pages.post("/thesaurus/<concept:code>/add")
@requires(Permission.EDIT_THESAURUS)
def add_now(code: str) -> ResponseReturnValue:
    """Add the term; what was not seen before it was sent is shown first."""
    concept, form = _find(code)[1], TermForm.read(request.form, current_language())
    word = form.word(code)
    if form.is_too_long or not is_searchable(word.term, word.language):
        return addition_page(concept, form)
    try:
        add_term(db.session(), word, _person(), now(), form.why, knowing=form.knowing)
    except TermRefused:
        return addition_page(concept, form, status=409)
    return _done(code, gettext("“%(term)s” is added. The search takes it in now.", term=word.term))


@pages.get("/thesaurus/<concept:code>/take-away")
@requires(Permission.EDIT_THESAURUS)
def take_away(code: str) -> ResponseReturnValue:
    """What taking the term away would change; without a term, its concept is where one is chosen."""
    concept, form = _find(code)[1], TermForm.read(request.args, current_language())
    if not form.is_asked:
        return redirect(url_for("thesaurus.show", code=code))
    return removal_page(concept, form)


@pages.post("/thesaurus/<concept:code>/take-away")
@requires(Permission.EDIT_THESAURUS)
def take_away_now(code: str) -> ResponseReturnValue:
    """Take the term away."""
    concept, form = _find(code)[1], TermForm.read(request.form, current_language())
    word = form.word(code)
    if form.is_too_long:
        return removal_page(concept, form)
    try:
        take_term_away(db.session(), word, _person(), now(), form.why)
    except TermRefused:
        return removal_page(concept, form)
    return _done(code, gettext("“%(term)s” is taken away. The search forgets it now.", term=word.term))


@pages.post("/thesaurus/edits/<number:edit>/undo")
@requires(Permission.EDIT_THESAURUS)
def undo_edit(edit: int) -> ResponseReturnValue:
    """Undo an edit; who comes too late is told that somebody has done so."""
    row = db.session.get(ThesaurusEdit, edit) or abort(404)
    code, term = row.concept, row.term
    try:
        undo(db.session(), row, _person(), now())
    except AlreadyUndone:
        flash(gettext("Somebody has undone that before: nothing was changed."), "warm")
        return redirect(_address_of(code))
    return _done(code, gettext("The change of “%(term)s” is undone. The search follows now.", term=term))


def _find(code: str) -> tuple[Thesaurus, Concept]:
    """The thesaurus as it is now, and its concept of that code; 404 when there is none."""
    thesaurus = thesaurus_now(db.session())
    if code not in thesaurus:
        abort(404)
    return thesaurus, thesaurus.concept(code)


def _person() -> User:
    return current_person() or abort(403)


def _done(code: str, said: str) -> ResponseReturnValue:
    """Commit, say so, and lead back to the concept; whoever keeps the index is woken after the answer."""
    address = _address_of(code)
    db.session.commit()
    flash(said, "ok")
    return redirect(address)


def _address_of(code: str) -> str:
    """The page of a concept, or the list when the concept is not shipped any more."""
    known = code in thesaurus_now(db.session())
    return url_for("thesaurus.show", code=code) if known else url_for("thesaurus.index")
