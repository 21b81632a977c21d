"""A contributor writes a sheet without JavaScript, and loses nothing."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, joinedload

from passerelle.accounts.models import Commune, User
from passerelle.moderation import actions as moderation
from passerelle.sheets import actions
from passerelle.sheets.content import Contact, Partner, SheetContent
from passerelle.sheets.models import Revision, RevisionStatus
from passerelle.vocabulary import LANGUAGES
from tests.factories import COMPLETE, CONTACT, NOON, Factories
from tests.web.my.conftest import Desk
from tests.web.my.officer import Officer, Page

NEW = "/en/my/communes/53065/sheets/new"
LONG = "Une phrase qui raconte. " * 220  # a little over 5,000 characters


def edit(number: int, language: str = "en") -> str:
    return f"/{language}/my/sheets/{number}/edit"


@pytest.fixture
def number(session: Session, make: Factories, quaregnon: Commune, claire: User) -> int:
    """The number of a complete draft of Claire's."""
    number = make.sheet(of=quaregnon, by=claire).id
    session.commit()
    return number


def stored(session: Session, number: int) -> Revision:
    """The newest revision of the sheet, as it is stored now; the database is let go of again."""
    query = select(Revision).where(Revision.sheet_id == number).order_by(Revision.number.desc())
    found = session.scalars(query.options(joinedload(Revision.sheet))).first()
    assert found is not None
    session.expunge_all()
    session.rollback()
    return found


def test_a_draft_needs_only_a_title(officer: Officer, session: Session) -> None:
    begun = officer.press(officer.open(NEW), "", {"title": "Café des Mamans"}, "/sheets/new")
    form = officer.follow(begun)
    saved = officer.press(form, "save")

    assert form.by_id("title").get("value") == "Café des Mamans"
    assert "1 of 12 sections complete" in form.words()
    assert saved.status == 302
    assert stored(session, 1).content == SheetContent(title="Café des Mamans", language="fr")


def test_without_a_title_nothing_begins_and_the_page_says_why(officer: Officer, session: Session) -> None:
    answer = officer.press(officer.open(NEW), "", {"title": " ", "language": "nl"}, "/sheets/new")

    assert answer.status == 422
    assert answer.title.startswith("Error:")
    assert answer.summary == {"title": "Give the project a title: a draft needs no more than that"}
    assert "checked" in answer.by_id("language-nl").attrib
    assert session.scalars(select(Revision)).all() == []


def test_the_button_pressed_twice_begins_one_sheet(officer: Officer, session: Session) -> None:
    page = officer.open(NEW)

    first = officer.press(page, "", {"title": "Café"}, "/sheets/new")
    second = officer.press(page, "", {"title": "Café"}, "/sheets/new")

    assert first.location == second.location
    assert len(session.scalars(select(Revision)).all()) == 1
    assert stored(session, 1).title == "Café"


def test_the_language_of_the_sheet_is_that_of_the_commune(make: Factories, desk: Desk) -> None:
    eupen = make.commune("63023")

    page = desk(make.user(of=eupen)).open("/fr/my/communes/63023/sheets/new")

    assert "checked" in page.by_id("language-de").attrib


def test_with_one_commune_there_is_nothing_to_choose(officer: Officer) -> None:
    assert officer.open("/en/my/sheets/new").location == NEW


def test_with_several_communes_one_is_chosen(
    make: Factories, claire: User, officer: Officer, session: Session
) -> None:
    other = make.user(of=make.commune("53053"))
    claire.memberships.append(other.memberships[0])
    session.commit()

    page = officer.open("/en/my/sheets/new")

    links = [each.get("href") for each in page.all("main")[0].iter("a")]
    assert links == [NEW, "/en/my/communes/53053/sheets/new"]


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


