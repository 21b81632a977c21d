"""Each move of a sheet is told to those it concerns, once, in their own language."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.moderation import actions
from passerelle.sheets.models import Sheet
from passerelle.web.mails.send import send_open_mails
from tests.factories import NOON, Factories
from tests.web.mails.mailbox import Mailbox

pytestmark = pytest.mark.usefixtures("context")


class Story:
    """A sheet of Quaregnon, its Dutch-speaking author, and a German-speaking coordinator."""

    def __init__(self, session: Session, make: Factories, commune: Commune) -> None:
        self.session = session
        self.author = make.user(of=commune, email="author@commune.example", language="nl")
        self.coordinator = make.coordinator(email="coordinator@federal.example", language="de")
        self.sheet: Sheet = make.sheet(of=commune, by=self.author)
        self.revision = self.sheet.revisions[0]

    def submit(self) -> None:
        """The author sends the sheet."""
        actions.submit(self.session, self.revision, self.author, NOON, self.revision.version)


@pytest.fixture
def story(session: Session, make: Factories, quaregnon: Commune) -> Story:
    """A draft that is ready."""
    return Story(session, make, quaregnon)


def sent(app: Flask, story: Story, mailbox: Mailbox) -> list[tuple[str, str]]:
    """To whom, and in which language, mails went when everything was committed."""
    story.session.commit()
    send_open_mails(app.extensions["passerelle"])
    return [(mail["To"], mail["Content-Language"]) for mail in mailbox.mails()]


def test_a_submitted_sheet_is_told_to_the_coordinator(app: Flask, story: Story, mailbox: Mailbox) -> None:
    number = story.sheet.id
    story.submit()

    assert sent(app, story, mailbox) == [("coordinator@federal.example", "de")]
    assert mailbox.path() == f"/de/review/{number}"


def test_asked_changes_are_told_to_the_author(app: Flask, story: Story, mailbox: Mailbox) -> None:
    number = story.sheet.id
    story.submit()
    seen = story.revision.version
    actions.ask_for_changes(
        story.session, story.revision, story.coordinator, NOON, seen, {"costs": "What does a year cost?"}
    )

    assert sent(app, story, mailbox) == [("author@commune.example", "nl")]
    assert "What does a year cost?" in mailbox.words()
    assert f"/nl/my/sheets/{number}/edit" in mailbox.words()


def test_a_decline_is_told_with_its_reason(app: Flask, story: Story, mailbox: Mailbox) -> None:
    story.submit()
    seen = story.revision.version
    actions.decline(story.session, story.revision, story.coordinator, NOON, seen, "Not about violence.")

    assert sent(app, story, mailbox) == [("author@commune.example", "nl")]
    assert "Not about violence." in mailbox.words()


def test_a_publication_is_told_to_the_author(app: Flask, story: Story, mailbox: Mailbox) -> None:
    number = story.sheet.id
    story.submit()
    actions.publish(story.session, story.revision, story.coordinator, NOON, story.revision.version)

    assert sent(app, story, mailbox) == [("author@commune.example", "nl")]
    assert mailbox.path() == f"/nl/sheets/{number}"
