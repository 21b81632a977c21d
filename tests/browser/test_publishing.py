"""From a blank page to a sheet that every commune finds, and from there to its second version."""

import re

from playwright.sync_api import Page, expect

from passerelle.sheets.models import RevisionStatus
from tests.browser.conftest import Browse
from tests.browser.house import House, words_of
from tests.browser.steps import People, comes_true, heading, prepared_sheet, press, settle, sign_in

TITLE = "Cercle du mercredi"
MONS = "53053"


def test_a_sheet_goes_from_a_blank_page_to_every_reader(browse: Browse, house: House) -> None:
    people = settle(house, MONS, "publishing", reads="nl")
    writer = browse("/en/", javascript=False)
    coordinator = browse("/en/")
    sign_in(writer, people.contributor)
    sign_in(coordinator, people.coordinator)

    number = _write(writer)
    _send_with_one_mistake(writer)
    _find_in_the_queue_and_ask_for_changes(coordinator)
    _mend(writer, number)
    _publish(coordinator)

    visitor = browse("/de/", javascript=False)
    visitor.goto(f"/de/sheets?q={TITLE}")
    assert comes_true(lambda: _finds(visitor))
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_text("on boit un café et on parle")).to_be_visible()
    _everybody_was_told(house, people)


def _write(page: Page) -> int:
    """Fill in a sheet without scripts, with two partners and one line of costs; answers its number."""
    page.get_by_role("main").get_by_role("link", name="New sheet").click()
    page.get_by_label("The name you give the project in the field").fill(TITLE)
    page.get_by_label("Français").check()
    press(page, "Begin the sheet")
    expect(page).to_have_url(re.compile(r"/en/my/sheets/\d+/edit$"))
    page.locator("#summary").fill("Un cercle de parole.")
    page.locator("#activities").fill("Chaque mercredi, on boit un café et on parle.")
    page.locator("#violence_forms-partner").check()
    page.locator("#objectives").fill("Rompre le silence\nConnaître les services")
    page.locator("#target_groups-women").check()
    page.locator("#partner-1-name").fill("La maison de quartier")
    press(page, "Add a partner")
    expect(page.locator("#partner-1-name")).to_have_value("La maison de quartier")
    page.locator("#partner-2-name").fill("Le planning familial")
    page.locator("#cost-1-what").fill("une animatrice")
    page.locator("#cost-1-quantity").fill("0,5")
    press(page, "Add a line")
    expect(page.locator("#cost-1-quantity")).to_have_value("0,5")
    page.locator("#cost-2-what").fill("une salle qu'on nous prête")
    press(page, "Add a line")
    page.locator("[data-rows=cost] .rowline").nth(2).get_by_role("button", name="Remove").click()
    expect(page.locator("[data-rows=cost] .rowline")).to_have_count(2)
    press(page, "Save and continue later")
    expect(page.get_by_role("status").filter(has_text="The draft is saved")).to_be_visible()
    expect(page.locator("#partner-2-name")).to_have_value("Le planning familial")
    return int(page.url.split("/")[-2])


def _send_with_one_mistake(page: Page) -> None:
    """Forget the start, mend it by the link of the summary, and send."""
    press(page, "Send for review")
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_count(1)
    expect(page).to_have_title(re.compile("^Error: "))
    summary.get_by_role("link").click()
    assert page.url.endswith("#starts")
    expect(page.locator("#starts")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#partner-2-name")).to_have_value("Le planning familial")
    page.locator("#starts").fill("2021")
    page.locator("#ongoing-yes").check()
    press(page, "Send for review")
    expect(page.get_by_text("The sheet was sent for review")).to_be_visible()


def _find_in_the_queue_and_ask_for_changes(page: Page) -> None:
    page.goto("/en/review")
    page.get_by_role("link", name=TITLE, exact=True).click()
    heading(page, TITLE)
    press(page, "Ask for changes")
    expect(page.get_by_role("alert")).to_contain_text("Say what should be changed")
    page.locator("#comment-summary").fill("À quelle fréquence ?")
    press(page, "Ask for changes")
    expect(page.get_by_role("status").first).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name=TITLE, exact=True)).to_have_count(0)


