"""Below a sheet stand sheets like it, from other communes first, in any language, and each says why."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from tests.factories import Factories
from tests.web.nearness import say_near
from tests.web.sheets.reading import Page, put_online, words

PUBLISHED = RevisionStatus.PUBLISHED


@pytest.fixture
def ghent(session: Session) -> Commune:
    """Another commune than that of the sheets."""
    return session.get_one(Commune, "44021")


@pytest.fixture
def own(make: Factories, quaregnon: Commune) -> Sheet:
    """The sheet that is read."""
    return make.sheet(
        of=quaregnon,
        status=PUBLISHED,
        title="Coiffeurs à l'écoute",
        summary="Les salons de la ville.",
        violence_forms=("elder",),
        target_groups=("seniors",),
    )


def titles(page: Page) -> list[str]:
    return [words(each) for each in page.all("h3", class_="h3")]


def reasons(page: Page) -> list[list[str]]:
    lines = [each for each in page.all("p", class_="line") if "mt-2" in str(each.get("class"))]
    return [[words(each) for each in line] for line in lines]


def test_each_says_what_both_have_in_common(
    make: Factories, ghent: Commune, own: Sheet, app: Flask, session: Session, client: FlaskClient
) -> None:
    make.sheet(
        of=ghent,
        status=PUBLISHED,
        title="Formation des coiffeuses",
        violence_forms=("elder", "sexual"),
        target_groups=("seniors", "women"),
    )
    put_online(app, session)

    page = Page(client.get(f"/en/sheets/{own.id}"))

    (said,) = reasons(page)
    assert said[0].startswith("Also about: ")
    assert said[1:] == [
        "Same form of violence: Violence against older people",
        "Same target group: Older people",
    ]


def test_what_is_near_in_meaning_is_shown_in_whatever_language(
    make: Factories, ghent: Commune, own: Sheet, app: Flask, session: Session, client: FlaskClient
) -> None:
    other = make.sheet(
        of=ghent,
        status=PUBLISHED,
        language="nl",
        title="Op de thee",
        summary="Elke week.",
        violence_forms=("lgbt",),
        target_groups=("teens",),
    )
    put_online(app, session)
    assert "similar" not in client.get(f"/en/sheets/{own.id}").text

    say_near(app, other)
    page = Page(client.get(f"/en/sheets/{own.id}"))

    assert titles(page) == ["Op de thee"]
    assert reasons(page) == [["Close in meaning"]]
    assert page.language_of("Op de thee") == "nl"


def test_another_commune_comes_before_the_same_one(
    make: Factories, ghent: Commune, own: Sheet, app: Flask, session: Session, client: FlaskClient
) -> None:
    theirs = make.sheet(of=ghent, status=PUBLISHED, title="Thé à Gand", violence_forms=("elder",))
    ours = make.sheet(of=own.commune, status=PUBLISHED, title="Thé chez nous", violence_forms=("elder",))
    put_online(app, session)
    say_near(app, ours, theirs)

    page = Page(client.get(f"/fr/sheets/{own.id}"))

    assert titles(page) == ["Thé à Gand", "Thé chez nous"]


def test_no_more_than_three_are_shown(
    make: Factories, ghent: Commune, own: Sheet, app: Flask, session: Session, client: FlaskClient
) -> None:
    for _ in range(5):
        make.sheet(of=ghent, status=PUBLISHED, violence_forms=("elder",))
    put_online(app, session)

    assert len(titles(Page(client.get(f"/fr/sheets/{own.id}")))) == 3


def test_an_archived_sheet_still_leads_to_others_and_is_no_likeness_itself(
    make: Factories, ghent: Commune, own: Sheet, app: Flask, session: Session, client: FlaskClient
) -> None:
    other = make.sheet(of=ghent, status=PUBLISHED, title="Encore là", violence_forms=("elder",))
    put_online(app, session)
    say_near(app, own)
    own.status = SheetStatus.ARCHIVED
    put_online(app, session)

    assert titles(Page(client.get(f"/fr/sheets/{own.id}"))) == ["Encore là"]
    assert titles(Page(client.get(f"/fr/sheets/{other.id}"))) == []
