"""Nobody fills the tables with wishes for new passwords, whatever addresses they invent."""

from passerelle.accounts.throttle import RESET_BY_NETWORK
from tests.web.accounts.browser import Browser


def wish(browser: Browser, number: int) -> int:
    """The status of a wish for an address that was never asked for before."""
    page = browser.get("/en/reset")
    return browser.fill(
        page, "/reset", {"email": f"nobody{number}@commune.example"}, at="/en/reset"
    ).status_code


def test_a_network_wishes_for_twenty_new_passwords_an_hour_at_most(browser: Browser) -> None:
    browser.address = "192.0.2.7"

    taken = [wish(browser, number) for number in range(RESET_BY_NETWORK.most)]
    one_more = wish(browser, RESET_BY_NETWORK.most)
    browser.address = "198.51.100.7"
    elsewhere = wish(browser, RESET_BY_NETWORK.most + 1)

    assert set(taken) == {200}
    assert one_more == 429
    assert elsewhere == 200
