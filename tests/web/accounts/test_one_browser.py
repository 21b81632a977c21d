"""In one browser one person is signed in: whoever comes next ends what was before."""

import pytest

from tests.factories import PASSWORD
from tests.web.accounts.browser import CLAIRE, Browser


@pytest.mark.usefixtures("claire", "manager")
def test_signing_in_again_ends_the_sign_in_before(browser: Browser) -> None:
    form = browser.get("/en/sign-in")  # left open in another tab
    browser.fill(form, "/sign-in", {"email": CLAIRE, "password": PASSWORD})
    copied = browser.cookie()
    sent = {"email": "manager@commune.example", "password": PASSWORD}
    lost = browser.fill(form, "/sign-in", sent)  # its token was of the session before

    came = browser.fill(lost, "/sign-in", sent)

    assert came.status_code == 302
    assert browser.is_signed_in()
    browser.paste_cookie(copied)
    assert not browser.is_signed_in()
