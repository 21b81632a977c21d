"""Check what a sheet says: what no sheet may hold, and what a sheet must hold before it is submitted."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from passerelle.core.text import is_readable
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent
from passerelle.sheets.dates import ends_before, is_date, is_day
from passerelle.sheets.links import link_of, says_there_is_none
from passerelle.sheets.numbers import MOST_DIGITS, is_decimal, is_euros
from passerelle.sheets.problems import Problem
from passerelle.sheets.sections import FIELDS, ITEM_LIMIT, ROW_LIMIT, SHEET_LIMIT, Field, FieldKind
from passerelle.vocabulary import (
    COST_KINDS,
    COST_UNITS,
    EVALUATION_KINDS,
    FORMS,
    LANGUAGES,
    PARTNER_KINDS,
    TARGET_GROUPS,
    VocabularyList,
)

LISTS: Mapping[str, VocabularyList] = {
    "forms": FORMS,
    "target_groups": TARGET_GROUPS,
    "evaluation_kinds": EVALUATION_KINDS,
}
CONTACT_LIMITS: Mapping[str, int] = {"name": 150, "job_title": 150, "phone": 60, "email": 254}
PRIVATE_MAILBOXES = frozenset(
    {
        *("gmail.com", "googlemail.com", "icloud.com", "me.com", "msn.com", "yahoo.com", "yahoo.fr"),
        *("hotmail.com", "hotmail.be", "hotmail.fr", "outlook.com", "outlook.be", "outlook.fr"),
        *("live.com", "live.be", "live.fr", "gmx.de", "gmx.net", "web.de", "laposte.net", "orange.fr"),
        *("skynet.be", "belgacom.net", "proximus.be", "telenet.be", "scarlet.be", "voo.be", "brutele.be"),
    }
)
_EMAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]+@[^@\s<>\"(),:;\\\[\]]+\.[^@\s<>\"(),:;\\\[\].]{2,}")

Found = Iterator[Problem]


def problems_of(content: SheetContent, contact: Contact, *, to_submit: bool) -> tuple[Problem, ...]:
    """What must be mended before the sheet can be kept, or with `to_submit` before it can be submitted.

    A draft needs a title and values that mean something: real dates, known codes, numbers, characters
    that can be stored, 200 kB at most. What is submitted is complete and within the limits of
    `sections.py` too. In the order of the form: header, the twelve sections, the whole.
    """
    found = [*_header(content), *_of_contact(contact, to_submit=to_submit)]
    for field in FIELDS.values():
        found += _of_field(content, field, to_submit=to_submit)
    found += _of_the_whole(content, contact)
    return tuple(dict.fromkeys(found))


def warnings_of(contact: Contact) -> tuple[Problem, ...]:
    """What deserves a second look before others read it: a private mailbox where the office's would do."""
    domain = contact.email.lower().rpartition("@")[2]
    return (Problem("contact_email", "private_mailbox"),) if domain in PRIVATE_MAILBOXES else ()


def _header(content: SheetContent) -> Found:
    if content.language not in LANGUAGES:
        yield Problem("language", "unknown_language")
    if content.inhabitants is not None and content.inhabitants < 0:
        yield Problem("inhabitants", "negative")
    elif content.inhabitants is not None and content.inhabitants >= 10**MOST_DIGITS:
        yield Problem("inhabitants", "not_a_number")
    if content.sheet_date is not None and not is_day(content.sheet_date):
        yield Problem("sheet_date", "not_a_date")


def _of_contact(contact: Contact, *, to_submit: bool) -> Found:
    for key, text in contact.to_json().items():
        if not is_readable(text):
            yield Problem(f"contact_{key}", "unreadable")
        elif to_submit and len(text) > CONTACT_LIMITS[key]:
            yield Problem(f"contact_{key}", "too_long", limit=CONTACT_LIMITS[key])
    if to_submit and contact.email and not _EMAIL.fullmatch(contact.email):
        yield Problem("contact_email", "not_an_email")


def _of_field(content: SheetContent, field: Field, *, to_submit: bool) -> Found:
    value = getattr(content, field.key)
    if value in ("", None, ()):
        if field.key == "title" or (to_submit and field.required):
            yield Problem(field.key, "missing")
        return
    yield from _ALWAYS[field.kind](field, value)
    if to_submit:
        yield from _BEFORE_SUBMITTING[field.kind](field, value)
        if field.key == "ends":
            yield from _of_the_end(content)


def _of_the_end(content: SheetContent) -> Found:
    """Section 3: an end comes after its start, and "2013 till now" has none."""
    starts, ends = content.starts or "", content.ends or ""
    if is_date(starts) and is_date(ends) and ends_before(ends, starts):
        yield Problem("ends", "ends_before_start")
    elif content.ongoing:
        yield Problem("ends", "ongoing_with_end")


