"""Every kind of page, for everybody: no barrier that axe knows, no sideways scrolling, a keyboard will do."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from passerelle.accounts.models import Role
from passerelle.moderation.thesaurus import Word, add_term, take_term_away, undo
from passerelle.sheets.models import RevisionStatus
from passerelle.vocabulary import base_thesaurus
from tests.browser.conftest import Browse
from tests.browser.house import House
from tests.browser.steps import fill_in, member, prepared_sheet, press, save_meanwhile, sign_in
from tests.factories import NOON

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
MODES = [(1280, "light"), (1280, "dark"), (375, "light"), (375, "dark")]
ANTWERP = "11002"
Way = Callable[[Page, House], None]


def _open(path: str) -> Way:
    def way(page: Page, _house: House) -> None:
        page.goto(path)

    return way


def _wrong_password(page: Page, _house: House) -> None:
    page.goto("/en/sign-in")
    fill_in(page, "nobody@looks.example", "not the right one")
    expect(page.get_by_role("alert")).to_be_visible()


def _as(role: str, path: str) -> Way:
    """As a demo account; `{draft}` and the like in the path is a sheet made for the occasion."""

    def way(page: Page, house: House) -> None:
        sign_in(page, *house.account(role))
        status = next((status for status in RevisionStatus if f"{{{status}}}" in path), None)
        number = prepared_sheet(house, "53065", f"Fiche {role} {status}", status) if status else 0
        page.goto(path.format(**{str(status): number}) if status else path)

    return way


def _form_with_errors(page: Page, house: House) -> None:
    sign_in(page, *house.account("contributor"))
    page.goto(f"/en/my/sheets/{prepared_sheet(house, '53065', 'Fiche à compléter')}/edit")
    page.locator("#starts").fill("hier")
    page.locator("#summary").fill("")
    page.locator("#cost-1-quantity").fill("beaucoup")
    press(page, "Send for review")
    expect(page.get_by_role("alert")).to_be_visible()


def _second_version(page: Page, house: House) -> None:
    with house.preparing() as make:
        sheet = make.sheet(of=make.commune(ANTWERP), status=RevisionStatus.PUBLISHED, title="Deux versions")
        make.revision(
            sheet, status=RevisionStatus.SUBMITTED, title="Deux versions", summary="Un autre moment."
        )
        number = sheet.id
    sign_in(page, *house.account("coordinator"))
    page.goto(f"/en/review/{number}")
    expect(page.locator("ins").first).to_be_visible()


def _conflict(page: Page, house: House) -> None:
    """Somebody else saves while the form is open: in the database, a second window would only cost time."""
    _as("contributor", "/en/my/sheets/{draft}/edit")(page, house)
    save_meanwhile(house, int(page.url.split("/")[-2]), summary="Un texte.")
    page.locator("#summary").fill("Un autre texte.")
    press(page, "Save and continue later")
    expect(page.locator(".twotexts")).to_be_visible()


def _earlier_version(page: Page, house: House) -> None:
    with house.preparing() as make:
        sheet = make.sheet(of=make.commune(ANTWERP), status=RevisionStatus.PUBLISHED, language="nl")
        make.revision(sheet, status=RevisionStatus.PUBLISHED, language="nl")
        number = sheet.id
    page.goto(f"/fr/sheets/{number}/revisions/1")


def _members(page: Page, house: House) -> None:
    member(house, ANTWERP, "reader@looks.example", Role.READER)
    sign_in(page, member(house, ANTWERP, "manager@looks.example", Role.MANAGER))
    page.goto(f"/en/communes/{ANTWERP}/members")


def _concept(page: Page, house: House) -> None:
    """With a term that was added, one that was taken away, and one change that was undone."""
    with house.preparing() as make:
        person = make.coordinator()
        add_term(make.session, Word("theatre", "nl", "kwetterspel"), person, NOON, "Zo heet het hier.")
        undo(make.session, add_term(make.session, Word("theatre", "fr", "KWX"), person, NOON), person, NOON)
        second = base_thesaurus().concept("theatre").terms["en"][1]
        take_term_away(make.session, Word("theatre", "en", second), person, NOON)
    sign_in(page, *house.account("coordinator"))
    page.goto("/de/thesaurus/theatre")
    expect(page.locator("del")).to_be_visible()


PAGES: dict[str, Way] = {
    "home": _open("/fr/"),
    "search": _open("/fr/sheets?q=caf%C3%A9&form=intrafamilial"),
    "search without a hit": _open("/fr/sheets?q=zeppelin"),
    "sheet": _open("/nl/sheets/1"),
    "history": _open("/nl/sheets/1/history"),
    "communes": _open("/de/communes"),
    "commune": _open("/de/communes/53065"),
    "about": _open("/en/about"),
    "sign-in": _open("/en/sign-in"),
    "sign-in error": _wrong_password,
    "reset": _open("/en/reset"),
    "dashboard": _as("contributor", "/en/my"),
    "form": _as("contributor", "/en/my/sheets/{draft}/edit"),
    "form with errors": _form_with_errors,
    "own sheet": _as("manager", "/en/my/sheets/{changes_requested}"),
    "queue": _as("coordinator", "/en/review?sheet={submitted}"),
    "review": _as("coordinator", "/en/review/{submitted}"),
    "review of a second version": _second_version,
    "account": _as("reader", "/en/account"),
    "members": _members,
    "not found": _open("/de/nowhere"),
    "conflict": _conflict,
    "preview": _as("contributor", "/en/my/sheets/{draft}/preview"),
    "earlier version": _earlier_version,
    "search words": _as("administrator", "/fr/thesaurus?q=groep"),
    "concept": _concept,
    "new term": _as("coordinator", "/nl/thesaurus/group/add?language=nl&term=school"),
    "impossible term": _as("coordinator", "/de/thesaurus/group/add?language=nl&term=praatgroep"),
    "term to take away": _as(
        "coordinator", "/en/thesaurus/group/take-away?language=de&term=Gespr%C3%A4chskreis"
    ),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_no_barrier_and_fits_every_screen(browse: Browse, house: House, kind: str) -> None:
    page = browse("/en/about")
    PAGES[kind](page, house)

    found = {}
    for width, scheme in MODES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        if barriers := _barriers(page):
            found[f"{width} {scheme}"] = barriers
    page.set_viewport_size({"width": 320, "height": 700})
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert found == {}
    assert too_wide <= 0


def _barriers(page: Page) -> list[str]:
    violations: list[dict[str, Any]] = (
        Axe().run(page, options=RULES).response["violations"]
    )  # Any: axe's own JSON
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in violations
        for node in each["nodes"][:3]
    ]


def test_a_page_is_read_from_the_skip_link_on(browse: Browse) -> None:
    page = browse("/en/sheets?q=caf%C3%A9")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


@pytest.mark.parametrize("path", ["/en/", "/en/sheets", "/en/sheets/1", "/en/sign-in"])
def test_every_stop_of_the_tab_key_is_seen(browse: Browse, path: str) -> None:
    _walk_by_keyboard(browse(path))


def test_the_form_can_be_walked_by_keyboard(browse: Browse, house: House) -> None:
    page = browse("/en/")
    _as("contributor", "/en/my/sheets/{draft}/edit")(page, house)

    _walk_by_keyboard(page)


RING = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const seen = [here, here.closest("label")].filter(Boolean);
  const ring = seen.some((part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = (here.closest("label") ?? here).getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {what: here.outerHTML.slice(0, 120), ring, inside, named: Boolean(here.dataset.stop)};
}"""
MARK = "document.activeElement.dataset.stop = 'yes'"


def _walk_by_keyboard(page: Page) -> None:
    """Press Tab until the page ends: every stop is on the screen and has a ring of two pixels or more."""
    bad, stops = [], 0
    while stops < 400:
        page.keyboard.press("Tab")
        here = page.evaluate(RING)
        if here is None or here["named"]:
            break
        page.evaluate(MARK)
        stops += 1
        if not (here["ring"] and here["inside"]):
            bad.append(here)

    assert bad == []
    assert stops > 15
