"""A contributor writes a sheet without JavaScript."""

import pytest
from sqlalchemy.orm import Session

from passerelle.sheets.content import Contact, Partner
from passerelle.sheets.models import RevisionStatus
from tests.factories import COMPLETE, CONTACT
from tests.web.my.drafts import LONG, edit, stored
from tests.web.my.officer import Officer


def test_everything_typed_is_stored_and_shown_again(officer: Officer, session: Session, number: int) -> None:
    typed: dict[str, str | list[str]] = {
        "title": "Tandem",
        "summary": "Deux\r\nlignes",
        "starts": "26 juin 2013",
        "ends": "06/2014",
        "ongoing": "no",
        "duration_note": "un an",
        "activities": LONG,
        "violence_forms": ["partner", "sexual"],
        "objectives": "Un\r\n\r\n Deux ",
        "target_groups": ["men", "teens"],
        "target_groups_text": "Les papas",
        "partner-1-kind": "police",
        "partner-1-name": "La zone",
        "partner-1-role": "vient",
        "outreach": "Affiches",
        "web_page": "www.qmix-cite.be",
        "innovation": "Rien",
        "evaluation_method": "Comptage",
        "evaluation_kinds": ["attendance"],
        "cost-1-kind": "material",
        "cost-1-what": "local",
        "cost-1-quantity": "0,5",
        "cost-1-unit": "month",
        "cost-1-provider": "l'école",
        "cost-1-euros": "27.000",
        "inhabitants": "18.988",
        "sheet_date": "26/06/2019",
        "language": "fr",
        "contact_name": "N",
        "contact_job_title": "F",
        "contact_phone": "T",
        "contact_email": "a@b.be",
        "note": "Merci",
    }

    saved = officer.press(officer.open(edit(number)), "save", typed)

    kept = stored(session, number)
    content = kept.content
    assert saved.status == 302
    assert (content.starts, content.ends, content.ongoing) == ("2013-06-26", "2014-06", False)
    assert content.summary == "Deux\nlignes"
    assert content.activities == LONG.strip()
    assert content.violence_forms == ("partner", "sexual")
    assert content.objectives == ("Un", "Deux")
    assert content.partnerships == (Partner("police", "La zone", "vient"),)
    assert (content.costs[0].quantity, content.costs[0].euros) == ("0.5", "27000")
    assert (content.inhabitants, content.sheet_date) == (18_988, "2019-06-26")
    assert content.web_page == "www.qmix-cite.be"
    assert kept.contact == Contact("N", "F", "T", "a@b.be")
    assert kept.note == "Merci"
    again = officer.open(edit(number))
    assert again.fields()["starts"] == "26/06/2013"
    assert again.fields()["activities"] == LONG.strip()
    assert again.fields()["violence_forms"] == ["partner", "sexual"]
    assert "Total stated: 27,000 € a year" in again.words()


@pytest.mark.parametrize(
    ("name", "typed", "control"),
    [
        ("starts", "31/02/2013", "starts"),
        ("ends", "bientôt", "ends"),
        ("sheet_date", "2019", "sheet_date"),
        ("inhabitants", "environ 18000", "inhabitants"),
        ("inhabitants", "-3", "inhabitants"),
        ("partner-1-role", "a\x00b", "partner-1-role"),
        ("cost-1-quantity", "beaucoup", "cost-1-quantity"),
        ("cost-1-euros", "-12", "cost-1-euros"),
        ("cost-1-unit", "brol", "cost-1-unit"),
        ("language", "xx", "language-fr"),
        ("violence_forms", "brol", "violence_forms-intrafamilial"),
        ("activities", "a\x07b", "activities"),
        ("contact_phone", "\x00", "contact_phone"),
    ],
)
def test_what_cannot_be_kept_comes_back_as_typed_with_a_link_to_it(
    officer: Officer, session: Session, number: int, name: str, typed: str, control: str
) -> None:
    page = officer.open(edit(number))

    answer = officer.press(
        page, "save", {name: typed, "activities": f"{LONG}{typed}" if name == "activities" else LONG}
    )

    assert answer.status == 422
    assert answer.title.startswith("Error:")
    assert list(answer.summary) == [control]
    assert answer.by_id(control) is not None
    assert LONG.strip() in str(answer.fields()["activities"])
    if (
        name not in ("violence_forms", "language", "cost-1-unit")
        and "\x00" not in typed
        and "\x07" not in typed
    ):
        assert answer.fields()[name] == typed
        assert answer.by_id(name).get("aria-invalid") == "true"
        assert f"{name}-error" in str(answer.by_id(name).get("aria-describedby"))
    assert stored(session, number).content == COMPLETE


def test_sending_an_incomplete_sheet_keeps_it_and_names_what_is_missing(
    officer: Officer, session: Session, number: int
) -> None:
    page = officer.open(edit(number))
    empty: dict[str, str | list[str]] = {
        "summary": "",
        "starts": "",
        "violence_forms": [],
        "web_page": "javascript:alert(1)",
    }

    answer = officer.press(page, "submit", {**empty, "title": "Tandem"})

    assert answer.status == 422
    assert list(answer.summary) == ["summary", "starts", "violence_forms-intrafamilial", "web_page"]
    assert "4 things to complete" in answer.words()
    assert "Your text is saved as a draft" in answer.words()
    assert "8 of 12 sections complete" in answer.words()
    assert stored(session, number).title == "Tandem"
    assert stored(session, number).status == RevisionStatus.DRAFT
    mended = officer.press(
        answer,
        "submit",
        {"summary": "s", "starts": "2020", "violence_forms": "partner", "web_page": "néant"},
    )
    assert mended.status == 302
    assert stored(session, number).status == RevisionStatus.SUBMITTED


def test_a_complete_sheet_is_sent_with_a_word_to_the_coordinators(
    officer: Officer, session: Session, number: int
) -> None:
    answer = officer.press(officer.open(edit(number)), "submit", {"note": "Bonne lecture"})

    page = officer.follow(answer)
    assert "The sheet was sent for review" in page.words()
    assert "In review" in page.words()
    assert stored(session, number).status == RevisionStatus.SUBMITTED
    assert stored(session, number).note == "Bonne lecture"


def test_the_preview_saves_and_shows_the_sheet_as_it_will_be(officer: Officer, number: int) -> None:
    answer = officer.press(officer.open(edit(number)), "preview", {"title": "Tandem", "summary": ""})

    page = officer.follow(answer)
    assert page.words(page.all("h1")[0]).endswith("Tandem")
    assert "One thing is missing" in page.words()
    assert CONTACT.phone in page.words()


def test_enter_in_a_field_saves_and_removes_no_line(officer: Officer, number: int) -> None:
    form = officer.open(edit(number)).by_id("sheet-form")

    first = next(each for each in form.iter("button") if each.get("type") == "submit")

    assert first.get("value") == "save"


def test_a_sheet_in_review_has_no_form(officer: Officer, number: int) -> None:
    officer.press(officer.open(edit(number)), "submit")

    assert officer.open(edit(number)).location == f"/en/my/sheets/{number}"


def test_nothing_but_the_form_is_ever_bound(officer: Officer, session: Session, number: int) -> None:
    fields = officer.open(edit(number)).fields()
    forged = {
        "status": "published",
        "commune_nis": "11002",
        "ref": "x",
        "created_by": "1",
        "published_at": "now",
    }

    officer.client.post(edit(number), data={**fields, **forged, "do": "save", "id": "99", "number": "7"})

    kept = stored(session, number)
    assert (kept.status, kept.number, kept.sheet.commune_nis, kept.sheet.ref) == ("draft", 1, "53065", None)