def _of_the_whole(content: SheetContent, contact: Contact) -> Found:
    stored = json.dumps({**content.to_json(), "contact": contact.to_json()}, ensure_ascii=False)
    if len(stored.encode("utf-8", "surrogatepass")) > SHEET_LIMIT:
        yield Problem("sheet", "sheet_too_large", limit=SHEET_LIMIT // 1000)


# What no sheet may hold, by the shape of the field.


def _readable(field: Field, value: str) -> Found:
    if not is_readable(value):
        yield Problem(field.key, "unreadable")


def _real_date(field: Field, value: str) -> Found:
    if not is_date(value):
        yield Problem(field.key, "not_a_date")


def _known_codes(field: Field, value: tuple[str, ...]) -> Found:
    if any(code not in LISTS[field.vocabulary] for code in value):
        yield Problem(field.key, "unknown_code")


def _readable_items(field: Field, value: tuple[str, ...]) -> Found:
    if not all(map(is_readable, value)):
        yield Problem(field.key, "unreadable")


def _sound_partners(field: Field, value: tuple[Partner, ...]) -> Found:
    for row, partner in enumerate(value):
        if partner.kind and partner.kind not in PARTNER_KINDS:
            yield Problem(field.key, "unknown_code", row, part="kind")
        for part in ("name", "role"):
            if not is_readable(getattr(partner, part)):
                yield Problem(field.key, "unreadable", row, part=part)


def _sound_costs(field: Field, value: tuple[Cost, ...]) -> Found:
    for row, cost in enumerate(value):
        for part, known in (("kind", COST_KINDS), ("unit", COST_UNITS)):
            if getattr(cost, part) not in known:
                yield Problem(field.key, "unknown_code", row, part=part)
        for part in ("what", "provider"):
            if not is_readable(getattr(cost, part)):
                yield Problem(field.key, "unreadable", row, part=part)
        for part, is_sound in (("quantity", is_decimal), ("euros", is_euros)):
            number = getattr(cost, part)
            if number is not None and not is_sound(number):
                code = "negative" if number.startswith("-") else "not_a_number"
                yield Problem(field.key, code, row, part=part)


# What a submitted sheet keeps to besides, by the shape of the field.


def _short_enough(field: Field, value: str) -> Found:
    if len(value) > field.limit:
        yield Problem(field.key, "too_long", limit=field.limit)


def _link(field: Field, value: str) -> Found:
    yield from _short_enough(field, value)
    if link_of(value) is None and not says_there_is_none(value):
        yield Problem(field.key, "not_a_link")


def _few_enough(field: Field, value: tuple[object, ...]) -> Found:
    if len(value) > field.limit:
        yield Problem(field.key, "too_many", limit=field.limit)


def _short_items(field: Field, value: tuple[str, ...]) -> Found:
    yield from _few_enough(field, value)
    if any(len(item) > ITEM_LIMIT for item in value):
        yield Problem(field.key, "too_long", limit=ITEM_LIMIT)


def _complete_partners(field: Field, value: tuple[Partner, ...]) -> Found:
    yield from _few_enough(field, value)
    for row, partner in enumerate(value):
        if not partner.name and not partner.kind:
            yield Problem(field.key, "missing", row, part="name")
        yield from _short_cells(field, row, {"name": partner.name, "role": partner.role})


def _complete_costs(field: Field, value: tuple[Cost, ...]) -> Found:
    yield from _few_enough(field, value)
    for row, cost in enumerate(value):
        if not cost.what:
            yield Problem(field.key, "missing", row, part="what")
        yield from _short_cells(field, row, {"what": cost.what, "provider": cost.provider})


def _short_cells(field: Field, row: int, cells: Mapping[str, str]) -> Found:
    for part, text in cells.items():
        if len(text) > ROW_LIMIT:
            yield Problem(field.key, "too_long", row, ROW_LIMIT, part)


def _anything(_field: Field, _value: object) -> Found:
    yield from ()


Check = Callable[[Field, Any], Found]  # Any: each check knows the type of its own kind of field
_ALWAYS: Mapping[FieldKind, Check] = {
    FieldKind.LINE: _readable,
    FieldKind.TEXT: _readable,
    FieldKind.LINK: _readable,
    FieldKind.DATE: _real_date,
    FieldKind.YES_NO: _anything,
    FieldKind.CODES: _known_codes,
    FieldKind.LINES: _readable_items,
    FieldKind.PARTNERS: _sound_partners,
    FieldKind.COSTS: _sound_costs,
}
_BEFORE_SUBMITTING: Mapping[FieldKind, Check] = {
    FieldKind.LINE: _short_enough,
    FieldKind.TEXT: _short_enough,
    FieldKind.LINK: _link,
    FieldKind.DATE: _anything,
    FieldKind.YES_NO: _anything,
    FieldKind.CODES: _few_enough,
    FieldKind.LINES: _short_items,
    FieldKind.PARTNERS: _complete_partners,
    FieldKind.COSTS: _complete_costs,
}