def _mend(page: Page, number: int) -> None:
    page.goto("/en/my")
    expect(page.get_by_text("À quelle fréquence ?")).to_be_visible()
    page.goto(f"/en/my/sheets/{number}/edit")
    heading(page, "Answer the coordinators")
    expect(page.locator("#s2").get_by_text("À quelle fréquence ?")).to_be_visible()
    page.locator("#summary").fill("Un cercle de parole chaque semaine.")
    press(page, "Send for review")
    expect(page.get_by_text("The sheet was sent for review")).to_be_visible()


def _publish(page: Page) -> None:
    page.goto("/en/review")
    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_text("chaque semaine").first).to_be_visible()
    press(page, "Publish")
    expect(page.get_by_role("status").filter(has_text=TITLE)).to_be_visible()


def _finds(page: Page) -> bool:
    page.reload()
    return page.get_by_role("link", name=TITLE).count() > 0


def _everybody_was_told(house: House, people: People) -> None:
    """Each move once, in the language of its receiver, and nobody else's."""
    link = house.mail_to(people.contributor, "/nl/sheets/")
    asked = house.mail_to(people.contributor, "À quelle fréquence ?")
    assert {link["Content-Language"], asked["Content-Language"]} == {"nl"}
    assert len(house.mails_to(people.contributor)) == 2
    to_coordinator = [mail for mail in house.mails_to(people.coordinator) if TITLE in words_of(mail)]
    assert [mail["Content-Language"] for mail in to_coordinator] == ["de", "de"]


def test_the_next_version_is_read_word_by_word_while_the_first_stays_online(
    browse: Browse, house: House
) -> None:
    people = settle(house, "53014", "revising")
    number = prepared_sheet(house, "53014", "Atelier du soir", RevisionStatus.PUBLISHED)
    writer = browse("/en/", javascript=False)
    coordinator = browse("/en/")
    visitor = browse("/en/", javascript=False)
    sign_in(writer, people.contributor)
    sign_in(coordinator, people.coordinator)

    writer.goto(f"/en/my/sheets/{number}")
    press(writer, "Change the sheet")
    writer.goto(f"/en/my/sheets/{number}/edit")
    writer.locator("#summary").fill("Un long moment pour parler.")
    press(writer, "Send for review")
    expect(writer.get_by_text("The sheet was sent for review")).to_be_visible()

    visitor.goto(f"/en/sheets/{number}")
    expect(visitor.locator("p.lead")).to_contain_text("Un moment pour parler.")
    coordinator.goto(f"/en/review/{number}")
    changed = coordinator.locator("section.rv").filter(has=coordinator.locator("ins"))
    expect(changed).to_have_count(1)
    expect(changed.locator("ins")).to_contain_text("long")
    expect(changed.locator("del")).to_have_count(0)
    press(coordinator, "Publish")
    expect(coordinator.get_by_role("status").first).to_be_visible()
    visitor.reload()
    expect(visitor.locator("p.lead")).to_contain_text("Un long moment pour parler.")


def test_a_sheet_can_be_declined_with_a_reason(browse: Browse, house: House) -> None:
    people = settle(house, "53020", "declining")
    with house.preparing() as make:
        commune = make.commune("53020")
        author = make.user(of=commune, email="author@declining.example")
        number = make.sheet(of=commune, status=RevisionStatus.SUBMITTED, by=author, title="Une kermesse").id
    page = browse("/en/", javascript=False)
    sign_in(page, people.coordinator)

    page.goto(f"/en/review/{number}")
    press(page, "Decline…")
    heading(page, "Decline this sheet?")
    press(page, "Decline")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Why do you decline it?").fill("Une kermesse ne prévient pas la violence.")
    press(page, "Decline")

    expect(page.get_by_role("status").first).to_be_visible()
    house.mail_to("author@declining.example", "Une kermesse ne prévient pas la violence.")
