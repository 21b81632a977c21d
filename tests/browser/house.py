"""A whole platform as an operator starts it: `passerelle init --demo`, then `passerelle serve`."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.orm import Session, sessionmaker

from passerelle.core.database import open_database
from tests.factories import Factories

LONGEST_START = 30.0  # seconds
LONGEST_MAIL = 10.0
PROGRAM = (sys.executable, "-m", "passerelle")


class DoesNotStart(Exception):
    """The platform did not answer in time; the message is what it said."""


@dataclass(frozen=True)
class House:
    """A running platform: its address, its folder, and a way past the door to prepare what a story needs."""

    address: str
    folder: Path
    sessions: sessionmaker[Session]

    @property
    def host(self) -> str:
        """Name and port."""
        return urlsplit(self.address).netloc

    def account(self, role: str) -> tuple[str, str]:
        """Address and password of the demo account with that role."""
        accounts = json.loads((self.folder / "instance" / "demo-accounts.json").read_text())
        found = next(account for account in accounts if account["role"] == role)
        return found["email"], found["password"]

    @contextmanager
    def preparing(self) -> Iterator[Factories]:
        """Make people and sheets; they are there when the block ends."""
        with self.sessions.begin() as session:
            yield Factories(session)

    def mails_to(self, receiver: str) -> list[EmailMessage]:
        """What was sent to that address so far, in order."""
        found = []
        for file in sorted((self.folder / "mails").glob("*")):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            if isinstance(mail, EmailMessage) and mail["To"] == receiver:
                found.append(mail)
        return sorted(found, key=lambda mail: str(mail["Message-ID"]))

    def mail_to(self, receiver: str, containing: str = "") -> EmailMessage:
        """The mail to that address that contains these words, as soon as it is sent; exactly one."""
        end = time.monotonic() + LONGEST_MAIL
        while True:
            found = [mail for mail in self.mails_to(receiver) if containing in words_of(mail)]
            if found:
                assert len(found) == 1, f"{len(found)} mails to {receiver}"
                return found[0]
            assert time.monotonic() < end, f"no mail to {receiver} with {containing!r}"
            time.sleep(0.05)


def words_of(mail: EmailMessage) -> str:
    """The body of a mail, as it is read."""
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


@contextmanager
def running(folder: Path) -> Iterator[House]:
    """A platform with the first sheet and one account of each role, until the block ends."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "PASSERELLE_ENV": "development",
        "PASSERELLE_INSTANCE": str(folder / "instance"),
        "PASSERELLE_SEARCH_INDEX": str(folder / "search_index"),
        "PASSERELLE_BASE_URL": address,
        "PASSERELLE_JOBS": "embedded",
        "MAIL_URL": f"file:{folder / 'mails'}",
    }
    environment.pop("DATABASE_URL", None)
    subprocess.run([*PROGRAM, "init", "--demo"], env=environment, check=True, capture_output=True)
    serve = [*PROGRAM, "serve", "--port", str(port), "--workers", "1"]
    with (folder / "server.log").open("wb") as log, _process(serve, environment, log) as process:
        _wait(process, port, folder / "server.log")
        engine = open_database(f"sqlite:///{folder / 'instance' / 'passerelle.db'}")
        yield House(address, folder, sessionmaker(engine))
        engine.dispose()


@contextmanager
def _process(
    program: list[str], environment: dict[str, str], log: object
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(program, env=environment, stdout=log, stderr=subprocess.STDOUT)  # type: ignore[call-overload]  # a file
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=15)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise DoesNotStart(log.read_text())
