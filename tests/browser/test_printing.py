"""Printed, a sheet is the fiche: two pages of A4 at most, twelve sections, nothing of the site around it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Browse

A4 = {(594, 841), (595, 841), (595, 842)}  # points, without their fractions


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_sheet_prints_on_two_pages_at_most(browse: Browse, dark: bool) -> None:
    page = browse("/fr/sheets/1", dark=dark)

    paper = page.pdf(format="A4", print_background=True)

    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert {(int(float(width)), int(float(height))) for width, height in sizes} <= A4


def test_the_print_holds_the_twelve_sections_and_leaves_the_site_out(browse: Browse) -> None:
    page = browse("/fr/sheets/1", dark=True)

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Café des Mamans")
    expect(page.locator("p.lead")).to_be_visible()
    sections = page.locator("section.sec")
    assert [sections.nth(place).get_attribute("id") for place in range(sections.count())] == [
        f"s{number}" for number in range(3, 13)
    ]
    for place in range(sections.count()):
        expect(sections.nth(place)).to_be_visible()
    for left_out in (".nav-main", ".langs", ".crumbs", "footer.foot", "aside.help", ".noprint", "form"):
        for part in page.locator(left_out).all():
            expect(part).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert _lightness(page.evaluate("getComputedStyle(document.querySelector('h1')).color")) < 100


def _lightness(colour: str) -> float:
    """The mean of red, green and blue."""
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]
    return sum(parts) / 3
