"""Journeys in a real browser, on a platform that runs as it does for everybody. They need Chromium."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.chromium import Chromium, Watch, find_chromium
from tests.browser.house import House, running

MISSING = "The browser journeys need Chromium, which is not here: apt-get install chromium"
LONGEST_STEP = 10_000  # milliseconds
LONGEST_JOURNEY = 90.0  # seconds
Browse = Callable[..., Page]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without Chromium there are no journeys, and the summary says so; where they are required, it fails."""
    if find_chromium() or collection_path.name == "conftest.py":
        return None
    if os.environ.get("PASSERELLE_BROWSER") == "required":
        raise pytest.UsageError(MISSING)
    return True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey whose browser died is made once more, and the summary says so; nothing else is repeated."""
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TargetClosedError", "has been closed"]))


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
def playwright() -> Iterator[Playwright]:
    """What drives the browser."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def one_chromium(playwright: Playwright) -> Iterator[Chromium]:
    """One browser for all journeys, started again when it had to be ended."""
    browser = Chromium(playwright)
    yield browser
    browser.close()


@pytest.fixture
def chromium(one_chromium: Chromium) -> Iterator[Browser]:
    """A living browser; one that stands still is ended, and the journey fails instead of waiting for ever."""
    browser = one_chromium.living()
    with one_chromium.ended_after(LONGEST_JOURNEY):
        yield browser


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
        if chromium.is_connected():
            context.close()
    assert watch.faults == []
