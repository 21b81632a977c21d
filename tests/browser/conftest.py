"""Journeys in a real browser, on a platform that runs as it does for everybody. They need Chromium."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, Watch, find_chromium
from tests.browser.house import House, running

MISSING = "The browser journeys need Chromium, which is not here: apt-get install chromium"
LONGEST_STEP = 10_000  # milliseconds
Browse = Callable[..., Page]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without Chromium there are no journeys, and the summary says so; where they are required, it fails."""
    if find_chromium() or collection_path.name == "conftest.py":
        return None
    if os.environ.get("PASSERELLE_BROWSER") == "required":
        raise pytest.UsageError(MISSING)
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was not tried."""
    if not find_chromium():
        terminalreporter.write_line(MISSING, yellow=True)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The platform all journeys visit; each brings its own sheets and people."""
    with running(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; each opens its own windows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser, house: House) -> Iterator[Browse]:
    """Opens windows: `browse("/en/", javascript=False, width=375, dark=True)` answers a page that is there.

    Windows share nothing. When the test ends, none of them may have asked another host, met an error of its
    own or of ours, or broken the content security policy.
    """
    watch, contexts = Watch(house.host), list[BrowserContext]()

    def open_window(
        path: str = "/en/", *, javascript: bool = True, width: int = 1280, dark: bool = False
    ) -> Page:
        context = chromium.new_context(
            base_url=house.address,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
        )
        context.set_default_timeout(LONGEST_STEP)
        watch.over(context)
        contexts.append(context)
        page = context.new_page()
        page.goto(urljoin(house.address, path))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert watch.faults == []
