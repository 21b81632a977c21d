"""What no sheet may hold, and what a submitted sheet must hold."""

from dataclasses import replace
from typing import Any

import pytest

from passerelle.sheets.checks import problems_of, warnings_of
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent
from passerelle.sheets.problems import CODES, Problem
from passerelle.sheets.sections import FIELDS
from tests.factories import COMPLETE, CONTACT

NOBODY = Contact()


def codes(
    content: SheetContent = COMPLETE, contact: Contact = CONTACT, *, to_submit: bool = True
) -> list[tuple[str, str]]:
    return [(each.field, each.code) for each in problems_of(content, contact, to_submit=to_submit)]


def test_a_complete_sheet_has_no_problem() -> None:
    assert problems_of(COMPLETE, CONTACT, to_submit=True) == ()


def test_a_draft_needs_only_a_title() -> None:
    assert codes(SheetContent(title="Café"), NOBODY, to_submit=False) == []
    assert codes(SheetContent(), NOBODY, to_submit=False) == [("title", "missing")]


def test_an_empty_sheet_is_told_every_required_field_in_the_order_of_the_fiche() -> None:
    missing = codes(SheetContent(), NOBODY)

    assert missing == [(key, "missing") for key, field in FIELDS.items() if field.required]
    assert [field for field, _ in missing][:3] == ["title", "summary", "starts"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"starts": "bientôt"}, ("starts", "not_a_date")),
        ({"starts": "2013-02-30"}, ("starts", "not_a_date")),
        ({"ends": "31/12/2013"}, ("ends", "not_a_date")),
        ({"sheet_date": "2019"}, ("sheet_date", "not_a_date")),
        ({"violence_forms": ("partner", "brol")}, ("violence_forms", "unknown_code")),
        ({"target_groups": ("brol",)}, ("target_groups", "unknown_code")),
        ({"evaluation_kinds": ("brol",)}, ("evaluation_kinds", "unknown_code")),
        ({"language": "it"}, ("language", "unknown_language")),
        ({"inhabitants": -1}, ("inhabitants", "negative")),
        ({"inhabitants": 10**12}, ("inhabitants", "not_a_number")),
        ({"activities": "a\x00b"}, ("activities", "unreadable")),
        ({"summary": "\ud800"}, ("summary", "unreadable")),
        ({"web_page": "www.x.be\x00"}, ("web_page", "unreadable")),
        ({"objectives": ("a\x00",)}, ("objectives", "unreadable")),
        ({"partnerships": (Partner("brol", "x"),)}, ("partnerships", "unknown_code")),
        ({"partnerships": (Partner("", "x", "\ud800"),)}, ("partnerships", "unreadable")),
        ({"costs": (Cost("robot", "x"),)}, ("costs", "unknown_code")),
        ({"costs": (Cost(what="x", unit="brol"),)}, ("costs", "unknown_code")),
        ({"costs": (Cost(what="x", quantity="0,5"),)}, ("costs", "not_a_number")),
        ({"costs": (Cost(what="x", quantity="-5"),)}, ("costs", "negative")),
        ({"costs": (Cost(what="x", euros="12.345"),)}, ("costs", "not_a_number")),
        ({"costs": (Cost(what="x\x00"),)}, ("costs", "unreadable")),
        ({"activities": "é" * 120_000}, ("sheet", "sheet_too_large")),
    ],
)
def test_no_sheet_may_hold(change: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problem in codes(replace(COMPLETE, **change), to_submit=False)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"title": "x" * 151}, ("title", "too_long")),
        ({"activities": "x" * 10_001}, ("activities", "too_long")),
        ({"objectives": tuple(map(str, range(31)))}, ("objectives", "too_many")),
        ({"objectives": ("x" * 1_001,)}, ("objectives", "too_long")),
        ({"partnerships": (Partner("school"),) * 31}, ("partnerships", "too_many")),
        ({"partnerships": (Partner("", "", "prête un local"),)}, ("partnerships", "missing")),
        ({"partnerships": (Partner("school", "x" * 301),)}, ("partnerships", "too_long")),
        ({"costs": (Cost(what="x"),) * 41}, ("costs", "too_many")),
        ({"costs": (Cost(euros="600"),)}, ("costs", "missing")),
        ({"starts": "2019", "ends": "2018", "ongoing": None}, ("ends", "ends_before_start")),
        ({"ends": "2030", "ongoing": True}, ("ends", "ongoing_with_end")),
        ({"web_page": "javascript:alert(1)"}, ("web_page", "not_a_link")),
        ({"web_page": "https://x.be/" + "a" * 500}, ("web_page", "too_long")),
    ],
)
def test_a_draft_may_hold_it_and_a_submitted_sheet_may_not(
    change: dict[str, Any], problem: tuple[str, str]
) -> None:
    sheet = replace(COMPLETE, **change)

    assert problem in codes(sheet)
    assert codes(sheet, to_submit=False) == []


def test_a_problem_in_a_line_names_the_line_and_its_cell() -> None:
    sheet = replace(COMPLETE, costs=(Cost(what="local"), Cost(what="café", euros="x")))

    assert problems_of(sheet, CONTACT, to_submit=True) == (Problem("costs", "not_a_number", 1, part="euros"),)


@pytest.mark.parametrize("words", ["", "néant", "/", "n.v.t.", "www.qmix-cite.be", "https://commune.be"])
def test_the_web_page_may_be_an_address_or_say_that_there_is_none(words: str) -> None:
    assert codes(replace(COMPLETE, web_page=words)) == []


@pytest.mark.parametrize("email", ["x", "@y.be", "a@b", "a b@c.be", "a@b@c.be", "a@b.be, c@d.be", "<a@b.be>"])
def test_the_e_mail_of_the_contact_is_one_address(email: str) -> None:
    assert codes(contact=replace(CONTACT, email=email)) == [("contact_email", "not_an_email")]


def test_a_contact_is_optional_and_its_texts_have_limits() -> None:
    assert codes(contact=NOBODY) == []
    assert codes(contact=replace(CONTACT, phone="0" * 61)) == [("contact_phone", "too_long")]
    assert codes(contact=replace(CONTACT, name="\x00"), to_submit=False) == [("contact_name", "unreadable")]


def test_a_private_mailbox_is_a_warning_and_no_problem() -> None:
    private = replace(CONTACT, email="Quelquun@GMAIL.com")

    assert codes(contact=private) == []
    assert [each.code for each in warnings_of(private)] == ["private_mailbox"]
    assert warnings_of(CONTACT) == ()


def test_every_code_that_can_be_found_is_in_the_list() -> None:
    found = {code for _, code in codes(SheetContent(language="xx", starts="x"), replace(NOBODY, email="x"))}

    assert found <= set(CODES)
