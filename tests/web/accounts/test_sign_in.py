"""Signing in and out."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from passerelle.accounts.models import Attempt, SignIn, User
from passerelle.accounts.passwords import Cost, Passwords
from tests.conftest import SettableClock
from tests.factories import NOON, PASSWORD, Factories
from tests.web.accounts.browser import CLAIRE, Browser

pytestmark = pytest.mark.usefixtures("claire")


def text_of(page: TestResponse) -> str:
    return page.get_data(as_text=True)


def test_the_right_password_opens_the_dashboard(browser: Browser) -> None:
    answer = browser.sign_in(CLAIRE)

    assert answer.status_code == 302
    assert answer.location == "/en/my"
    assert browser.is_signed_in()


def test_a_coordinator_comes_to_the_queue(browser: Browser, make: Factories, session: Session) -> None:
    make.coordinator(email="coordination@federal.example")
    session.commit()

    assert browser.sign_in("coordination@federal.example").location == "/en/review"


def test_the_address_may_be_typed_in_capitals_with_a_space(browser: Browser) -> None:
    assert browser.sign_in(" Claire@Commune.EXAMPLE ").status_code == 302


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(browser: Browser) -> None:
    wrong = browser.sign_in(CLAIRE, "not her password")
    unknown = Browser(browser.app).sign_in("nobody@commune.example", "not her password")

    assert wrong.status_code == unknown.status_code == 422
    assert without_tokens(wrong, "claire") == without_tokens(unknown, "nobody")
    assert "do not match" in text_of(wrong)


def without_tokens(page: TestResponse, who: str) -> str:
    lines = text_of(page).replace(who, "somebody").splitlines()
    return "\n".join(line for line in lines if "csrf_token" not in line)


def test_both_are_hashed_once(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[bool] = []
    match = Passwords.match

    def watched(self: Passwords, kept: str | None, password: str) -> bool:
        checked.append(kept is None)
        return match(self, kept, password)

    monkeypatch.setattr(
        Passwords,
        "match",
        watched,
    )

    browser.sign_in(CLAIRE, "not her password")
    browser.sign_in("nobody@commune.example", "not her password")

    assert checked == [False, True]


@pytest.mark.parametrize("change", ["suspended", "invited"])
def test_who_may_not_come_in_is_answered_like_anybody_unknown(
    change: str, browser: Browser, claire: User, session: Session
) -> None:
    if change == "suspended":
        claire.disabled_at = NOON
    else:
        claire.password_hash = None
    session.commit()

    answer = browser.sign_in(CLAIRE)

    assert answer.status_code == 422
    assert "do not match" in text_of(answer)


def test_after_a_mistake_the_address_stands_there_still_and_the_password_does_not(browser: Browser) -> None:
    page = text_of(browser.sign_in(CLAIRE, "not her password"))

    assert f'value="{CLAIRE}"' in page
    assert "not her password" not in page


def test_an_empty_form_names_each_problem(browser: Browser) -> None:
    answer = browser.sign_in("", "")

    assert answer.status_code == 422
    assert 'href="#email"' in text_of(answer)
    assert 'href="#password"' in text_of(answer)


def test_the_eleventh_failure_waits_and_says_how_long(browser: Browser, clock: SettableClock) -> None:
    for _ in range(10):
        browser.sign_in(CLAIRE, "not her password")

    answer = browser.sign_in(CLAIRE)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert "Try again in 5 minutes." in text_of(answer)
    assert f'value="{CLAIRE}"' in text_of(answer)
    clock.time += timedelta(minutes=5)
    assert browser.sign_in(CLAIRE).status_code == 302


def test_an_unknown_address_waits_just_the_same(browser: Browser) -> None:
    for _ in range(10):
        browser.sign_in("nobody@commune.example")

    assert browser.sign_in("nobody@commune.example").status_code == 429


def test_a_throttled_try_is_never_hashed(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(10):
        browser.sign_in(CLAIRE, "not her password")
    monkeypatch.setattr(Passwords, "match", lambda *_: pytest.fail("hashed"))

    assert browser.sign_in(CLAIRE).status_code == 429


def test_successes_are_not_counted(browser: Browser) -> None:
    for _ in range(30):
        assert Browser(browser.app).sign_in(CLAIRE).status_code == 302


def test_one_network_guesses_at_ten_addresses_and_waits(browser: Browser) -> None:
    browser.address = "192.0.2.1"
    for number in range(10):
        browser.sign_in(f"person{number}@commune.example")

    browser.address = "192.0.2.200"
    assert browser.sign_in(CLAIRE).status_code == 429
    browser.address = "198.51.100.1"
    assert browser.sign_in(CLAIRE).status_code == 302


def test_behind_a_proxy_on_this_machine_visitors_are_told_apart(browser: Browser) -> None:
    browser.headers = {"X-Forwarded-For": "203.0.113.5, 192.0.2.1"}
    for number in range(10):
        browser.sign_in(f"person{number}@commune.example")

    assert browser.sign_in(CLAIRE).status_code == 429
    browser.headers = {"X-Forwarded-For": "192.0.2.1, 198.51.100.1"}
    assert browser.sign_in(CLAIRE).status_code == 302


def test_a_visitor_from_outside_cannot_name_another_network(browser: Browser) -> None:
    browser.address = "192.0.2.1"
    for number in range(10):
        browser.headers = {"X-Forwarded-For": f"198.51.{number}.1"}
        browser.sign_in(f"person{number}@commune.example")

    assert browser.sign_in(CLAIRE).status_code == 429


def test_the_attempts_name_nobody(browser: Browser, session: Session) -> None:
    browser.sign_in(CLAIRE, "not her password")

    assert all("claire" not in key for key in session.scalars(select(Attempt.key)))


def test_a_hash_of_another_cost_is_made_anew(browser: Browser, claire: User, session: Session) -> None:
    claire.password_hash = Passwords(Cost(16, 1, 1)).hash(PASSWORD)
    session.commit()

    browser.sign_in(CLAIRE)

    session.expire_all()
    assert "$m=8,t=1,p=1$" in str(claire.password_hash)


def test_the_session_changes_when_somebody_signs_in(browser: Browser) -> None:
    with browser.client.session_transaction() as held:
        held["planted"] = "by somebody else"
    browser.get("/en/sign-in")
    before = browser.cookie()

    browser.sign_in(CLAIRE)

    with browser.client.session_transaction() as held:
        assert "planted" not in held
        assert "csrf_token" not in held
        assert "_id" not in held
    assert browser.cookie() != before


def test_only_a_hash_of_the_token_is_kept(browser: Browser, session: Session) -> None:
    browser.sign_in(CLAIRE)

    with browser.client.session_transaction() as held:
        token = held["_user_id"]
    kept = session.scalar(select(SignIn.token_hash))
    assert len(token) >= 43
    assert len(str(kept)) == 64
    assert token not in str(kept)


def test_a_copied_cookie_is_dead_after_signing_out(browser: Browser) -> None:
    browser.sign_in(CLAIRE)
    copied = browser.cookie()

    answer = browser.fill("/en/account", "/sign-out", {})

    assert answer.status_code == 302
    browser.paste_cookie(copied)
    assert not browser.is_signed_in()


def test_signing_out_ends_this_browser_only(browser: Browser) -> None:
    other = Browser(browser.app)
    browser.sign_in(CLAIRE)
    other.sign_in(CLAIRE)

    browser.fill("/en/account", "/sign-out", {})

    assert not browser.is_signed_in()
    assert other.is_signed_in()


def test_signing_out_needs_a_form_of_ours(browser: Browser) -> None:
    browser.sign_in(CLAIRE)
    browser.headers = {"Origin": "https://evil.example"}

    assert browser.post("/en/sign-out", {}).status_code == 400
    assert browser.get("/en/sign-out").status_code == 405
    assert browser.is_signed_in()


def test_the_cookie_stays_only_when_asked_to(browser: Browser) -> None:
    browser.sign_in(CLAIRE)
    other = Browser(browser.app)
    other.sign_in(CLAIRE, keep="1")

    assert browser.expiry() is None
    assert other.expiry() is not None


def test_a_sign_in_unused_for_twelve_hours_is_over(browser: Browser, clock: SettableClock) -> None:
    browser.sign_in(CLAIRE, keep="1")

    clock.time += timedelta(hours=12)

    assert not browser.is_signed_in()


def test_a_sign_in_in_use_lasts_seven_days(browser: Browser, clock: SettableClock) -> None:
    browser.sign_in(CLAIRE, keep="1")
    for _ in range(7 * 4 - 1):
        clock.time += timedelta(hours=6)
        assert browser.is_signed_in()

    clock.time += timedelta(hours=6)

    assert not browser.is_signed_in()


def test_use_is_written_down_every_ten_minutes_though_pages_only_read(
    browser: Browser, clock: SettableClock, session: Session
) -> None:
    browser.sign_in(CLAIRE)

    clock.time += timedelta(minutes=9)
    browser.get("/en/account")
    early = session.scalar(select(SignIn.last_seen_at))
    session.rollback()
    clock.time += timedelta(minutes=1)
    browser.get("/en/account")

    assert early == NOON
    assert session.scalar(select(SignIn.last_seen_at)) == NOON + timedelta(minutes=10)


def test_use_is_written_down_by_a_form_too(browser: Browser, clock: SettableClock, session: Session) -> None:
    browser.sign_in(CLAIRE)
    page = browser.get("/en/account")
    clock.time += timedelta(minutes=30)

    browser.fill(page, "/account", {"name": "Claire D.", "language": "fr"})

    assert session.scalar(select(SignIn.last_seen_at)) == NOON + timedelta(minutes=30)


def test_the_database_holds_one_row_a_sign_in(browser: Browser, session: Session) -> None:
    browser.sign_in(CLAIRE)
    browser.get("/en/account")

    assert session.scalar(select(func.count(SignIn.id))) == 1


def test_who_is_signed_in_is_not_asked_again(browser: Browser) -> None:
    browser.sign_in(CLAIRE)

    assert browser.get("/en/sign-in?next=/en/account").location == "/en/account"


def test_signed_in_pages_are_kept_by_no_cache(browser: Browser) -> None:
    browser.sign_in(CLAIRE)

    assert browser.get("/en/account").headers["Cache-Control"] == "no-store"
    assert browser.get("/en/sign-in").headers["Cache-Control"] == "no-store"
