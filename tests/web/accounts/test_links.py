"""Links from mails: a reset and an invitation. Each works once, and opening it uses nothing up."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from passerelle.accounts.actions import disable, invite
from passerelle.accounts.links import make_link, token_of
from passerelle.accounts.models import LinkPurpose, Membership, OneTimeLink, Role, ScopeKind, User
from passerelle.accounts.queries import user_by_email
from passerelle.core.jobs import Job
from passerelle.core.settings import Settings
from tests.conftest import SettableClock
from tests.factories import NOON
from tests.web.accounts.browser import CLAIRE, NEW_PASSWORD, Browser
from tests.web.mails.mailbox import Mailbox


def ask(browser: Browser, email: str) -> int:
    return browser.fill("/en/reset", "/reset", {"email": email}).status_code


def choose(browser: Browser, path: str, password: str = NEW_PASSWORD, **more: str) -> tuple[int, str]:
    answer = browser.fill(path, "", {"password": password, **more}, at=path)
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.usefixtures("claire")
def test_a_forgotten_password_is_replaced_by_mail(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser, CLAIRE)

    status, _page = choose(browser, mailbox.path())

    assert status == 302
    assert browser.is_signed_in()
    other = Browser(browser.app)
    assert other.sign_in(CLAIRE).status_code == 422
    assert other.sign_in(CLAIRE, NEW_PASSWORD).status_code == 302


@pytest.mark.usefixtures("claire")
def test_a_reset_signs_every_other_browser_out(browser: Browser, mailbox: Mailbox) -> None:
    thief = Browser(browser.app)
    thief.sign_in(CLAIRE)
    ask(browser, CLAIRE)

    choose(browser, mailbox.path())

    assert not thief.is_signed_in()


@pytest.mark.usefixtures("claire")
def test_known_and_unknown_addresses_are_answered_alike(
    browser: Browser, mailbox: Mailbox, session: Session
) -> None:
    known = browser.fill("/en/reset", "/reset", {"email": CLAIRE})
    unknown = Browser(browser.app).fill("/en/reset", "/reset", {"email": "nobody@commune.example"})

    pages = [page.get_data(as_text=True) for page in (known, unknown)]
    assert known.status_code == unknown.status_code == 200
    assert pages[0].replace(CLAIRE, "x") == pages[1].replace("nobody@commune.example", "x")
    assert [mail["To"] for mail in mailbox.mails()] == [CLAIRE]
    assert session.scalar(select(func.count(Job.id))) == 2


def test_a_suspended_person_gets_no_mail(
    browser: Browser, mailbox: Mailbox, claire: User, session: Session
) -> None:
    disable(session, claire, NOON)
    session.commit()

    assert ask(browser, CLAIRE) == 200
    assert mailbox.mails() == []


@pytest.mark.usefixtures("claire")
def test_a_link_works_once(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser, CLAIRE)
    path = mailbox.path()
    page = browser.get(path)
    choose(browser, path)

    again = Browser(browser.app)
    answer = again.get(path)
    replayed = browser.fill(browser.get("/en/account"), "/account/password", {}, at=path)

    assert page.status_code == 200
    assert answer.status_code == 410
    assert "no longer works" in answer.get_data(as_text=True)
    assert replayed.status_code != 302


@pytest.mark.usefixtures("claire")
def test_opening_a_link_many_times_uses_nothing_up(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser, CLAIRE)
    for _ in range(5):
        assert Browser(browser.app).get(mailbox.path()).status_code == 200
    browser.client.head(mailbox.path())

    assert choose(browser, mailbox.path())[0] == 302


@pytest.mark.usefixtures("claire")
def test_a_refused_password_uses_nothing_up(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser, CLAIRE)

    for easy in ("short", "x" * 129, CLAIRE, "motdepassemotdepasse", ""):
        assert choose(browser, mailbox.path(), easy)[0] == 422

    assert choose(browser, mailbox.path())[0] == 302


@pytest.mark.usefixtures("claire")
def test_a_reset_lasts_two_hours(browser: Browser, mailbox: Mailbox, clock: SettableClock) -> None:
    ask(browser, CLAIRE)
    page = browser.get(mailbox.path())

    clock.time += timedelta(hours=2)

    assert browser.get(mailbox.path()).status_code == 410
    assert browser.fill(page, "", {"password": NEW_PASSWORD}, at=mailbox.path()).status_code == 410


@pytest.mark.usefixtures("claire")
def test_the_second_link_dies_with_the_first(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser, CLAIRE)
    first = mailbox.path()
    ask(browser, CLAIRE)

    choose(browser, first)

    assert browser.get(mailbox.path()).status_code == 410


@pytest.mark.usefixtures("claire")
def test_a_forged_host_is_in_no_link(browser: Browser, mailbox: Mailbox) -> None:
    page = browser.get("/en/reset")
    browser.headers = {
        "Host": "127.0.0.1:9",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
    }

    browser.fill(page, "/reset", {"email": CLAIRE})
    browser.headers = {"Host": "evil.example"}

    assert browser.get("/en/reset").status_code == 400
    assert all("evil" not in mail.as_string() and ":9/" not in mail.as_string() for mail in mailbox.mails())


@pytest.mark.usefixtures("claire")
def test_five_links_a_day_and_no_more(browser: Browser, mailbox: Mailbox, clock: SettableClock) -> None:
    for _ in range(5):
        assert ask(browser, CLAIRE) == 200

    refused = browser.fill("/en/reset", "/reset", {"email": CLAIRE})
    assert refused.status_code == 429
    assert "Try again in 24 hours." in refused.get_data(as_text=True)
    assert f'value="{CLAIRE}"' in refused.get_data(as_text=True)
    assert len(mailbox.mails()) == 5
    clock.time += timedelta(days=1)
    assert ask(browser, CLAIRE) == 200


def test_an_unknown_address_is_counted_alike(browser: Browser) -> None:
    for _ in range(5):
        ask(browser, "nobody@commune.example")

    assert ask(browser, "nobody@commune.example") == 429


@pytest.mark.usefixtures("claire")
def test_a_reset_lets_the_owner_in_at_once_after_somebody_guessed(browser: Browser, mailbox: Mailbox) -> None:
    for _ in range(10):
        Browser(browser.app).sign_in(CLAIRE, "a guess of somebody else")
    ask(browser, CLAIRE)

    choose(browser, mailbox.path())

    assert Browser(browser.app).sign_in(CLAIRE, NEW_PASSWORD).status_code == 302


def test_an_address_that_cannot_be_one_is_said_so(browser: Browser) -> None:
    for typed in ("", "nobody", "a@b.be\r\nBcc: c@d.be", "x" * 9_000):
        assert ask(browser, typed) == 422


def test_a_token_of_our_own_making_is_needed(browser: Browser, settings: Settings) -> None:
    for token in (
        "x",
        "MQ.x",
        "a" * 5_000,
        "%00",
        "é",
        token_of(1, LinkPurpose.INVITATION, settings.secret_key),
    ):
        assert browser.get(f"/en/reset/{token}").status_code == 410


def test_a_link_of_one_purpose_serves_no_other(
    browser: Browser, claire: User, session: Session, settings: Settings
) -> None:
    number = make_link(session, LinkPurpose.INVITATION, claire, NOON).id
    session.commit()

    forged = token_of(number, LinkPurpose.RESET, settings.secret_key)

    assert browser.get(f"/en/reset/{forged}").status_code == 410


def test_an_invitation_opens_an_account(
    browser: Browser, mailbox: Mailbox, manager: User, session: Session
) -> None:
    boss = Browser(browser.app)
    boss.sign_in("manager@commune.example")
    boss.fill(
        "/en/communes/53065/members",
        "/53065/members",
        {"email": "new@commune.example", "role": "contributor", "language": "nl"},
    )

    status, _page = choose(browser, mailbox.path(), name="  Noor  Nieuw ")

    assert status == 302
    assert browser.is_signed_in()
    assert mailbox.mails()[-1]["Content-Language"] == "nl"
    user = session.scalars(user_by_email("new@commune.example")).one()
    assert (user.name, user.language) == ("Noor Nieuw", "nl")
    assert [(each.commune_nis, each.role) for each in user.memberships] == [("53065", Role.CONTRIBUTOR)]
    assert session.scalars(select(OneTimeLink.created_by)).all() == [manager.id]


def test_an_invitation_needs_a_name(browser: Browser, session: Session, mailbox: Mailbox) -> None:
    invite(session, "new@commune.example", "fr", NOON, administrator=True)
    session.commit()
    ask(browser, "nobody@commune.example")

    assert choose(browser, mailbox.path(), name="   ")[0] == 422
    assert choose(browser, mailbox.path(), name="a\x00b")[0] == 422
    assert choose(browser, mailbox.path(), name="x" * 121)[0] == 422
    assert choose(browser, mailbox.path(), name="Noor")[0] == 302


def test_an_invitation_lasts_fourteen_days(
    browser: Browser, session: Session, settings: Settings, clock: SettableClock
) -> None:
    link = invite(session, "new@commune.example", "fr", NOON, scope=(ScopeKind.NATIONAL, ""))
    assert link is not None
    path = f"/en/invitation/{token_of(link.id, LinkPurpose.INVITATION, settings.secret_key)}"
    session.commit()

    clock.time += timedelta(days=14) - timedelta(seconds=1)
    assert browser.get(path).status_code == 200
    clock.time += timedelta(seconds=1)
    assert browser.get(path).status_code == 410


def test_somebody_known_is_told_and_keeps_the_password(
    browser: Browser, claire: User, session: Session, mailbox: Mailbox
) -> None:
    link = invite(session, CLAIRE, "de", NOON, membership=("53053", Role.READER))
    session.commit()
    ask(browser, "nobody@commune.example")

    assert link is None
    assert "Your password stays the same." in mailbox.words()
    assert browser.sign_in(CLAIRE).status_code == 302
    roles = session.scalars(select(Membership.role).where(Membership.user_id == claire.id)).all()
    assert sorted(roles) == ["contributor", "reader"]
    assert claire.language == "en"


def test_a_link_for_somebody_suspended_is_over(
    browser: Browser, claire: User, session: Session, mailbox: Mailbox
) -> None:
    ask(browser, CLAIRE)
    claire.disabled_at = NOON
    session.commit()

    assert browser.get(mailbox.path()).status_code == 410
