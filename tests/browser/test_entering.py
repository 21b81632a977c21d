"""Come in and go out: by an invitation, by a forgotten password, and out so that nobody can follow."""

import re
from http.client import HTTPConnection

from playwright.sync_api import expect

from passerelle.accounts.models import Role
from tests.browser.conftest import Browse
from tests.browser.house import House, words_of
from tests.browser.steps import fill_in, heading, member, press, sign_in

NEW_PASSWORD = "three green bridges over the Sambre"


def _link_in(words: str, part: str) -> str:
    """The path of the link in a mail that contains `part`."""
    found = re.search(rf"http://[^/\s]+(/\w\w/{part}/\S+)", words)
    assert found, words
    return found[1]


def test_an_invited_colleague_comes_in_by_the_link_once(browse: Browse, house: House) -> None:
    page = browse("/en/")
    sign_in(page, member(house, "63079", "manager@inviting.example", Role.MANAGER))
    page.goto("/en/communes/63079/members")
    page.get_by_label("E-mail address").fill("colleague@inviting.example")
    page.locator("main form select[name=role]").last.select_option("contributor")
    page.locator("main form select[name=language]").select_option("nl")
    page.get_by_role("main").get_by_role("button", name=re.compile("^Invite|^Send")).click()
    expect(page.get_by_role("status")).to_contain_text("colleague@inviting.example")

    mail = house.mail_to("colleague@inviting.example")
    assert mail["Content-Language"] == "nl"
    link = _link_in(words_of(mail), "invitation")
    guest = browse(link, javascript=False)
    expect(guest.locator("html")).to_have_attribute("lang", "nl")
    guest.goto(link.replace("/nl/", "/en/"))
    guest.get_by_label("Your name").fill("Cé Colleague")
    guest.get_by_label("New password").fill("short")
    press(guest, "Open my account")
    expect(guest.get_by_role("alert")).to_be_visible()
    guest.get_by_label("New password").fill(NEW_PASSWORD)
    press(guest, "Open my account")

    expect(guest.get_by_role("main").get_by_role("link", name="New sheet")).to_be_visible()
    again = browse(link.replace("/nl/", "/en/"))
    heading(again, "This link no longer works")


def test_a_forgotten_password_is_replaced_by_mail(browse: Browse, house: House) -> None:
    email = member(house, "53053", "forgetful@entering.example")
    page = browse("/en/sign-in", javascript=False)

    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("E-mail address at work").fill(email)
    press(page, "Send me the link")
    page.goto(_link_in(words_of(house.mail_to(email)), "reset").replace("/fr/", "/en/"))
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    other = browse("/en/sign-in")
    fill_in(other, email)
    expect(other.get_by_role("alert")).to_contain_text("do not match")
    fill_in(other, email, NEW_PASSWORD)
    expect(other.get_by_role("button", name="Sign out")).to_be_visible()


def test_who_signs_out_leaves_no_key_behind(browse: Browse, house: House) -> None:
    page = browse("/en/", javascript=False)
    sign_in(page, member(house, "53053", "leaver@entering.example"))
    cookies = page.context.cookies()
    copied = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies)
    assert all(cookie["httpOnly"] for cookie in cookies)
    assert _status(house, copied) == 200

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)

    assert _status(house, copied) == 302


def _status(house: House, cookies: str) -> int:
    """What another program is answered for the dashboard with these cookies."""
    connection = HTTPConnection(house.host, timeout=10)
    connection.request("GET", "/en/my", headers={"Cookie": cookies})
    status = connection.getresponse().status
    connection.close()
    return status


def test_whoever_meant_to_go_somewhere_gets_there_after_signing_in(browse: Browse, house: House) -> None:
    page = browse("/en/account", javascript=False)

    heading(page, "Sign in")
    fill_in(page, member(house, "53053", "traveller@entering.example"))

    heading(page, "My account")
