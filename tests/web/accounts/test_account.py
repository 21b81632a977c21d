"""My account: name, language, password, and signing out everywhere."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import User
from passerelle.accounts.passwords import Passwords
from tests.factories import PASSWORD
from tests.web.accounts.browser import CLAIRE, NEW_PASSWORD, Browser

pytestmark = pytest.mark.usefixtures("claire")


def change_password(browser: Browser, current: str = PASSWORD, new: str = NEW_PASSWORD) -> tuple[int, str]:
    answer = browser.fill("/en/account", "/account/password", {"current_password": current, "password": new})
    return answer.status_code, answer.get_data(as_text=True)


def test_a_visitor_is_asked_to_sign_in(browser: Browser) -> None:
    assert browser.get("/fr/account").location == "/fr/sign-in?next=/fr/account"


def test_the_name_and_the_language_are_kept(browser: Browser, session: Session) -> None:
    browser.sign_in(CLAIRE)

    answer = browser.fill("/en/account", "/account", {"name": "  Claire  Dubois ", "language": "de"})

    assert answer.location == "/de/account"
    assert session.execute(select(User.name, User.language).where(User.email == CLAIRE)).one() == (
        "Claire Dubois",
        "de",
    )


@pytest.mark.parametrize("value", ["", "   ", "x" * 121, "a\x00b", "a\x1bb"])
def test_a_name_that_cannot_be_kept_is_said_so(value: str, browser: Browser) -> None:
    browser.sign_in(CLAIRE)

    answer = browser.fill("/en/account", "/account", {"name": value, "language": "fr"})

    assert answer.status_code == 422
    assert 'href="#name"' in answer.get_data(as_text=True)


def test_a_language_we_do_not_speak_is_refused(browser: Browser) -> None:
    browser.sign_in(CLAIRE)

    assert browser.fill("/en/account", "/account", {"name": "C", "language": "it"}).status_code == 422


def test_only_name_and_language_can_be_written(browser: Browser, session: Session) -> None:
    browser.sign_in(CLAIRE)

    browser.fill(
        "/en/account",
        "/account",
        {"name": "C", "language": "fr", "is_administrator": "1", "email": "x@y.be", "password_hash": "x"},
    )

    user = session.scalars(select(User).where(User.email == CLAIRE)).one()
    assert not user.is_administrator


def test_a_new_password_signs_every_other_browser_out(browser: Browser) -> None:
    other = Browser(browser.app)
    other.sign_in(CLAIRE)
    browser.sign_in(CLAIRE)
    copied = browser.cookie()

    assert change_password(browser)[0] == 302

    assert browser.is_signed_in()
    assert not other.is_signed_in()
    other.paste_cookie(copied)
    assert not other.is_signed_in()
    assert Browser(browser.app).sign_in(CLAIRE).status_code == 422
    assert Browser(browser.app).sign_in(CLAIRE, NEW_PASSWORD).status_code == 302


def test_the_current_password_is_needed(browser: Browser) -> None:
    browser.sign_in(CLAIRE)

    status, page = change_password(browser, current="not the password")

    assert status == 422
    assert "This is not your current password." in page
    assert NEW_PASSWORD not in page


def test_guessing_at_the_current_password_has_to_wait(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(CLAIRE)
    for _ in range(10):
        change_password(browser, current="not the password")
    monkeypatch.setattr(Passwords, "match", lambda *_: pytest.fail("hashed"))

    status, page = change_password(browser)

    assert status == 429
    assert "Try again in 5 minutes." in page


@pytest.mark.parametrize("value", ["short", "x" * 129, CLAIRE, "azertyuiop1234"])
def test_an_easy_password_is_refused(value: str, browser: Browser) -> None:
    browser.sign_in(CLAIRE)

    assert change_password(browser, new=value)[0] == 422


def test_a_password_can_be_pasted_and_managed(browser: Browser) -> None:
    browser.sign_in(CLAIRE)
    page = browser.get("/en/account").get_data(as_text=True)

    assert 'autocomplete="new-password"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    assert "maxlength" not in page.split("password-title")[1]


def test_signing_out_everywhere_ends_every_copy(browser: Browser) -> None:
    other = Browser(browser.app)
    other.sign_in(CLAIRE)
    browser.sign_in(CLAIRE)
    copied = browser.cookie()

    answer = browser.fill("/en/account", "/sign-out-everywhere", {})

    assert answer.location == "/en/sign-in"
    assert not other.is_signed_in()
    browser.paste_cookie(copied)
    assert not browser.is_signed_in()


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_pages_are_there_in_four_languages(language: str, browser: Browser) -> None:
    assert browser.get(f"/{language}/sign-in").status_code == 200
    assert browser.get(f"/{language}/reset").status_code == 200
    assert browser.get(f"/{language}/reset/nothing").status_code == 410
    assert browser.get(f"/{language}/invitation/nothing").status_code == 410
    browser.sign_in(CLAIRE)
    page = browser.get(f"/{language}/account")
    assert f'<html lang="{language}"' in page.get_data(as_text=True)


def test_a_manager_finds_the_members_of_the_commune(browser: Browser, manager: User) -> None:
    assert manager
    browser.sign_in("manager@commune.example")
    other = Browser(browser.app)
    other.sign_in(CLAIRE)

    assert "/en/communes/53065/members" in browser.get("/en/account").get_data(as_text=True)
    page = other.get("/en/account").get_data(as_text=True)
    assert "Quaregnon" in page
    assert "/members" not in page


def test_the_address_of_a_form_leads_back_to_the_page(browser: Browser) -> None:
    browser.sign_in(CLAIRE)

    assert browser.get("/en/account/password").location == "/en/account#password-title"
