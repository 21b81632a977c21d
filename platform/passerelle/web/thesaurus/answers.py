"""Show an edit before it is made: the term as typed, what it would change, and what stands in its way."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from passerelle.vocabulary import LANGUAGE_NAMES, Concept
from passerelle.web.database import db
from passerelle.web.languages import current_language
from passerelle.web.thesaurus.forms import LONGEST_REASON, TermForm
from passerelle.web.thesaurus.proposal import Proposal, proposed_addition, proposed_removal
from passerelle.web.thesaurus.words import languages_for, shown


def addition_page(concept: Concept, form: TermForm, status: int = 200) -> ResponseReturnValue:
    """The form for a term; once one is typed, what adding it would change. 422 when something is wrong."""
    proposal = None
    if form.is_asked:
        proposal = proposed_addition(db.session(), form.word(concept.code), current_language())
    return _page("thesaurus/add.html", concept, form, proposal, status)


def removal_page(concept: Concept, form: TermForm) -> ResponseReturnValue:
    """What taking the term away would change; 422 when it cannot be."""
    proposal = proposed_removal(db.session(), form.word(concept.code), current_language())
    return _page("thesaurus/take_away.html", concept, form, proposal, 200)


def _page(
    template: str, concept: Concept, form: TermForm, proposal: Proposal | None, status: int
) -> ResponseReturnValue:
    problems = [("term", proposal.error)] if proposal and proposal.error else []
    if form.is_too_long:
        problems.append(
            ("why", gettext("Shorten this: %(most)s characters are allowed", most=LONGEST_REASON))
        )
    body = render_template(
        template,
        code=concept.code,
        name=shown(concept.label(current_language())),
        form=form,
        proposal=proposal,
        problems=problems,
        errors=dict(problems),
        has_errors=bool(problems),
        choices=language_choices(current_language()),
        longest=LONGEST_REASON,
    )
    return body, 422 if problems else status


def language_choices(reader: str) -> list[tuple[str, str]]:
    """The four languages by their own names, that of the reader first."""
    return [(code, LANGUAGE_NAMES.label(code, code)) for code in languages_for(reader)]
