"""What people do again and again on their journeys, said once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from playwright.sync_api import Page, expect
from sqlalchemy import select

from passerelle.accounts.models import Role
from passerelle.core.clock import now
from passerelle.sheets.actions import save
from passerelle.sheets.models import Revision, RevisionStatus
from tests.browser.house import House
from tests.factories import PASSWORD

SOON = 5.0  # seconds: what happens after a commit has happened by then, on a busy machine too


@dataclass(frozen=True)
class People:
    """A contributor of a commune, and a coordinator who belongs to none."""

    contributor: str
    coordinator: str


def settle(house: House, nis: str, story: str, *, reads: str = "fr") -> People:
    """The people of one story; `reads` is the language of the contributor, the coordinator reads German."""
    people = People(f"writer@{story}.example", f"coordinator@{story}.example")
    with house.preparing() as make:
        commune = make.commune(nis)
        make.user(of=commune, email=people.contributor, name=f"Ann {story.title()}", language=reads)
        make.coordinator(email=people.coordinator, name=f"Bo {story.title()}", language="de")
    return people


def prepared_sheet(house: House, nis: str, title: str, status: RevisionStatus = RevisionStatus.DRAFT) -> int:
    """The number of a complete sheet of that commune, in French, brought to `status`."""
    with house.preparing() as make:
        return make.sheet(of=make.commune(nis), status=status, title=title).id


def save_meanwhile(house: House, number: int, *, summary: str) -> None:
    """Give the open text of sheet `number` another summary, as a colleague at another desk would."""
    with house.preparing() as make:
        revision = make.session.scalars(select(Revision).where(Revision.sheet_id == number)).one()
        content = replace(revision.content, summary=summary)
        save(make.session, revision, content, revision.contact, None, now(), revision.version)


def member(house: House, nis: str, email: str, role: Role = Role.CONTRIBUTOR) -> str:
    """The address of a new member of that commune."""
    with house.preparing() as make:
        make.user(of=make.commune(nis), email=email, role=role, name=email.partition("@")[0].title())
    return email


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in by the page that is for it, in English."""
    page.goto("/en/sign-in")
    fill_in(page, email, password)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def fill_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in form that is open, and send it."""
    page.get_by_label("E-mail address at work").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def press(page: Page, words: str) -> None:
    """Press the button of the page with these words."""
    page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def heading(page: Page, words: str) -> None:
    """Expect the page with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(words)))


def comes_true(holds: Callable[[], bool]) -> bool:
    """Whether it holds soon: asked again and again, for what a visitor would reload the page."""
    end = time.monotonic() + SOON
    while not (found := holds()) and time.monotonic() < end:
        pass
    return found
