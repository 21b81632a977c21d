"""Hand a mail over: to a mail server, to a folder, or to the console, as MAIL_URL says."""

import ipaddress
import os
import smtplib
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

TIMEOUT = 20  # seconds for each step of the conversation with a mail server
SMTP_PORT, SMTPS_PORT = 587, 465

Transport = Callable[[EmailMessage, str], None]  # the mail, and a name of its own for a file


def transport_for(mail_url: str) -> Transport:
    """What sends mails for `mail_url`: `console:`, `file:/folder`, `smtp://` or `smtps://`.

    Raises `ValueError` for another scheme.
    """
    url = urlsplit(mail_url)
    if url.scheme == "console":
        return _to_console
    if url.scheme == "file":
        return _to_folder(Path(unquote(url.netloc + url.path)))
    if url.scheme in ("smtp", "smtps"):
        return _to_server(url)
    raise ValueError(f"MAIL_URL cannot be used: {url.scheme!r} is none of console, file, smtp and smtps")


def _to_console(message: EmailMessage, _name: str) -> None:
    sys.stdout.write(f"\n{_readable(message)}\n")
    sys.stdout.flush()


def _readable(message: EmailMessage) -> str:
    """The headers and the words of the mail, without its transfer encoding."""
    heads = [f"{name}: {message[name]}" for name in ("To", "Subject", "Message-ID")]
    return "\n".join(["-" * 72, *heads, "", str(message.get_content()), "-" * 72])


def _to_folder(folder: Path) -> Transport:
    """One file a mail, for its owner's eyes only; a mail sent twice is the same file."""

    def send(message: EmailMessage, name: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = folder / f".{name}.{os.getpid()}"
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(message.as_bytes(policy=policy.SMTP))
        written.replace(folder / f"{name}.eml")

    return send


def _to_server(url: SplitResult) -> Transport:
    """A conversation with a mail server for each mail: encrypted, unless the server is this machine."""

    def send(message: EmailMessage, _name: str) -> None:
        with _conversation(url) as server:
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(message)

    return send


@contextmanager
def _conversation(url: SplitResult) -> Iterator[smtplib.SMTP]:
    """A server that showed a certificate for its name; `smtp:` to this machine itself needs none."""
    host, trusted = url.hostname or "", ssl.create_default_context()
    if url.scheme == "smtps":
        with smtplib.SMTP_SSL(host, url.port or SMTPS_PORT, timeout=TIMEOUT, context=trusted) as server:
            yield server
        return
    with smtplib.SMTP(host, url.port or SMTP_PORT, timeout=TIMEOUT) as server:
        if not _is_this_machine(host):
            server.starttls(context=trusted)  # raises when the server cannot: nothing leaves in the clear
        yield server


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
