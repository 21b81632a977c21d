"""What watches every window sees what it is there to see; else silence would prove nothing."""

import pytest
from playwright.sync_api import Browser, Error, Playwright

from tests.browser.chromium import Chromium, Watch
from tests.browser.house import House

OFFENCES = {
    "another host": "new Image().src = 'http://elsewhere.example/pixel.png'",
    "a style in the page": "document.body.setAttribute('style', 'color: red')",
    "a script": "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))",
    "an error of a script": "setTimeout(() => { throw new Error('broken') })",
    "a missing file": "new Image().src = '/assets/0/nothing.png'",
}


@pytest.mark.parametrize("offence", OFFENCES)
def test_a_fault_in_a_window_is_noted(chromium: Browser, house: House, offence: str) -> None:
    watch, context = Watch(house.host), chromium.new_context()
    watch.over(context)
    page = context.new_page()
    page.goto(f"{house.address}/en/about")
    assert watch.faults == []

    page.evaluate(OFFENCES[offence])
    for _ in range(100):  # five seconds, for a browser on a busy machine
        if watch.faults:
            break
        page.wait_for_timeout(50)

    context.close()
    assert watch.faults != []


def test_a_browser_that_stands_still_is_ended_and_another_one_started(playwright: Playwright) -> None:
    chromium = Chromium(playwright)
    page = chromium.living().new_page()

    with chromium.ended_after(1.0), pytest.raises(Error):
        page.evaluate("new Promise(() => {})")

    assert chromium.living().new_page().evaluate("1 + 1") == 2
    chromium.close()
