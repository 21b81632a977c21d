"""What mails say, to whom, and in which language."""

from email.message import EmailMessage

import pytest
from sqlalchemy.orm import Session

from passerelle.accounts.links import make_link
from passerelle.accounts.models import Commune, LinkPurpose, Role, User
from passerelle.core.jobs import Job, ask_for_mail
from passerelle.moderation.models import Decision, ReviewComment
from passerelle.sheets.models import RevisionStatus, Sheet
from passerelle.vocabulary import LANGUAGES
from passerelle.web.mails.compose import NoSuchMail, compose
from passerelle.web.mails.facts import FACTS
from tests.factories import NOON, Factories

pytestmark = pytest.mark.usefixtures("context")

STATUS = {
    "submitted": RevisionStatus.SUBMITTED,
    "withdrawn": RevisionStatus.DRAFT,
    "changes_requested": RevisionStatus.CHANGES_REQUESTED,
    "declined": RevisionStatus.DECLINED,
}


class Post:
    """Makes the job of each mail, with what it is about."""

    def __init__(self, session: Session, make: Factories, commune: Commune) -> None:
        self.session, self.make, self.commune = session, make, commune

    def sheet(self, template: str, title: str = "Café des parents") -> Sheet:
        """A sheet to which that happened."""
        return self.make.sheet(
            of=self.commune, status=STATUS.get(template, RevisionStatus.PUBLISHED), title=title
        )

    def receiver(self, template: str, **given: object) -> User:
        """Somebody who gets such a mail."""
        if template in ("submitted", "withdrawn", "queue"):
            return self.make.coordinator(**given)  # type: ignore[arg-type]  # as given
        return self.make.user(of=self.commune, role=Role.MANAGER, **given)

    def job(self, template: str, to: User, sheet: Sheet | None = None) -> Job:
        """The job that `template` is sent for."""
        if template in ("reset", "invitation"):
            link = make_link(self.session, LinkPurpose(template), to, NOON)
            return self._asked(template, to, {"link": link.id, "commune": self.commune.nis})
        if template == "membership_added":
            return self._asked(template, to, {"commune": self.commune.nis})
        sheet = sheet or self.sheet(template)
        return self._asked(template, to, self.about(sheet))

    def about(self, sheet: Sheet) -> dict[str, object]:
        """A decision with two comments on the only revision."""
        revision = sheet.revisions[0]
        decision = Decision(
            sheet_id=sheet.id,
            revision_id=revision.id,
            at=NOON,
            from_status="submitted",
            to_status=revision.status,
            version=1,
            reason="Please say more.",
        )
        self.session.add(decision)
        self.session.flush()
        by = self.make.user()
        for section, body in (("costs", "What does a year cost?"), ("title", "Say what it does.")):
            self.session.add(
                ReviewComment(
                    revision_id=revision.id,
                    decision_id=decision.id,
                    section=section,
                    body=body,
                    at=NOON,
                    by_user_id=by.id,
                )
            )
        self.session.flush()
        return {"sheet": sheet.id, "revision": revision.id, "decision": decision.id}

    def _asked(self, template: str, to: User, about: dict[str, object]) -> Job:
        return ask_for_mail(self.session, template, to.id, NOON, about)

    def mail(self, template: str, to: User | None = None, sheet: Sheet | None = None) -> EmailMessage:
        """The mail itself: there must be one."""
        message = compose(self.session, self.job(template, to or self.receiver(template), sheet))
        assert message is not None
        return message


@pytest.fixture
def post(session: Session, make: Factories, quaregnon: Commune) -> Post:
    """Writes mails about Quaregnon."""
    return Post(session, make, quaregnon)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_can_be_written_in_every_language(language: str, post: Post) -> None:
    post.sheet("submitted")
    for template in FACTS:
        to = post.receiver(template, language=language, name="Zoë")

        message = post.mail(template, to)

        words = message.get_content()
        assert message["Content-Language"] == language
        assert message.get_content_type() == "text/plain"
        assert message["Subject"]
        assert f"http://localhost/{language}/" in words
        assert "Zoë" in words
        assert "%(" not in words + message["Subject"]
        assert "\n\n\n" not in words


def test_no_mail_names_a_third_person_or_the_contact(post: Post) -> None:
    post.sheet("submitted")
    for template in FACTS:
        to = post.receiver(template, name="Zoë", email=f"{template}@commune.example")

        text = post.mail(template, to).as_string()

        assert "prevention@commune.example" not in text
        assert "Prénom Nom" not in text
        assert "Person " not in text
        assert text.count("@commune.example") == 1


