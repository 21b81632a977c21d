"""Find Chromium, and watch what it does: a page asks nobody but us, and has nothing to complain about."""

import re
import shutil
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

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
