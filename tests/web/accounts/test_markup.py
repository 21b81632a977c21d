"""Every page of accounts is HTML without a mistake, with one heading of the first rank."""

import html5lib
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from passerelle.accounts.models import Membership
from tests.web.accounts.browser import CLAIRE, Browser

BOSS = "manager@commune.example"


def assert_sound(page: TestResponse) -> None:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(page.get_data(as_text=True))
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    labelled = {element.get("for") for element in tree.iter("label")}
    fields = [field for tag in ("input", "select", "textarea") for field in tree.iter(tag)]

    assert len(list(tree.iter("h1"))) == 1
    assert len(ids) == len(set(ids))
    assert all(field.get("type") == "hidden" or field.get("id") in labelled for field in fields)


@pytest.mark.parametrize("path", ["sign-in", "sign-in?next=/en/my", "reset", "reset/x", "invitation/x"])
def test_what_a_visitor_sees(path: str, browser: Browser) -> None:
    assert_sound(browser.get(f"/en/{path}"))


@pytest.mark.usefixtures("claire", "manager")
def test_what_a_manager_sees(browser: Browser, session: Session) -> None:
    number = session.scalars(select(Membership.id)).first()
    session.rollback()
    browser.sign_in(BOSS)

    for path in ("account", "communes/53065/members", f"communes/53065/members/{number}/remove"):
        assert_sound(browser.get(f"/en/{path}"))


@pytest.mark.usefixtures("claire", "manager")
def test_what_comes_after_a_mistake(browser: Browser) -> None:
    assert_sound(browser.sign_in("", ""))
    assert_sound(browser.sign_in(CLAIRE, "not her password"))
    assert_sound(browser.fill("/en/reset", "/reset", {"email": "nobody"}))
    assert_sound(browser.fill("/en/reset", "/reset", {"email": CLAIRE}))
    kept = browser.post("/en/account", {"name": "<b>\"'&", "text": "one\ntwo"})
    assert_sound(kept)
    browser.sign_in(BOSS)
    assert_sound(browser.fill("/en/account", "/account", {"name": "", "language": "it"}))
    assert_sound(browser.fill("/en/account", "/account/password", {"current_password": "", "password": ""}))
    assert_sound(browser.fill("/en/communes/53065/members", "/members", {"email": "x", "role": "y"}))