def test_a_line_is_added_and_removed_and_nothing_typed_is_lost(
    officer: Officer, session: Session, number: int
) -> None:
    typed = {"activities": LONG, "starts": "pas encore une date", "partner-1-name": "École"}

    longer = officer.press(officer.open(edit(number)), "add-partner", typed)
    shorter = officer.press(longer, "del-partner-1", {"partner-2-name": "Police"})

    assert longer.status == shorter.status == 200
    assert "autofocus" in longer.by_id("partner-2-kind").attrib
    assert longer.fields()["partner-1-name"] == "École"
    assert shorter.fields()["partner-1-name"] == "Police"
    assert "partner-2-name" not in shorter.fields()
    assert shorter.fields()["starts"] == "pas encore une date"
    assert shorter.fields()["activities"] == LONG
    assert len(LONG) > 5_000
    assert stored(session, number).content == COMPLETE


def test_the_list_of_lines_ends_somewhere_and_says_so(officer: Officer, number: int) -> None:
    rows = {f"cost-{place}-what": "x" for place in range(1, 41)}

    answer = officer.press(officer.open(edit(number)), "add-cost", rows)

    assert answer.fields()["cost-40-what"] == "x"
    assert "cost-41-what" not in answer.fields()
    assert list(answer.summary) == ["cost-1-what"]


def test_enter_in_a_field_saves_and_removes_no_line(officer: Officer, number: int) -> None:
    form = officer.open(edit(number)).by_id("sheet-form")

    first = next(each for each in form.iter("button") if each.get("type") == "submit")

    assert first.get("value") == "save"


def test_two_tabs_on_one_draft_lose_nothing(officer: Officer, session: Session, number: int) -> None:
    one, two = officer.open(edit(number)), officer.open(edit(number))
    officer.press(one, "save", {"activities": "Le texte du premier onglet", "summary": "Résumé un"})

    conflict = officer.press(two, "save", {"activities": "Le texte du second onglet", "title": "Titre deux"})

    assert conflict.status == 409
    assert conflict.title.startswith("Error:")
    assert conflict.summary == {"s1": "Project title", "s2": "Short presentation", "s4": "Activities"}
    for text in ("Le texte du premier onglet", "Le texte du second onglet", "Résumé un", "Titre deux"):
        assert text in conflict.words() + str(conflict.fields())
    assert conflict.fields()["choose-summary"] == "theirs"  # not touched in the second tab
    assert conflict.fields()["choose-activities"] == "mine"
    assert stored(session, number).content.activities == "Le texte du premier onglet"
    saved = officer.press(conflict, "save", {"activities": "Les deux ensemble"})
    kept = stored(session, number).content
    assert saved.status == 302
    assert (kept.title, kept.summary, kept.activities) == ("Titre deux", "Résumé un", "Les deux ensemble")


def test_a_line_added_while_choosing_leaves_the_choice_open(officer: Officer, number: int) -> None:
    one, two = officer.open(edit(number)), officer.open(edit(number))
    officer.press(one, "save", {"summary": "Le leur"})
    conflict = officer.press(two, "save", {"summary": "Le mien"})

    page = officer.press(conflict, "add-cost", {"choose-summary": "theirs"})

    assert page.fields()["choose-summary"] == "theirs"
    assert page.fields()["summary"] == "Le mien"
    assert "Le leur" in page.words()


def test_a_third_save_while_choosing_is_another_conflict(
    officer: Officer, session: Session, number: int
) -> None:
    one, two = officer.open(edit(number)), officer.open(edit(number))
    officer.press(one, "save", {"summary": "Le leur"})
    conflict = officer.press(two, "save", {"summary": "Le mien"})
    officer.press(officer.open(edit(number)), "save", {"summary": "Le troisième"})

    again = officer.press(conflict, "save", {"choose-summary": "theirs"})

    assert again.status == 409
    assert "Le troisième" in again.words()
    assert stored(session, number).content.summary == "Le troisième"


