"""No text breaks the form or becomes markup."""

import pytest

from tests.web.my.drafts import edit
from tests.web.my.officer import Officer, Page

CANARY = "<script>alert('canary')</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


TEXTS = (
    *(
        "title",
        "summary",
        "starts",
        "ends",
        "duration_note",
        "activities",
        "objectives",
        "target_groups_text",
    ),
    *("outreach", "web_page", "innovation", "evaluation_method", "inhabitants", "sheet_date", "note"),
    *("contact_name", "contact_job_title", "contact_phone", "contact_email"),
    *("partner-1-kind", "partner-1-name", "partner-1-role", "cost-1-kind", "cost-1-what", "cost-1-quantity"),
    *("cost-1-unit", "cost-1-provider", "cost-1-euros", "version", "began", "do", "language", "ongoing"),
)


def is_harmless(page: Page) -> bool:
    """Whether no canary became an element, an attribute or a formula."""
    scripts = [each for each in page.all("script") if not each.get("src")]
    return not scripts and not page.all("img") and "49" not in page.words()


HOSTILE = (
    "\x00",
    "a\x0bb\x0c\x85c\u2028d",
    "\u202eevil\u200b\ufeff",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧 \U0010ffff",
    "%s %(x)s {x} {{x}} ${x} {% raw %}",
    "' OR 1=1; DROP TABLE sheets;--",
    "9" * 400,
    "1e999",
    "NaN",
    "-0",
    "٣٤",
    "../../etc/passwd",
    "=1+1",
    "\r\n" * 50,
    "é\u0301" * 50,
    "http://[::1",
    "http://a:99999999999/",
    "0" * 5_000,
    "2013-13-45",
    "01/01/0000",
)


def test_no_text_becomes_markup_in_the_form_in_a_conflict_or_anywhere(officer: Officer, number: int) -> None:
    everywhere = dict.fromkeys(TEXTS, CANARY)
    free = {
        name: CANARY
        for name in TEXTS
        if name not in ("starts", "ends", "inhabitants", "sheet_date", "version", "began", "do", "language")
        and not name.endswith(("kind", "quantity", "unit", "euros"))
    }
    page, late = officer.open(edit(number)), officer.open(edit(number))

    refused = officer.send(edit(number), {**page.fields(), **everywhere})
    saved = officer.press(page, "save", free)
    conflict = officer.press(late, "save", dict.fromkeys(free, f"{CANARY} mine"))

    assert (refused.status, saved.status, conflict.status) == (422, 302, 409)
    shown = [officer.open(path) for path in (edit(number), "/en/my", f"/en/my/sheets/{number}")]
    shown += [
        officer.open(f"/en/my/sheets/{number}/preview"),
        officer.open(f"/en/my/sheets/{number}/discard"),
    ]
    assert all(map(is_harmless, [refused, conflict, *shown]))
    assert conflict.fields()["activities"] == f"{CANARY} mine"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_in_any_field_breaks_the_form(officer: Officer, number: int, text: str) -> None:
    fields = officer.open(edit(number)).fields()
    boxes = ("violence_forms", "target_groups", "evaluation_kinds", "choose-title")
    kept = {name: fields[name] for name in ("csrf_token", "version")}
    steering = dict.fromkeys(("version", "began", "do", "choose-title"), text)

    typed = officer.client.post(
        edit(number), data={**dict.fromkeys((*TEXTS, *boxes), text), **kept, "do": "submit"}
    )
    steered = officer.client.post(edit(number), data={**fields, **steering})

    assert typed.status_code in (302, 409, 413, 422)
    assert steered.status_code in (200, 302, 409, 422)
