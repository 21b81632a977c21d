"""Find Chromium, and watch what it does: a page asks nobody but us, and has nothing to complain about."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Playwright,
    Request,
    Response,
    WebError,
)

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",  # in a container there is none to be had; it only ever meets our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOOK = frozenset({"stylesheet", "script", "image", "font"})
# What Chromium says in its console of every answer from 400 on, those we want included.
EXPECTED = re.compile(r"^Failed to load resource: the server responded with a status of 4\d\d")


def find_chromium() -> str | None:
    """The path of an installed Chromium, or None."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


class Chromium:
    """A browser of this test run, told from all others on the machine by a mark on its command line."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._mark = f"--journeys-of={os.getpid()}"
        self._browser: Browser | None = None

    def living(self) -> Browser:
        """The browser, started when there is none or the last one ended."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._playwright.chromium.launch(
                executable_path=find_chromium(), args=[*ARGUMENTS, self._mark]
            )
        return self._browser

    @contextmanager
    def ended_after(self, seconds: float) -> Iterator[None]:
        """End the browser when the block takes longer: some calls of its driver know no time limit."""
        watchdog = Timer(seconds, self._end)
        watchdog.start()
        try:
            yield
        finally:
            watchdog.cancel()

    def close(self) -> None:
        """Close it, if it still lives."""
        if self._browser is not None and self._browser.is_connected():
            with self.ended_after(15.0):
                self._browser.close()

    def _end(self) -> None:
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if self._mark.encode() in (folder / "cmdline").read_bytes().split(b"\0"):
                    os.kill(int(folder.name), signal.SIGKILL)


@dataclass
class Watch:
    """Notes every fault in one window; `host` is ours."""

    host: str
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Begin to watch."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.faults.append(f"a request left for {parts.netloc}: {request.url}")

    def _response(self, response: Response) -> None:
        missing = response.request.resource_type in LOOK and response.status >= 400
        if missing or response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.match(message.text):
            self.faults.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")
