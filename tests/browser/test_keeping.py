"""Nothing typed is ever lost: not to a colleague, a closed session, a lost connection or a wrong click."""

import re
from datetime import UTC, datetime

from playwright.sync_api import Dialog, Page, Route, expect
from sqlalchemy import update

from passerelle.accounts.models import SignIn
from passerelle.sheets.models import Revision
from tests.browser.conftest import Browse
from tests.browser.house import House
from tests.browser.steps import fill_in, member, prepared_sheet, press, sign_in

A_MOMENT = 5_000  # milliseconds, more than the script waits before it saves


def _stored(house: House, number: int) -> Revision:
    with house.sessions() as session:
        return session.query(Revision).filter_by(sheet_id=number).one()


def _begin(browse: Browse, house: House, nis: str, story: str, *, javascript: bool) -> tuple[Page, int, str]:
    """A contributor with the form of a draft open; answers the page, the number and the person's address."""
    number = prepared_sheet(house, nis, f"Fiche {story}")
    email = member(house, nis, f"writer@{story}.example")
    page = browse("/en/", javascript=javascript)
    sign_in(page, email)
    page.goto(f"/en/my/sheets/{number}/edit")
    return page, number, email


def test_two_tabs_that_disagree_keep_both_texts(browse: Browse, house: House) -> None:
    first, number, _email = _begin(browse, house, "53028", "tabs", javascript=False)
    second = first.context.new_page()
    second.goto(first.url)

    first.locator("#summary").fill("Ce que dit le premier onglet.")
    press(first, "Save and continue later")
    second.locator("#summary").fill("Ce que dit le second onglet.")
    second.locator("#outreach").fill("Par la radio.")
    press(second, "Save and continue later")

    expect(second.get_by_role("alert")).to_contain_text("Somebody else saved this sheet meanwhile")
    both = second.locator(".twotexts")
    expect(both.get_by_text("Ce que dit le premier onglet.")).to_be_visible()
    expect(both.get_by_text("Ce que dit le second onglet.")).to_be_visible()
    second.locator("#choose-summary-theirs").check()
    press(second, "Save and continue later")
    expect(second.get_by_text("The draft is saved")).to_be_visible()
    content = _stored(house, number).content
    assert (content.summary, content.outreach) == ("Ce que dit le premier onglet.", "Par la radio.")


def test_a_session_that_ended_costs_no_word(browse: Browse, house: House) -> None:
    page, number, email = _begin(browse, house, "53039", "session", javascript=False)
    long_text = ("Chaque semaine, dans la salle du quartier. " * 120)[:5_000].strip()
    page.locator("#activities").fill(long_text)
    with house.sessions.begin() as session:
        session.execute(update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=datetime.now(UTC)))

    press(page, "Save and continue later")

    expect(page.locator("#activities")).to_have_value(long_text)
    expect(page.get_by_role("alert")).to_contain_text("nothing was saved yet")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("Sign in .opens another tab")).click()
    fill_in(opened.value, email)
    expect(opened.value.get_by_role("button", name="Sign out")).to_be_visible()
    press(page, "Save and continue later")
    if page.get_by_text("Save once more").count():  # the token of the session before
        press(page, "Save and continue later")
    expect(page.get_by_text("The draft is saved")).to_be_visible()
    assert _stored(house, number).content.activities == long_text


def test_the_form_saves_itself_and_goes_on_trying(browse: Browse, house: House) -> None:
    number = prepared_sheet(house, "53044", "Fiche autosave")
    page = browse("/en/")
    sign_in(page, member(house, "53044", "writer@autosave.example"))
    page.clock.install()
    page.goto(f"/en/my/sheets/{number}/edit")
    told = page.locator("#saved")

    page.locator("#innovation").fill("Enregistré tout seul.")
    page.clock.fast_forward(A_MOMENT)
    expect(told).to_contain_text("Draft saved at")
    assert _stored(house, number).content.innovation == "Enregistré tout seul."

    page.route("**/edit", _refuse)
    page.locator("#innovation").fill("Enregistré plus tard.")
    page.clock.fast_forward(A_MOMENT)
    expect(told).to_contain_text("Not saved yet. Trying again.")
    page.unroute("**/edit", _refuse)
    page.clock.fast_forward(60_000)
    expect(told).to_contain_text("Draft saved at")
    assert _stored(house, number).content.innovation == "Enregistré plus tard."


def _refuse(route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=429, body="")
    else:
        route.continue_()


def test_lines_come_and_go_without_leaving_the_page(browse: Browse, house: House) -> None:
    page, _number, _email = _begin(browse, house, "53046", "lines", javascript=True)
    page.evaluate("window.sameDocument = true")

    page.locator("#partner-1-name").fill("L'école")
    press(page, "Add a partner")
    expect(page.locator("#partner-2-kind")).to_be_focused()
    expect(page.locator("#partner-2-name")).to_have_value("")
    page.locator("#partner-2-name").fill("La bibliothèque")
    page.locator("[data-rows=partner] .rowline").first.get_by_role("button", name="Remove").click()

    expect(page.locator("#partner-1-name")).to_have_value("La bibliothèque")
    expect(page.locator("[data-rows=partner] .rowline")).to_have_count(1)
    assert page.evaluate("window.sameDocument")
    press(page, "Save and continue later")
    expect(page.locator("#partner-1-name")).to_have_value("La bibliothèque")


def test_the_form_counts_what_is_typed_against_its_limit(browse: Browse, house: House) -> None:
    page, _number, _email = _begin(browse, house, "53065", "counting", javascript=True)

    page.locator("#summary").fill("douze lettres")

    expect(page.locator("#summary-count")).to_have_text("13 of 1000 characters")


def test_leaving_with_unsaved_words_asks_first(browse: Browse, house: House) -> None:
    page, number, _email = _begin(browse, house, "53068", "leaving", javascript=True)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.locator("#title").press_sequentially(" encore")
    page.get_by_role("link", name="Municipalities", exact=True).click()
    page.wait_for_url("**/communes")

    assert asked == ["beforeunload"]
    page.goto(f"/en/my/sheets/{number}/edit")
    page.get_by_role("link", name="Municipalities", exact=True).click()
    page.wait_for_url("**/communes")
    assert asked == ["beforeunload"]
