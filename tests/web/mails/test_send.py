"""Mails leave once, wait when they cannot, and say what went wrong without naming anybody."""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from passerelle.core.jobs import Job, ask_for_mail
from passerelle.core.mail_queue import LEASE, MOST_ATTEMPTS, claim
from passerelle.web.mails import send
from passerelle.web.mails.send import send_open_mails
from passerelle.web.services import Services
from tests.conftest import SettableClock
from tests.factories import NOON, Factories
from tests.web.mails.mailbox import Mailbox

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def services(app: Flask) -> Services:
    """The services of the application."""
    found = app.extensions["passerelle"]
    assert isinstance(found, Services)
    return found


@pytest.fixture
def job(session: Session, make: Factories) -> int:
    """A mail that waits: its number."""
    to = make.user(email="zoe@commune.example")
    number = ask_for_mail(session, "membership_added", to.id, NOON, {}).id
    session.commit()
    return number


def read(session: Session, number: int) -> tuple[int, str | None, bool]:
    """How often the job was tried, its last error, and whether it is done."""
    with session.get_bind().connect() as connection:  # type: ignore[union-attr]  # an engine
        row = connection.execute(
            select(Job.attempts, Job.last_error, Job.done_at).where(Job.id == number)
        ).one()
    return row[0], row[1], row[2] is not None


def failing(error: Exception) -> Callable[[str], Callable[[EmailMessage, str], None]]:
    """A mail server that always answers with `error`."""

    def transport(_message: EmailMessage, _name: str) -> None:
        raise error

    return lambda _url: transport


def test_a_mail_is_sent_once(services: Services, job: int, mailbox: Mailbox, session: Session) -> None:
    assert send_open_mails(services) == 1
    assert send_open_mails(services) == 0

    assert [mail["To"] for mail in mailbox.mails()] == ["zoe@commune.example"]
    assert read(session, job) == (1, None, True)


def test_a_mail_file_is_for_its_owner_only(services: Services, job: int, mailbox: Mailbox) -> None:
    send_open_mails(services)

    (file,) = mailbox.folder.iterdir()
    assert file.name == f"{job:09d}.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    assert mailbox.folder.stat().st_mode & 0o777 == 0o700


def test_of_many_workers_one_may_send(sessions: sessionmaker[Session], job: int) -> None:
    barrier, told = Barrier(8), []

    def ask() -> None:
        with sessions() as own:
            with own.get_bind().connect() as connection:  # type: ignore[union-attr]  # an engine
                waiting = connection.execute(select(Job.id, Job.attempts).where(Job.id == job)).one()
            seen = Job(id=waiting.id, attempts=waiting.attempts)
            barrier.wait()
            told.append(claim(own, seen, NOON))
            own.commit()

    workers = [Thread(target=ask) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(told) == [False] * 7 + [True]


def test_the_job_of_a_worker_that_died_is_taken_up_after_its_lease(
    services: Services, job: int, session: Session, clock: SettableClock, mailbox: Mailbox
) -> None:
    assert claim(session, session.get_one(Job, job), NOON)
    session.commit()

    assert send_open_mails(services) == 0
    clock.time += LEASE
    assert send_open_mails(services) == 1
    assert len(mailbox.mails()) == 1


def test_a_failure_is_tried_again_after_ever_longer_waits(
    services: Services, job: int, session: Session, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "transport_for", failing(ConnectionRefusedError("no server")))
    tried = []

    for minute in range(16):
        clock.time = NOON + timedelta(minutes=minute)
        send_open_mails(services)
        tried.append(read(session, job)[0])

    assert tried == [1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5]
    assert read(session, job) == (5, "ConnectionRefusedError", False)


def test_after_twenty_attempts_a_mail_is_given_up(
    services: Services, job: int, session: Session, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "transport_for", failing(TimeoutError()))

    for _ in range(MOST_ATTEMPTS + 3):
        send_open_mails(services)
        clock.time += timedelta(hours=4)

    assert read(session, job) == (MOST_ATTEMPTS, "TimeoutError", True)


def test_a_receiver_refused_for_good_is_not_tried_again(
    services: Services, job: int, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = smtplib.SMTPRecipientsRefused({"zoe@commune.example": (550, b"no such mailbox")})
    monkeypatch.setattr(send, "transport_for", failing(refused))

    send_open_mails(services)

    assert read(session, job) == (1, "SMTPRecipientsRefused", True)


def test_a_receiver_refused_for_now_is_tried_again(
    services: Services, job: int, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    greylisted = smtplib.SMTPRecipientsRefused({"zoe@commune.example": (451, b"later")})
    monkeypatch.setattr(send, "transport_for", failing(greylisted))

    send_open_mails(services)

    assert read(session, job) == (1, "SMTPRecipientsRefused", False)


def test_an_error_is_noted_without_what_it_says(
    services: Services,
    job: int,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(send, "transport_for", failing(ValueError("zoe@commune.example is not welcome")))

    with caplog.at_level(logging.DEBUG):
        send_open_mails(services)

    assert "zoe" not in caplog.text
    assert read(session, job)[1] == "ValueError"


def test_one_mail_that_cannot_be_written_does_not_hold_up_the_next(
    services: Services, session: Session, make: Factories, mailbox: Mailbox
) -> None:
    to = make.user()
    broken = ask_for_mail(session, "no_such_mail", to.id, NOON, {}).id
    ask_for_mail(session, "membership_added", to.id, NOON, {})
    session.commit()

    assert send_open_mails(services) == 1
    assert len(mailbox.mails()) == 1
    assert read(session, broken) == (1, "NoSuchMail", False)


def test_a_mail_to_nobody_is_done_without_being_sent(
    services: Services, session: Session, mailbox: Mailbox
) -> None:
    number = ask_for_mail(session, "reset", 0, NOON, {"link": 0}).id
    session.commit()

    assert send_open_mails(services) == 1
    assert mailbox.mails() == []
    assert read(session, number) == (1, None, True)


def test_no_transaction_is_open_while_a_mail_leaves(
    services: Services, job: int, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    def transport(_message: EmailMessage, _name: str) -> None:
        with sessions.begin() as other:  # would wait for ten seconds, and fail
            other.get_one(Job, job).payload = {}

    monkeypatch.setattr(send, "transport_for", lambda _url: transport)

    assert send_open_mails(services) == 1


@pytest.mark.usefixtures("job")
def test_the_console_shows_the_words(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    console = replace(services, settings=replace(services.settings, mail_url="console:"))

    assert send_open_mails(console) == 1

    assert "To: zoe@commune.example" in capsys.readouterr().out
