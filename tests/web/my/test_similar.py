"""Whoever writes a sheet is told of published ones that say nearly the same, and of no others."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.sheets.models import RevisionStatus, Sheet
from tests.factories import Factories
from tests.web.my.drafts import edit
from tests.web.my.officer import Officer
from tests.web.nearness import say_near
from tests.web.sheets.reading import put_online

HEADING = "Similar sheets already published"


@pytest.fixture
def published(make: Factories, session: Session, app: Flask) -> Sheet:
    """A sheet of Ghent that is online."""
    sheet = make.sheet(
        of=session.get_one(Commune, "44021"),
        status=RevisionStatus.PUBLISHED,
        language="nl",
        title="Knip en luister",
        summary="Kappers luisteren.",
        violence_forms=("lgbt",),
        target_groups=("teens",),
    )
    put_online(app, session)
    return sheet


def test_a_draft_that_is_near_a_published_sheet_names_it_with_the_reason(
    officer: Officer, number: int, published: Sheet, app: Flask
) -> None:
    say_near(app, published)
    where = published.id

    page = officer.open(edit(number))

    text = page.words(page.tree)
    assert HEADING in text
    assert "Close in meaning" in text
    (link,) = [each for each in page.all("a") if str(each.get("href")).endswith(f"/sheets/{where}")]
    assert page.words(link) == "Knip en luister"
    assert link.get("lang") == "nl"


@pytest.mark.usefixtures("published")
def test_nothing_is_said_when_nothing_is_near(officer: Officer, number: int) -> None:
    page = officer.open(edit(number))

    assert HEADING not in page.words(page.tree)


def test_an_empty_draft_is_like_nothing(
    officer: Officer, make: Factories, quaregnon: Commune, published: Sheet, app: Flask, session: Session
) -> None:
    empty = make.sheet(of=quaregnon, title="", summary="").id
    session.commit()
    say_near(app, published)

    assert HEADING not in officer.open(edit(empty)).text
