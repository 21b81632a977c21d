"""The members of a commune, for those who manage them."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, Membership, Role, User
from tests.factories import NOON, Factories
from tests.web.accounts.browser import CLAIRE, Browser
from tests.web.mails.mailbox import Mailbox

PAGE = "/en/communes/53065/members"
BOSS = "manager@commune.example"
FOREIGN = "/en/communes/53053/members"


@pytest.fixture
def boss(browser: Browser, manager: User) -> Browser:
    """The browser of the manager."""
    assert manager
    browser.sign_in(BOSS)
    return browser


def number_of(session: Session, email: str) -> int:
    found = session.scalars(select(Membership.id).join(Membership.user).where(User.email == email)).one()
    session.rollback()
    return found


def role_of(session: Session, email: str) -> str | None:
    found = session.scalar(select(Membership.role).join(Membership.user).where(User.email == email))
    session.rollback()
    return found


def send_invitation(browser: Browser, email: str, role: str = "reader", page: str = PAGE) -> tuple[int, str]:
    answer = browser.fill(page, "/members", {"email": email, "role": role, "language": "fr"})
    return answer.status_code, answer.get_data(as_text=True)


def test_the_manager_sees_who_belongs_to_the_commune(
    boss: Browser, claire: User, make: Factories, session: Session
) -> None:
    assert claire
    make.user(email="elsewhere@commune.example", of=make.commune("53053"))
    session.commit()

    page = boss.get(PAGE).get_data(as_text=True)

    assert CLAIRE in page
    assert "Maya" in page
    assert "elsewhere@commune.example" not in page


@pytest.mark.usefixtures("claire")
def test_a_contributor_and_a_visitor_do_not(browser: Browser) -> None:
    assert browser.get(PAGE).location == f"/en/sign-in?next={PAGE}"
    browser.sign_in(CLAIRE)

    assert browser.get(PAGE).status_code == 404


def test_a_manager_does_not_see_another_commune(boss: Browser, make: Factories, session: Session) -> None:
    make.user(email="elsewhere@commune.example", of=make.commune("53053"))
    session.commit()
    other = number_of(session, "elsewhere@commune.example")

    assert boss.get(FOREIGN).status_code == 404
    assert boss.get("/en/communes/99999/members").status_code == 404
    assert boss.get(f"{FOREIGN}/{other}/remove").status_code == 404
    assert boss.get(f"{PAGE}/{other}/remove").status_code == 404
    for path in (f"{PAGE}/{other}/role", f"{PAGE}/{other}/remove", f"{FOREIGN}/{other}/remove"):
        answer = boss.fill(boss.get(PAGE), "/members", {"role": "manager"}, to=path)
        assert answer.status_code == 404
    assert role_of(session, "elsewhere@commune.example") == Role.CONTRIBUTOR


@pytest.mark.parametrize("role", list(Role))
def test_a_manager_invites_for_each_role(
    role: Role, boss: Browser, mailbox: Mailbox, session: Session
) -> None:
    status, _page = send_invitation(boss, "new@commune.example", role)

    assert status == 302
    assert role_of(session, "new@commune.example") == role
    assert "Quaregnon" in mailbox.words()
    assert "Invited, not here yet" in boss.get(PAGE).get_data(as_text=True)


@pytest.mark.parametrize("value", ["administrator", "coordinator", "", "MANAGER"])
def test_no_other_role_can_be_given(value: str, boss: Browser, session: Session) -> None:
    assert send_invitation(boss, "new@commune.example", value)[0] == 422
    assert role_of(session, "new@commune.example") is None


@pytest.mark.parametrize("value", ["", "nobody", "a@b.be\nBcc: c@d.be", "x" * 300 + "@b.be", "a\x00@b.be"])
def test_an_address_that_cannot_be_one_is_said_so(value: str, boss: Browser, mailbox: Mailbox) -> None:
    status, page = send_invitation(boss, value)

    assert status == 422
    assert 'href="#email"' in page
    assert mailbox.mails() == []


@pytest.mark.usefixtures("claire")
def test_a_member_is_not_invited_again(boss: Browser, mailbox: Mailbox) -> None:
    status, page = send_invitation(boss, CLAIRE.upper())

    assert status == 422
    assert "a member already" in page
    assert mailbox.mails() == []


def test_a_manager_cannot_bind_a_coordinator_to_the_commune(
    boss: Browser, make: Factories, session: Session
) -> None:
    make.coordinator(email="strict@demo.example")
    session.commit()

    status, page = send_invitation(boss, "strict@demo.example")

    assert status == 422
    assert "Only an administrator can make them a member" in page
    assert role_of(session, "strict@demo.example") is None


def test_a_lost_invitation_can_be_sent_again(boss: Browser, mailbox: Mailbox, session: Session) -> None:
    send_invitation(boss, "new@commune.example", "contributor")
    status, _page = send_invitation(boss, "new@commune.example", "manager")

    assert status == 302
    assert len(mailbox.mails()) == 2
    assert role_of(session, "new@commune.example") == "contributor"


@pytest.mark.usefixtures("claire")
def test_a_role_is_changed(boss: Browser, session: Session) -> None:
    number = number_of(session, CLAIRE)

    answer = boss.fill(PAGE, f"/{number}/role", {"role": "manager"})

    assert answer.location == PAGE
    assert role_of(session, CLAIRE) == "manager"


@pytest.mark.usefixtures("claire")
def test_a_role_that_does_not_exist_changes_nothing(boss: Browser, session: Session) -> None:
    answer = boss.fill(PAGE, f"/{number_of(session, CLAIRE)}/role", {"role": "king"})

    assert answer.status_code == 422
    assert role_of(session, CLAIRE) == "contributor"


@pytest.mark.usefixtures("claire")
def test_a_member_is_removed_after_a_question(boss: Browser, session: Session) -> None:
    number = number_of(session, CLAIRE)
    other = Browser(boss.app)
    other.sign_in(CLAIRE)

    question = boss.get(f"{PAGE}/{number}/remove")
    kept = role_of(session, CLAIRE)
    answer = boss.fill(question, f"/{number}/remove", {})

    assert CLAIRE in question.get_data(as_text=True)
    assert kept == "contributor"
    assert answer.location == PAGE
    assert role_of(session, CLAIRE) is None
    assert other.is_signed_in()  # the account stays, with the rights of a reader


def test_the_last_manager_stays(boss: Browser, session: Session, make: Factories, quaregnon: Commune) -> None:
    make.user(of=quaregnon, role=Role.MANAGER).password_hash = None
    make.user(of=quaregnon, role=Role.MANAGER, disabled_at=NOON)
    session.commit()
    number = number_of(session, BOSS)

    demoted = boss.fill(PAGE, f"/{number}/role", {"role": "reader"})
    removed = boss.fill(f"{PAGE}/{number}/remove", f"/{number}/remove", {})

    assert demoted.status_code == removed.status_code == 409
    assert "last manager" in removed.get_data(as_text=True)
    assert role_of(session, BOSS) == "manager"


def test_an_administrator_may_remove_the_last_manager(
    browser: Browser, make: Factories, session: Session, manager: User
) -> None:
    assert manager
    admin = make.administrator()
    admin.email = "admin@platform.example"
    session.commit()
    browser.sign_in("admin@platform.example")
    number = number_of(session, BOSS)

    answer = browser.fill(f"{PAGE}/{number}/remove", f"/{number}/remove", {})

    assert answer.location == PAGE
    assert role_of(session, BOSS) is None


def test_a_manager_who_leaves_comes_to_the_dashboard(
    boss: Browser, make: Factories, session: Session, quaregnon: Commune
) -> None:
    make.user(of=quaregnon, role=Role.MANAGER)
    session.commit()
    number = number_of(session, BOSS)

    answer = boss.fill(f"{PAGE}/{number}/remove", f"/{number}/remove", {})

    assert answer.location == "/en/my"
    assert boss.get(PAGE).status_code == 404


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_page_is_there_in_four_languages(language: str, boss: Browser, session: Session) -> None:
    number = number_of(session, BOSS)

    page = boss.get(f"/{language}/communes/53065/members")

    assert page.status_code == 200
    assert boss.get(f"/{language}/communes/53065/members/{number}/remove").status_code == 200
    assert boss.get(f"/{language}/communes/53065/members/{number}/role").location.endswith(
        f"#member-{number}"
    )
