"""Somebody looks for what works: a visitor finds a sheet, reads it, and is told how to reach its people."""

import pytest
from playwright.sync_api import expect

from passerelle.sheets.content import Contact
from passerelle.sheets.models import RevisionStatus
from tests.browser.conftest import Browse
from tests.browser.house import House
from tests.browser.steps import member, sign_in

SHEET = "Café des Mamans"


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_dutch_reader_finds_the_french_sheet_by_a_dutch_word(browse: Browse, javascript: bool) -> None:
    page = browse("/nl/", javascript=javascript)

    page.locator("input#q").fill("moeders")
    page.locator("input#q").press("Enter")

    found = page.get_by_role("link", name=SHEET)
    expect(found).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert "/nl/sheets?" in page.url
    found.click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text(SHEET)
    expect(title).to_have_attribute("lang", "fr")
    expect(page.locator("section.sec")).to_have_count(10)  # 3 to 12; the title and the lead are 1 and 2


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [1280, 375])
def test_a_reader_finds_it_by_ticking_a_form_of_violence(
    browse: Browse, javascript: bool, width: int
) -> None:
    page = browse("/nl/sheets", javascript=javascript, width=width)

    if width < 992:
        page.locator("a[href='#filters']").click()
    page.get_by_label("Intrafamiliaal geweld").check()
    page.locator("#filters button[type=submit]").click()

    expect(page.get_by_role("link", name=SHEET)).to_be_visible()
    assert "form=intrafamilial" in page.url
    chips = page.locator("ul.chips a.chip")
    expect(chips.first).to_contain_text("Intrafamiliaal geweld")
    chips.first.click()
    expect(page.locator("#form-intrafamilial")).not_to_be_checked()


def test_a_misspelt_name_leads_to_the_sheet(browse: Browse) -> None:
    page = browse("/fr/sheets?q=Quaregnnon")

    expect(page.get_by_role("link", name=SHEET)).to_be_visible()


def test_a_reader_without_a_hit_is_shown_a_way_on(browse: Browse) -> None:
    page = browse("/en/sheets?q=zeppelin+moeders&form=elder")

    expect(page.get_by_role("heading", level=1)).to_contain_text("zeppelin")
    wider = page.locator("#list a[href*='/en/sheets?']")
    wider.first.click()
    expect(page.get_by_role("link", name=SHEET).first).to_be_visible()


def test_only_who_signed_in_meets_the_name_of_the_contact(browse: Browse, house: House) -> None:
    contact = Contact("Zoë Vandenbroucke", "Preventieambtenaar", "03 555 01 02", "zoe@finding.example")
    with house.preparing() as make:
        sheet = make.sheet(of=make.commune("11002"), status=RevisionStatus.PUBLISHED, language="nl")
        make.revision(sheet, status=RevisionStatus.PUBLISHED, contact=contact, language="nl")
        number = sheet.id
    reader = member(house, "53053", "reader@finding.example")

    visitor = browse(f"/en/sheets/{number}")
    expect(visitor.get_by_text(contact.job_title)).to_be_visible()
    for hidden in (contact.name, contact.phone, contact.email, "555"):
        assert hidden not in visitor.content()

    page = browse("/en/")
    sign_in(page, reader)
    page.goto(f"/en/sheets/{number}")
    expect(page.get_by_text(contact.name)).to_be_visible()
    expect(page.locator(f"a[href='mailto:{contact.email}']")).to_be_visible()


def test_the_same_page_is_one_link_away_in_every_language(browse: Browse) -> None:
    page = browse("/en/sheets/1")

    for language in ("fr", "nl", "de", "en"):
        if language != page.locator("html").get_attribute("lang"):
            page.locator(f"nav.langs a[lang={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=1)).to_contain_text(SHEET)
        assert page.url.endswith(f"/{language}/sheets/1")


def test_the_display_can_be_chosen_without_a_script(browse: Browse) -> None:
    page = browse("/en/about", javascript=False)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.get_by_label("Display").select_option("dark")
    page.get_by_role("button", name="Apply", exact=True).click()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.url.endswith("/en/about")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
