"""Make the page of a sheet from one of its revisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import url_for
from flask_babel import format_decimal

from passerelle.accounts.models import Commune
from passerelle.policy import Permission, Subject, may
from passerelle.sheets.content import Contact, SheetContent
from passerelle.sheets.links import link_of
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from passerelle.vocabulary import (
    COST_KINDS,
    EVALUATION_KINDS,
    FICHE_WORDS,
    FORMS,
    PARTNER_KINDS,
    SECTION_QUESTIONS,
    SECTIONS,
    TARGET_GROUPS,
)
from passerelle.web.identity import current_actor
from passerelle.web.sheets.addresses import absolute
from passerelle.web.sheets.words import (
    Labelled,
    euros_words,
    known_commune,
    labelled,
    moment,
    name_of,
    partial_date,
    period_line,
    quantity_words,
)


@dataclass(frozen=True)
class PartnerLine:
    """One partner: the kind in the reader's words, the name and the role in the sheet's."""

    kind: str
    name: str
    role: str


@dataclass(frozen=True)
class CostLine:
    """One line of section 12: kind, quantity and amount in the reader's words, the rest in the sheet's."""

    kind: str
    stated: bool
    quantity: str
    what: str
    provider: str
    euros: str


@dataclass(frozen=True)
class ContactLine:
    """The person to call, as far as this reader may know: without a name only the function is known."""

    job_title: str
    is_open: bool
    name: str = ""
    phone: str = ""
    phone_link: str = ""
    email: str = ""
    email_link: str = ""


@dataclass(frozen=True)
class SheetPage:
    """Everything the page of a sheet shows, but for the contact; `content` is in `content.language`."""

    number: int
    address: str
    content: SheetContent
    commune_nis: str
    commune_name: str
    area_name: str
    inhabitants: str
    sheet_date: str
    period: str | None
    forms: tuple[Labelled, ...]
    all_forms: tuple[tuple[str, str], ...]
    groups: tuple[Labelled, ...]
    partners: tuple[PartnerLine, ...]
    partner_kinds: tuple[Labelled, ...]
    costs: tuple[CostLine, ...]
    states_euros: bool
    evaluation_kinds: tuple[Labelled, ...]
    web_page: str | None
    web_page_words: str
    section_names: tuple[str, ...]
    questions: dict[str, str]
    revision: int
    published_on: str
    form_title: str
    reminder: str
    is_current: bool
    is_archived: bool

    def section_name(self, number: int) -> str:
        """The name of a section, by its number on the fiche."""
        return self.section_names[number - 1]


def sheet_page(sheet: Sheet, shown: Revision, language: str) -> SheetPage:
    """The page of `sheet` with the text of `shown`, for a reader of `language`."""
    content = shown.content
    commune, area = commune_words(sheet.commune, language)
    return SheetPage(
        number=sheet.id,
        address=absolute(url_for("sheets.show", lang=language, number=sheet.id)),
        content=content,
        commune_nis=sheet.commune_nis,
        commune_name=commune,
        area_name=area,
        inhabitants=format_decimal(content.inhabitants) if content.inhabitants is not None else "",
        sheet_date=partial_date(content.sheet_date),
        period=period_line(content.starts, content.ends, content.ongoing),
        forms=labelled(FORMS, content.violence_forms, language),
        all_forms=FORMS.choices(language),
        groups=labelled(TARGET_GROUPS, content.target_groups, language),
        partners=_partners(content, language),
        partner_kinds=labelled(PARTNER_KINDS, (each.kind for each in content.partnerships), language),
        costs=_costs(content, language),
        states_euros=any(each.euros for each in content.costs),
        evaluation_kinds=labelled(EVALUATION_KINDS, content.evaluation_kinds, language),
        web_page=link_of(content.web_page),
        web_page_words=content.web_page.split("://", 1)[-1].rstrip("/"),
        section_names=tuple(SECTIONS.label(code, language) for code in SECTIONS.codes),
        questions=dict(SECTION_QUESTIONS.choices(language)),
        revision=shown.number,
        published_on=moment(shown.published_at),
        form_title=FICHE_WORDS.label("form_title", language),
        reminder=FICHE_WORDS.label("reminder", language),
        is_current=shown.status == RevisionStatus.PUBLISHED,
        is_archived=sheet.status == SheetStatus.ARCHIVED,
    )


def commune_words(commune: Commune, language: str) -> tuple[str, str]:
    """The commune's name and where it lies, for a reader of `language`."""
    found = known_commune(commune.nis)
    if found is None:
        return commune.name(language), ""
    return name_of(found, language), found.area_name(language)


def moves_for_reader(sheet: Sheet) -> set[str]:
    """What this reader may do with the sheet as it stands: "archive", "restore", "remove", or nothing."""
    permission_of = {
        SheetStatus.ACTIVE: {"archive": Permission.ARCHIVE, "remove": Permission.REMOVE},
        SheetStatus.ARCHIVED: {"restore": Permission.RESTORE, "remove": Permission.REMOVE},
    }
    subject, offered = Subject.of_sheet(sheet), permission_of.get(SheetStatus(sheet.status), {})
    return {move for move, permission in offered.items() if may(current_actor(), permission, subject)}


def contact_for_reader(sheet: Sheet, shown: Revision) -> ContactLine | None:
    """The contact of the revision online, with name, phone and e-mail for signed-in members only.

    None for an earlier revision: the person may have left, or asked not to be named any more.
    """
    if shown.status != RevisionStatus.PUBLISHED:
        return None
    contact = shown.contact
    if may(current_actor(), Permission.VIEW_CONTACT, Subject.of_sheet(sheet)):
        return _open_contact(contact)
    return ContactLine(contact.job_title, is_open=False)


def _open_contact(contact: Contact) -> ContactLine:
    digits = "".join(sign for sign in contact.phone if sign in "+0123456789")
    return ContactLine(
        contact.job_title,
        is_open=True,
        name=contact.name,
        phone=contact.phone,
        phone_link=f"tel:{digits}" if digits else "",
        email=contact.email,
        email_link=f"mailto:{quote(contact.email, safe='@')}" if "@" in contact.email else "",
    )


def _partners(content: SheetContent, language: str) -> tuple[PartnerLine, ...]:
    return tuple(
        PartnerLine(_label(PARTNER_KINDS.choices(language), each.kind), each.name, each.role)
        for each in content.partnerships
    )


def _costs(content: SheetContent, language: str) -> tuple[CostLine, ...]:
    kinds = COST_KINDS.choices(language)
    return tuple(
        CostLine(
            _label(kinds, each.kind),
            bool(each.quantity),
            quantity_words(each.quantity, each.unit, language),
            each.what,
            each.provider,
            euros_words(each.euros, language),
        )
        for each in content.costs
    )


def _label(choices: Sequence[tuple[str, str]], code: str) -> str:
    return dict(choices).get(code, "")
