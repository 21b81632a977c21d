"""Show sheets like another one, with the reasons in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from passerelle.search.documents import SearchDocument
from passerelle.search.engine import SearchError
from passerelle.search.page import Highlights, hit_of
from passerelle.search.similar import Alike, alike, alike_draft
from passerelle.sheets.content import SheetContent
from passerelle.vocabulary import FORMS, LANGUAGES, TARGET_GROUPS, Thesaurus
from passerelle.web.services import services
from passerelle.web.sheets.cards import Card, card_of
from passerelle.web.sheets.words import labelled

MOST = 3


@dataclass(frozen=True)
class Likeness:
    """The card of a similar sheet, and why it is shown: a few whole phrases."""

    card: Card
    reasons: tuple[str, ...]


def similar_to(content: SheetContent, number: int, nis: str, language: str) -> tuple[Likeness, ...]:
    """The sheets most like the sheet `number` of the commune `nis`; the index is asked, not the database."""
    running = services()
    try:
        sheet = _document(content, number, nis)
        found = alike(running.search.engine, running.meaning, sheet, MOST)
        return _shown(found, running.search.engine.thesaurus(), language)
    except SearchError:  # the page of a sheet does without; the next search heals the index
        return ()


def similar_to_draft(content: SheetContent, number: int, nis: str, language: str) -> tuple[Likeness, ...]:
    """The published sheets really like what is being written for sheet `number` of the commune `nis`."""
    running = services()
    if not (content.title and content.summary) or content.language not in LANGUAGES:
        return ()
    try:
        draft = _document(content, number, nis)
        found = alike_draft(running.search.engine, running.meaning, draft, MOST)
        return _shown(found, running.search.engine.thesaurus(), language)
    except SearchError:  # as above
        return ()


def _document(content: SheetContent, number: int, nis: str) -> SearchDocument:
    """What is compared of a sheet: title, summary, forms and target groups."""
    return SearchDocument(
        number=number,
        revision_id=0,
        content_hash="",
        ref="",
        language=content.language,
        title=content.title,
        summary=content.summary,
        commune=nis,
        province="",
        region="",
        violence_forms=FORMS.in_order(content.violence_forms),
        target_groups=TARGET_GROUPS.in_order(content.target_groups),
        published_at="",
    )


def _shown(found: Sequence[Alike], thesaurus: Thesaurus, language: str) -> tuple[Likeness, ...]:
    return tuple(Likeness(_card(each.sheet, language), _reasons(each, thesaurus, language)) for each in found)


def _card(sheet: SearchDocument, language: str) -> Card:
    unmarked = Highlights(title=(), summary=(), extract=(), section="", language=sheet.language)
    return card_of(hit_of(sheet, unmarked), language)


def _reasons(each: Alike, thesaurus: Thesaurus, language: str) -> tuple[str, ...]:
    """What the two sheets have in common, the most telling first."""
    concepts = ", ".join(thesaurus.concept(code).label(language) for code in each.concepts)
    forms = ", ".join(form.label for form in labelled(FORMS, each.forms, language))
    groups = ", ".join(group.label for group in labelled(TARGET_GROUPS, each.groups, language))
    reasons = (
        (concepts, gettext("Also about: %(concepts)s", concepts=concepts)),
        (forms, _same_forms(len(each.forms), forms)),
        (groups, _same_groups(len(each.groups), groups)),
        (each.is_near, gettext("Close in meaning")),
    )
    return tuple(words for is_so, words in reasons if is_so)


def _same_forms(count: int, forms: str) -> str:
    words = ngettext(
        "Same form of violence: %(forms)s", "Same forms of violence: %(forms)s", count, forms=forms
    )
    return str(words)


def _same_groups(count: int, groups: str) -> str:
    words = ngettext("Same target group: %(groups)s", "Same target groups: %(groups)s", count, groups=groups)
    return str(words)