def test_comments_stand_in_the_order_of_the_sheet(post: Post) -> None:
    words = post.mail("changes_requested").get_content()

    assert "Please say more." in words
    assert words.index("Say what it does.") < words.index("What does a year cost?")
    assert "Titre du projet" in words


def test_a_decline_says_why(post: Post) -> None:
    assert "Please say more." in post.mail("declined").get_content()


def test_headers_say_that_a_machine_writes(post: Post) -> None:
    message = post.mail("published")

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Passerelle <passerelle@localhost>"
    assert message.get_content_charset() == "utf-8"
    assert message["Date"].datetime == NOON


def test_the_same_job_always_has_the_same_message_id(post: Post, session: Session) -> None:
    job = post.job("published", post.receiver("published"))

    first, second = compose(session, job), compose(session, job)

    assert first is not None
    assert second is not None
    assert first["Message-ID"] == second["Message-ID"] == f"<job-{job.id}@localhost>"
    assert first.as_bytes().replace(b"\r", b"") == second.as_bytes().replace(b"\r", b"")


@pytest.mark.parametrize(
    "title",
    [
        "A\r\nBcc: everybody@evil.example",
        "A\nBcc: everybody@evil.example\n\nAnother body",
        "A\rBcc: everybody@evil.example",
        "A\u2028Bcc: everybody@evil.example",
        "A\x85Bcc: everybody@evil.example",
        "A\x0b\x0cBcc: everybody@evil.example",
        "=?utf-8?q?A=0D=0ABcc:_everybody@evil.example?=",
        "É" * 150,
        "%(title)s {{ title }} {% include 'x' %} %s %d",
        "<script>alert(1)</script> & « »",
        "\u202eevil",
    ],
)
def test_no_title_can_write_a_header(title: str, post: Post) -> None:
    sheet = post.sheet("published", title)

    message = post.mail("published", sheet=sheet)

    assert message["Bcc"] is None
    assert len(message.get_all("Subject", [])) == 1
    lines = message.as_bytes().split(b"\n\n")[0].splitlines()
    assert not any(line.lower().startswith(b"bcc") for line in lines)
    assert sum(line.startswith(b"To:") for line in lines) == 1


@pytest.mark.parametrize("name", ["A\nBcc: x@evil.example", "{{ 7 * 7 }}", '"; <x@evil.example>'])
def test_no_name_can_write_a_header_or_a_template(name: str, post: Post) -> None:
    message = post.mail("published", post.receiver("published", name=name))

    assert message["Bcc"] is None
    assert "49" not in message.get_content()


def test_a_forged_host_is_in_no_mail(post: Post, context: object) -> None:
    application = context.app  # type: ignore[attr-defined]  # an AppContext
    job = post.job("reset", post.receiver("reset"))
    with application.test_request_context("/en/reset", base_url="http://127.0.0.1:666"):
        message = compose(post.session, job)

    assert message is not None
    assert "666" not in message.get_content()
    assert "http://localhost/fr/reset/" in message.get_content()


def test_a_suspended_person_is_told_nothing(post: Post, session: Session) -> None:
    post.sheet("submitted")
    for template in FACTS:
        to = post.receiver(template)
        job = post.job(template, to)
        to.disabled_at = NOON

        assert compose(session, job) is None


def test_who_left_the_commune_does_not_hear_its_comments(
    post: Post, session: Session, make: Factories
) -> None:
    job = post.job("changes_requested", make.user())

    assert compose(session, job) is None


def test_a_sheet_withdrawn_meanwhile_is_not_announced(post: Post, session: Session) -> None:
    sheet = post.sheet("submitted")
    job = post.job("submitted", post.receiver("submitted"), sheet)
    sheet.revisions[0].status = RevisionStatus.DRAFT

    assert compose(session, job) is None


def test_an_empty_queue_is_not_announced(session: Session, make: Factories) -> None:
    job = ask_for_mail(session, "queue", make.coordinator().id, NOON, {})

    assert compose(session, job) is None


@pytest.mark.parametrize("template", ["reset", "invitation"])
def test_the_link_of_somebody_else_is_not_sent(
    template: str, post: Post, session: Session, make: Factories
) -> None:
    job = post.job(template, make.user())
    job.payload = {**job.payload, "to": make.user().id}

    assert compose(session, job) is None


def test_nobody_is_told_when_an_unknown_address_asks_for_a_password(session: Session) -> None:
    assert compose(session, ask_for_mail(session, "reset", 0, NOON, {"link": 0})) is None


def test_a_mail_that_nobody_wrote_is_refused(session: Session, make: Factories) -> None:
    job = ask_for_mail(session, "../layouts/base", make.user().id, NOON, {})

    with pytest.raises(NoSuchMail):
        compose(session, job)
