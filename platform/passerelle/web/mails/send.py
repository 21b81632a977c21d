"""Send the mails that wait: each is taken by one worker, and tried again later when it fails."""

import logging
import smtplib
from dataclasses import dataclass

from passerelle.core.database import reading, writing
from passerelle.core.jobs import Job, open_mails
from passerelle.core.mail_queue import claim, finish, put_off
from passerelle.web.mails.compose import compose
from passerelle.web.mails.transports import Transport, transport_for
from passerelle.web.services import Services

logger = logging.getLogger("passerelle.mails")
REFUSED_FOR_GOOD = 500  # answers of a mail server from here on will be the same tomorrow


@dataclass(frozen=True)
class Taken:
    """A job that this worker alone may do now."""

    number: int
    attempts: int


def send_open_mails(services: Services) -> int:
    """Send every mail that is due; answers how many jobs are done. Call it in an application context.

    No transaction is open while a mail server is talked to. What fails is written on its job by the name of
    the error's class, and tried again later; nothing here raises for a mail that cannot be sent.
    """
    transport = transport_for(services.settings.mail_url)
    with reading(services.sessions) as session:
        waiting = [job.id for job in session.scalars(open_mails(services.clock()))]
    done = 0
    for number in waiting:
        taken = _take(services, number)
        if taken is not None:
            done += _send(services, transport, taken)
    return done


def _take(services: Services, number: int) -> Taken | None:
    with writing(services.sessions) as session:
        job = session.get(Job, number)
        if job is None or not claim(session, job, services.clock()):
            return None
        return Taken(number, job.attempts + 1)


def _send(services: Services, transport: Transport, taken: Taken) -> bool:
    """Whether the job is done: sent, or nobody has to be told any more."""
    try:
        with reading(services.sessions) as session:
            message = compose(session, session.get_one(Job, taken.number))
        if message is not None:
            transport(message, f"{taken.number:09d}")
    except Exception as error:  # whatever it was: it is written down, and the next mail must go on
        return _failed(services, taken, error)
    with writing(services.sessions) as session:
        finish(session, taken.number, services.clock())
    return True


def _failed(services: Services, taken: Taken, error: Exception) -> bool:
    """Write down that the job failed, by the class of `error` only: its text may hold an address."""
    name = type(error).__name__
    logger.warning("mail %s failed for the %s. time: %s", taken.number, taken.attempts, name)
    with writing(services.sessions) as session:
        if _is_final(error):
            finish(session, taken.number, services.clock(), name)
        else:
            put_off(session, taken.number, taken.attempts, services.clock(), name)
    return False


def _is_final(error: Exception) -> bool:
    """Whether the mail server refuses this receiver for good."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= REFUSED_FOR_GOOD for code, _answer in error.recipients.values())