def test_the_same_words_saved_twice_are_no_conflict(officer: Officer, session: Session, number: int) -> None:
    page = officer.open(edit(number))

    officer.press(page, "save", {"title": "Tandem"})
    twice = officer.press(page, "save", {"title": "Tandem"})

    assert twice.status == 302
    assert stored(session, number).version == 2


def test_words_typed_for_a_sheet_sent_meanwhile_stand_in_the_page(officer: Officer, number: int) -> None:
    page = officer.open(edit(number))
    officer.press(page, "submit")

    answer = officer.press(page, "save", {"activities": LONG})

    assert answer.status == 409
    assert "can no longer be changed here" in answer.words()
    assert answer.fields()["activities"] == LONG


def test_a_sheet_in_review_has_no_form(officer: Officer, number: int) -> None:
    officer.press(officer.open(edit(number)), "submit")

    assert officer.open(edit(number)).location == f"/en/my/sheets/{number}"


def test_what_the_database_cannot_take_stays_in_the_page(
    officer: Officer, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("disk full"))

    page = officer.open(edit(number))
    monkeypatch.setattr(actions, "save", fail)

    answer = officer.press(page, "save", {"activities": LONG})

    assert answer.status == 503
    assert "Nothing could be saved just now" in answer.words()
    assert answer.fields()["activities"] == LONG
    monkeypatch.undo()
    assert officer.press(answer, "save").status == 302


@pytest.mark.parametrize("token", ["", "forged"])
def test_a_form_without_a_valid_token_comes_back_with_every_word(
    officer: Officer, session: Session, number: int, token: str
) -> None:
    page = officer.open(edit(number))

    answer = officer.press(page, "save", {"csrf_token": token, "activities": LONG, "starts": "x"})

    assert answer.status == 400
    assert "Nothing was saved yet" in answer.words()
    assert answer.fields()["activities"] == LONG
    assert stored(session, number).content == COMPLETE
    assert officer.press(answer, "save", {"starts": "2019"}).status == 302
    assert stored(session, number).content.activities == LONG.strip()


def test_the_title_of_a_new_sheet_survives_a_lost_token_too(officer: Officer) -> None:
    answer = officer.press(officer.open(NEW), "", {"title": "Café", "csrf_token": ""}, "/sheets/new")

    assert answer.status == 400
    assert answer.by_id("title").get("value") == "Café"


def test_a_form_sent_after_the_sign_in_ended_comes_back_with_every_word(
    officer: Officer, session: Session, number: int
) -> None:
    page = officer.open(edit(number))
    with officer.client.session_transaction() as cookie:
        del cookie["_user_id"]

    answer = officer.press(page, "save", {"activities": LONG})
    elsewhere = officer.send(edit(999), {**page.fields(), "activities": LONG})

    assert answer.status == elsewhere.status == 401
    assert answer.fields()["activities"] == LONG
    assert "Quaregnon" not in answer.words()
    assert stored(session, number).content == COMPLETE
    with officer.client.session_transaction() as cookie:
        cookie["_user_id"] = f"token 1 of {stored(session, number).created_by}"
    assert officer.press(answer, "save").status == 302
    assert stored(session, number).content.activities == LONG.strip()


def test_a_sheet_over_200_kilobytes_is_refused_with_its_text_kept(
    officer: Officer, session: Session, number: int
) -> None:
    huge = "é" * 150_000

    answer = officer.press(officer.open(edit(number)), "save", {"activities": huge})

    assert answer.status == 413
    assert "larger than 200 kB" in answer.words()
    assert answer.fields()["activities"] == huge
    assert stored(session, number).content == COMPLETE


