"""Mails reach a mail server: in the clear only on this machine."""

import socketserver
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTPNotSupportedError
from threading import Thread

import pytest

from passerelle.web.mails import transports
from passerelle.web.mails.transports import transport_for


class Conversation(socketserver.StreamRequestHandler):
    """The least that a mail server answers."""

    server: "Server"

    def handle(self) -> None:
        """Greet, take a mail, say goodbye."""
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            self.server.said.append(line)
            verb = line.split()[0].upper()
            if verb == "EHLO":
                self.say("250-test\r\n250 AUTH PLAIN")
            elif verb == "AUTH":
                self.say("235 welcome")
            elif verb == "DATA":
                self.say("354 go on")
                self.server.mail = self.text()
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 goodbye")
                return
            else:
                self.say("250 ok")

    def say(self, line: str) -> None:
        """Answer one line."""
        self.wfile.write(f"{line}\r\n".encode())

    def text(self) -> str:
        """The mail, to the lonely dot."""
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)


class Server(socketserver.ThreadingTCPServer):
    """A mail server on this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.said: list[str] = []
        self.mail = ""

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


@pytest.fixture
def server() -> Iterator[Server]:
    """A mail server that offers no encryption."""
    with Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def message() -> EmailMessage:
    """A small mail."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@platform.example", "zoe@commune.example", "Été"
    message.set_content("Bonjour\n.\nà bientôt\n", charset="utf-8", cte="quoted-printable")
    return message


def test_a_server_on_this_machine_takes_a_mail_in_the_clear(server: Server, message: EmailMessage) -> None:
    transport_for(f"smtp://127.0.0.1:{server.port}")(message, "1")

    assert "rcpt TO:<zoe@commune.example>" in server.said
    assert "Bonjour" in server.mail
    assert not any(line.upper().startswith(("STARTTLS", "AUTH")) for line in server.said)


def test_a_name_and_a_password_with_signs_in_them_are_given(server: Server, message: EmailMessage) -> None:
    transport_for(f"smtp://post%40commune:a%2Fb@127.0.0.1:{server.port}")(message, "1")

    assert any(line.startswith("AUTH PLAIN") for line in server.said)


def test_nothing_leaves_in_the_clear_for_another_machine(
    server: Server, message: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transports, "_is_this_machine", lambda _host: False)

    with pytest.raises(SMTPNotSupportedError):
        transport_for(f"smtp://name:secret@127.0.0.1:{server.port}")(message, "1")

    assert server.mail == ""
    assert not any("AUTH" in line for line in server.said)


def test_only_this_machine_is_trusted_without_a_certificate() -> None:
    names = (
        "localhost",
        "127.0.0.1",
        "127.8.8.8",
        "::1",
        "mail.example",
        "192.0.2.1",
        "localhost.evil.example",
    )

    assert [transports._is_this_machine(name) for name in names] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_mail_sent_twice_is_one_file(tmp_path: Path, message: EmailMessage) -> None:
    send = transport_for(f"file:{tmp_path / 'a folder' / 'mails'}".replace(" ", "%20"))

    send(message, "000000001")
    send(message, "000000001")

    assert [file.name for file in (tmp_path / "a folder" / "mails").iterdir()] == ["000000001.eml"]


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        transport_for("pigeon://loft")
