"""After signing in nobody is led to another site, and no other site puts words into a form."""

import pytest
from flask import Flask

from passerelle.web.accounts.addresses import own_form_address, own_path
from tests.web.accounts.browser import CLAIRE, Browser

OWN = (
    "/",
    "/fr/",
    "/fr/my",
    "/en/sheets?q=caf%C3%A9&form=partner",
    "/en/sheets?q=http://elsewhere.example//x",
    "/en/sheets/12#costs",
    "/fr/sheets?q=%2F%2Fevil.example",
)
FOREIGN = (
    "",
    "my",
    "https://evil.example",
    "http:evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    " https://evil.example",
    "/ /evil.example",
    "/fr//evil.example",
    "/.//evil.example",
    "/fr/..//evil.example",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "//[::1",
    "//evil.example@localhost/",
    "https:/\\evil.example",
    "/fr/my\r\nSet-Cookie: a=b",
    "/fr/my\x00",
    "/" + "a" * 3_000,
)


@pytest.mark.parametrize("target", OWN)
def test_a_path_of_our_own_is_taken(target: str) -> None:
    assert own_path(target) == target


@pytest.mark.parametrize("target", FOREIGN)
def test_anything_else_is_not(target: str) -> None:
    assert own_path(target) is None


def test_nothing_is_not_a_path() -> None:
    assert own_path(None) is None


@pytest.mark.usefixtures("claire")
def test_who_signs_in_goes_on_to_the_page_they_wanted(browser: Browser) -> None:
    wanted = browser.get("/en/account").location

    assert wanted == "/en/sign-in?next=/en/account"
    assert browser.sign_in(CLAIRE, path=wanted).location == "/en/account"


@pytest.mark.usefixtures("claire")
def test_no_address_leads_whoever_signs_in_elsewhere(browser: Browser) -> None:
    for target in FOREIGN:
        fresh = Browser(browser.app)

        answer = fresh.sign_in(CLAIRE, next=target)

        assert answer.status_code == 302
        assert answer.location == "/en/my"


def test_only_addresses_that_take_a_form_get_one(app: Flask) -> None:
    with app.app_context():
        assert own_form_address("/en/account") == "/en/account"
        assert own_form_address("/fr/account/password?x=1") == "/fr/account/password?x=1"
        for target in ("/en/", "/en/sheets", "/nowhere", "/en/sign-in", "/en/sign-out", *FOREIGN):
            assert own_form_address(target) is None, target