def test_the_script_saves_by_itself(officer: Officer, session: Session, number: int) -> None:
    fields = officer.open(edit(number)).fields()

    def save(**typed: Any) -> tuple[int, Any]:  # Any: form values and JSON
        answer = officer.client.post(edit(number), data={**fields, "do": "autosave", **typed})
        return answer.status_code, answer.get_json()

    assert save(title="Tandem") == (200, {"version": 2, "saved_at": "12:00\u202fPM"})
    assert stored(session, number).title == "Tandem"
    assert save(title="Autre")[0] == 409
    assert save(title="Autre", version="2")[0] == 200
    assert save(title="", version="3")[0] == 422
    assert save(csrf_token="")[0] == 401
    with officer.client.session_transaction() as cookie:
        del cookie["_user_id"]
    assert save(version="3")[0] == 401
    assert stored(session, number).title == "Autre"


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


@pytest.mark.parametrize(
    "name", ["partner-0-name", "partner-9999-name", "cost-٣-what", "partner--name", "cost-1-id"]
)
def test_lines_with_odd_numbers_are_read_or_passed_over(officer: Officer, number: int, name: str) -> None:
    fields = officer.open(edit(number)).fields()

    answer = officer.client.post(edit(number), data={**fields, "do": "save", name: "x"})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "do", ["del-partner-99", "del-cost-0", "add-brol", "add-partner-7", "", "submit ", "del-cost"]
)
def test_an_odd_button_does_no_harm(officer: Officer, session: Session, number: int, do: str) -> None:
    fields = officer.open(edit(number)).fields()

    answer = officer.client.post(edit(number), data={**fields, "do": do})

    assert answer.status_code in (200, 302)
    assert stored(session, number).content == COMPLETE
    assert stored(session, number).status == RevisionStatus.DRAFT


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_there_in_four_languages(officer: Officer, number: int, language: str) -> None:
    page = officer.open(edit(number, language))
    wrong = officer.press(page, "submit", {"starts": "x", "violence_forms": [], "cost-1-euros": "y"})

    assert page.tree.get("lang") == language
    assert len(page.all("h1")) == 1
    assert wrong.status == 422
    assert len(wrong.summary) == 3


def test_every_control_has_a_label_and_every_id_is_used_once(officer: Officer, number: int) -> None:
    page = officer.press(officer.open(edit(number)), "add-partner")

    ids = [str(each.get("id")) for each in page.tree.iter() if each.get("id")]
    labelled = {each.get("for") for each in page.all("label")}
    controls = [each for tag in ("input", "select", "textarea") for each in page.all(tag)]
    assert len(ids) == len(set(ids))
    assert [
        each.get("name")
        for each in controls
        if each.get("type") != "hidden" and each.get("id") not in labelled
    ] == []
    described = " ".join(str(each.get("aria-describedby", "")) for each in page.tree.iter()).split()
    assert set(described) <= set(ids)


def test_the_words_of_the_first_sheet_are_the_examples_and_say_their_language(
    officer: Officer, number: int
) -> None:
    page = officer.open(edit(number))

    examples = page.all("blockquote")
    assert len(examples) == 12
    assert {each.get("lang") for each in examples} == {"fr"}
    assert "2013 à maintenant" in page.words(examples[2])


def test_what_is_typed_in_another_language_says_so(officer: Officer, number: int) -> None:
    assert officer.open(edit(number)).by_id("activities").get("lang") == "fr"
    assert officer.open(edit(number, "fr")).by_id("activities").get("lang") is None


def test_comments_stand_beside_their_sections(
    officer: Officer, session: Session, make: Factories, number: int
) -> None:
    officer.press(officer.open(edit(number)), "submit")
    revision = session.scalars(select(Revision)).one()
    coordinator = make.coordinator(name="Karim")
    said = {"activities": "Combien de fois par an ?", "header": "Un contact du service ?"}
    moderation.ask_for_changes(session, revision, coordinator, NOON, revision.version, said)
    session.commit()

    page = officer.open(edit(number))

    assert "Answer the coordinators" in page.words(page.all("h1")[0])
    assert "Combien de fois par an ?" in page.words(page.by_id("s4"))
    assert "Un contact du service ?" in page.words(page.by_id("header"))
    assert "Karim" in page.words(page.by_id("s4"))
