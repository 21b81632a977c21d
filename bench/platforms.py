"""Set up a whole platform in a folder of its own, for measuring: settings, commands, server, application."""

import os
import resource
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from passerelle.core.settings import read_settings
from passerelle.web.app import create_app

PATIENCE = 120.0  # seconds until a server must have started


@dataclass(frozen=True)
class Platform:
    """An installation in `folder` that nobody else uses."""

    folder: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """Its settings."""
        return {
            "PASSERELLE_ENV": "development",
            "PASSERELLE_INSTANCE": str(self.folder / "instance"),
            "PASSERELLE_SEARCH_INDEX": str(self.folder / "search_index"),
            "MAIL_URL": f"file:{self.folder / 'mails'}",
        }

    def start(self, *words: str, **settings: str) -> "subprocess.Popen[bytes]":
        """A command of the platform, running in a process of its own, with other `settings`, too."""
        environment = {**os.environ, **self.environment, **settings}
        return subprocess.Popen([sys.executable, "-m", "passerelle", *words], env=environment)  # noqa: S603 (our own command)

    def run(self, *words: str) -> tuple[float, float]:
        """The seconds a command took, its start included: on the clock, and of processor time.

        Raises `RuntimeError` when it fails.
        """
        began, worked = time.perf_counter(), _work_of_children()
        if status := self.start(*words).wait():
            raise RuntimeError(f"passerelle {' '.join(words)} ended with {status}")
        return time.perf_counter() - began, _work_of_children() - worked

    def app(self) -> Flask:
        """The application, in this process."""
        return create_app(read_settings(self.environment))

    @contextmanager
    def served(self, **settings: str) -> Iterator[tuple[str, int]]:
        """Its address and the process number of its only worker, while it is being served."""
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        server = self.start("serve", "--port", str(port), "--workers", "1", **settings)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}", _child_of(server.pid)
        finally:
            server.terminate()
            server.wait()


def fetch(address: str) -> bytes:
    """The body of a page, whatever its status."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 (our own http address)
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        return error.read()


def peak_memory(process: int) -> float:
    """The most a process has held in memory at once, shared pages included, in megabytes (Linux)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not tell how much memory a process has used")


def _work_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Return when `server` answers at `address`; raises `RuntimeError` when it ends or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            fetch(address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _child_of(process: int) -> int:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return int(children[0])
