"""Write a mail from its job: at the last moment, in the receiver's language, with addresses of our own."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale
from sqlalchemy.orm import Session

from passerelle.accounts.models import User
from passerelle.core.jobs import Job
from passerelle.core.settings import Settings
from passerelle.web.mails.facts import FACTS, Facts, Occasion
from passerelle.web.services import services

LONGEST_SUBJECT = 200  # characters
_GAPS = re.compile(r"\n(?:[ \t]*\n){2,}")


class NoSuchMail(LookupError):
    """A job asks for a mail that nobody has written."""


def compose(session: Session, job: Job) -> EmailMessage | None:
    """The mail of `job`, or None when there is nobody to tell (any more). Call it in an application context.

    The receiver is gone or suspended, may no longer see the sheet, or the link of the mail is over: then
    nothing is sent. The same job always gives the same Message-ID. Raises `NoSuchMail`.
    """
    template = str(job.payload.get("template", ""))
    if template not in FACTS:
        raise NoSuchMail(f"job {job.id}: there is no mail {template!r}; there are {', '.join(FACTS)}")
    receiver = session.get(User, job.payload.get("to", 0))
    if receiver is None or receiver.disabled_at is not None:
        return None
    settings = services().settings
    # A request of our own making: addresses are built on the settings, whatever a browser said our name was,
    # and the language is this mail's alone.
    with current_app.test_request_context(base_url=settings.base_url), force_locale(receiver.language):
        facts = FACTS[template](Occasion(session, job, receiver))
        if facts is None:
            return None
        subject, body = _written(template, facts, receiver, settings)
    return _message(job, receiver, subject, body)


def _written(template: str, facts: Facts, receiver: User, settings: Settings) -> tuple[str, str]:
    """The first line of the template is the subject, the rest the words."""
    page = current_app.jinja_env.get_template(f"emails/{template}.txt")
    text = page.render(
        {**facts, "receiver": receiver, "site_name": settings.site_name, "home": settings.base_url}
    )
    subject, _, body = _GAPS.sub("\n\n", text.strip()).partition("\n")
    return _header_words(subject), body.strip() + "\n"


def _header_words(text: str) -> str:
    """`text` on one line, and read as it stands: `=?` would begin an encoded word.

    Python decodes such a word when the header is set, line ends in it too, and writes them out: a title could
    add a header of its own.
    """
    return " ".join(text.split()).replace("=?", "= ?")[:LONGEST_SUBJECT]


def _message(job: Job, receiver: User, subject: str, body: str) -> EmailMessage:
    """The mail with its headers: `EmailMessage` refuses a line end in any of them."""
    settings = services().settings
    message = EmailMessage()
    message["From"] = Address(settings.site_name, addr_spec=settings.mail_from)
    message["To"] = Address(addr_spec=receiver.email)
    message["Subject"] = subject
    message["Date"] = job.created_at
    message["Message-ID"] = f"<job-{job.id}@{urlsplit(settings.base_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = receiver.language  # after the content, which sets all that begins so
    return message
