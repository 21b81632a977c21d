"""Nothing typed is ever lost: not by a sign-in that ended, nor by a token that no longer fits."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from passerelle.accounts.models import Commune
from passerelle.sheets.models import RevisionStatus
from tests.conftest import SettableClock
from tests.factories import PASSWORD, Factories
from tests.web.accounts.browser import CLAIRE, Browser, Forms

pytestmark = pytest.mark.usefixtures("claire")

LONG = ("Café « des mamans » & <b>'\"\n\tune ligne, 50 % ☕\n\n" * 200)[:5_000]
TYPED = {"name": LONG, "language": "fr"}


def fields_of(page: TestResponse, address: str) -> dict[str, str]:
    """The fields of the form of `page` that goes to `address`."""
    return dict(
        next(fields for action, fields in Forms(page.get_data(as_text=True)).forms if action == address)
    )


def same_text(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")


def test_five_thousand_characters_survive_a_sign_in_that_ended(
    browser: Browser, clock: SettableClock
) -> None:
    browser.sign_in(CLAIRE)
    page = browser.get("/en/account")
    clock.time += timedelta(hours=13)

    asked = browser.fill(page, "/account", TYPED)
    kept = browser.fill(asked, "/sign-in", {"email": CLAIRE, "password": PASSWORD})
    taken = browser.fill(kept, "/account", {})

    assert asked.status_code == 401
    assert "Your text is kept" in asked.get_data(as_text=True)
    assert kept.status_code == 200
    assert same_text(fields_of(kept, "/en/account")["name"], LONG)
    assert taken.status_code == 422  # too long for a name, and still there
    assert "Caf\u00e9" in taken.get_data(as_text=True)


def test_it_survives_a_wrong_password_too(browser: Browser) -> None:
    asked = browser.fill(signed_out(browser), "/account", TYPED)

    wrong = browser.fill(asked, "/sign-in", {"email": CLAIRE, "password": "not the password"})
    kept = browser.fill(wrong, "/sign-in", {"email": CLAIRE, "password": PASSWORD})

    assert wrong.status_code == 422
    assert same_text(fields_of(kept, "/en/account")["name"], LONG)


def test_it_survives_the_pause_after_too_many_tries(browser: Browser) -> None:
    page = browser.fill(signed_out(browser), "/account", TYPED)
    for _ in range(11):
        page = browser.fill(page, "/sign-in", {"email": CLAIRE, "password": "not the password"})

    assert page.status_code == 429
    assert same_text(fields_of(page, "/en/sign-in")["kept.name"], LONG)


def signed_out(browser: Browser) -> TestResponse:
    """The page of the account, open in a browser that was signed out everywhere meanwhile."""
    browser.sign_in(CLAIRE)
    page = browser.get("/en/account")
    other = Browser(browser.app)
    other.sign_in(CLAIRE)
    other.fill("/en/account", "/sign-out-everywhere", {})
    return page


def test_a_browser_that_lost_its_cookies_keeps_the_text(browser: Browser) -> None:
    browser.sign_in(CLAIRE)
    page = browser.get("/en/account")
    browser.client.delete_cookie("session")

    asked = browser.fill(page, "/account", TYPED)

    assert asked.status_code == 401
    assert same_text(fields_of(asked, "/en/sign-in")["kept.name"], LONG)


def test_signing_in_again_in_another_tab_keeps_the_text(browser: Browser) -> None:
    browser.sign_in(CLAIRE)
    page = browser.get("/en/account")
    browser.fill(page, "/sign-out", {})
    browser.sign_in(CLAIRE)

    kept = browser.fill(page, "/account", {"name": "Claire D.", "language": "fr"})
    taken = browser.fill(kept, "/account", {})

    assert kept.status_code == 400
    assert taken.status_code == 302


def test_a_sign_in_page_left_open_for_too_long_works_with_one_more_try(browser: Browser) -> None:
    page = browser.get("/en/sign-in")
    browser.client.delete_cookie("session")

    again = browser.fill(page, "/sign-in", {"email": CLAIRE, "password": PASSWORD})

    assert again.status_code == 400
    assert browser.fill(again, "/sign-in", {"email": CLAIRE, "password": PASSWORD}).location


def test_passwords_and_tokens_are_not_kept(browser: Browser) -> None:
    page = signed_out(browser)
    typed = {"current_password": "an old secret of mine", "password": "a new secret of mine"}

    asked = browser.fill(page, "/account/password", typed)

    text = asked.get_data(as_text=True)
    assert "secret of mine" not in text
    assert "kept.csrf_token" not in text


def test_two_fields_of_one_name_stay_two(browser: Browser) -> None:
    asked = browser.post("/en/account", {"form": ["partner", "child"]})

    (fields,) = (
        fields for action, fields in Forms(asked.get_data(as_text=True)).forms if action == "/en/sign-in"
    )
    assert [value for name, value in fields if name == "kept.form"] == ["partner", "child"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "https://evil.example/page"},
    ],
)
def test_words_that_another_site_sends_are_not_kept(headers: dict[str, str], browser: Browser) -> None:
    browser.headers = headers

    answer = browser.post("/en/account", {"name": "words of somebody else", "language": "fr"})

    assert answer.status_code == 400
    assert "words of somebody else" not in answer.get_data(as_text=True)


def test_our_own_pages_are_recognised(browser: Browser) -> None:
    browser.headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}

    assert browser.post("/en/account", TYPED).status_code == 401


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/en/sign-out", "/en/sheets"])
def test_kept_words_are_given_back_to_our_own_forms_only(target: str, browser: Browser) -> None:
    more = {"kept_for": target, "kept.name": "kept words"}

    answer = browser.sign_in(CLAIRE, **more)

    assert answer.status_code == 302
    assert answer.location == "/en/my"


def test_too_much_is_not_carried_along(browser: Browser) -> None:
    large = browser.post("/en/account", {"name": "x" * 1_000_001})
    many = browser.post("/en/account", {f"f{number}": "x" for number in range(1_901)})

    assert large.status_code == many.status_code == 400
    assert len(large.get_data()) < 20_000
    assert len(many.get_data()) < 20_000


def test_a_visitor_who_only_reads_is_led_back_to_the_page(browser: Browser) -> None:
    answer = browser.get("/nl/account?x=1")

    assert answer.location == "/nl/sign-in?next=/nl/account?x%3D1"


def test_what_a_coordinator_wrote_survives_too(
    browser: Browser, make: Factories, session: Session, quaregnon: Commune, clock: SettableClock
) -> None:
    make.coordinator(email="coordination@federal.example")
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED)
    address = f"/en/review/{sheet.id}/changes"
    session.commit()
    browser.sign_in("coordination@federal.example")
    page = browser.get("/en/account")
    clock.time += timedelta(hours=13)

    asked = browser.fill(page, "/account", {"comment-costs": LONG}, to=address)
    kept = browser.fill(asked, "/sign-in", {"email": "coordination@federal.example", "password": PASSWORD})

    assert asked.status_code == 401
    assert same_text(fields_of(kept, address)["comment-costs"], LONG)
