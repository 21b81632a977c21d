"""The page of a sheet: what everybody reads, what only members read, what nobody reads."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.sheets.content import Cost
from passerelle.sheets.models import RevisionStatus, SheetStatus
from passerelle.vocabulary import FORMS, SECTIONS
from tests.factories import Factories
from tests.web.sheets.reading import Page, put_online, words

PUBLISHED = RevisionStatus.PUBLISHED


@pytest.fixture
def number(make: Factories, quaregnon: Commune, app: Flask, session: Session) -> int:
    """A published sheet with every section filled in."""
    sheet = make.sheet(
        of=quaregnon,
        status=PUBLISHED,
        title="Café des Mamans",
        starts="2013",
        violence_forms=("intrafamilial", "child"),
        target_groups=("mothers",),
        target_groups_text="Les mamans",
        evaluation_method="Des données :\nNombre de participantes\nNombre de séances",
        costs=(Cost("human", "assistante sociale", "0.5", "fte", "la commune"), Cost("material", "café")),
    )
    put_online(app, session)
    return sheet.id


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_a_sheet_keeps_its_language_while_the_page_speaks_the_readers(
    client: FlaskClient, number: int, language: str
) -> None:
    page = Page(client.get(f"/{language}/sheets/{number}"))

    assert page.heading == "1Café des Mamans"
    assert page.language_of("Café des Mamans") == "fr"
    assert page.language_of("Une rencontre par mois") == "fr"
    assert page.language_of("Les mamans") == "fr"
    assert page.language_of(SECTIONS.label("activities", language)) == language


def test_the_twelve_sections_stand_in_the_order_of_the_fiche(client: FlaskClient, number: int) -> None:
    page = Page(client.get(f"/fr/sheets/{number}"))

    titles = [words(each) for section in page.all("section", class_="sec") for each in section.iter("h2")]
    codes = SECTIONS.codes[2:]
    assert titles == [f"{place}{SECTIONS.label(code, 'fr')}" for place, code in enumerate(codes, start=3)]


def test_all_eight_forms_are_listed_and_those_of_the_sheet_ticked(client: FlaskClient, number: int) -> None:
    page = Page(client.get(f"/fr/sheets/{number}"))

    listed = page.one("ul", class_="eight")
    ticked = [words(item) for item in listed.iter("li") if item.get("class") == "on"]
    assert len(list(listed.iter("li"))) == 8
    assert ticked == [FORMS.label("intrafamilial", "fr"), FORMS.label("child", "fr")]


def test_a_cost_that_is_not_stated_is_never_0(client: FlaskClient, number: int) -> None:
    page = Page(client.get(f"/en/sheets/{number}"))

    rows = [[words(cell) for cell in row.iter("td")] for row in page.one("tbody").iter("tr")]
    assert rows[0][1] == "0.5 FTE"
    assert rows[1][:3] == ["Material", "Not stated", "café"]
    assert "no amounts in euros" in page.text


def test_lines_after_a_colon_are_a_list(client: FlaskClient, number: int) -> None:
    page = Page(client.get(f"/fr/sheets/{number}"))

    items = [words(item) for section in page.all("section", id="s11") for item in section.iter("li")]
    assert items == ["Nombre de participantes", "Nombre de séances"]


def test_an_empty_section_is_left_out(
    make: Factories, quaregnon: Commune, app: Flask, session: Session, client: FlaskClient
) -> None:
    sheet = make.sheet(
        of=quaregnon, status=PUBLISHED, innovation="", costs=(), partnerships=(), web_page="", outreach=""
    )
    put_online(app, session)

    page = Page(client.get(f"/fr/sheets/{sheet.id}"))

    shown = {section.get("id") for section in page.all("section", class_="sec")}
    assert shown.isdisjoint({"s8", "s9", "s10", "s12"})


def test_a_web_page_is_a_link_only_when_a_browser_may_go_there(
    make: Factories, quaregnon: Commune, app: Flask, session: Session, client: FlaskClient
) -> None:
    good = make.sheet(of=quaregnon, status=PUBLISHED, web_page="www.qmix-cite.be")
    bad = make.sheet(of=quaregnon, status=PUBLISHED, web_page="javascript:alert(1)")
    put_online(app, session)

    links = Page(client.get(f"/fr/sheets/{good.id}")).all("a", href="http://www.qmix-cite.be")
    other = Page(client.get(f"/fr/sheets/{bad.id}"))

    assert {link.get("rel") for link in links} == {"nofollow noopener"}
    assert not [link for link in other.all("a") if "alert" in link.get("href", "")]
    assert "javascript:alert(1)" in other.text


def test_what_is_not_published_does_not_exist(
    make: Factories, quaregnon: Commune, session: Session, client: FlaskClient
) -> None:
    draft = make.sheet(of=quaregnon)
    session.commit()

    hidden = client.get(f"/fr/sheets/{draft.id}")
    unknown = client.get("/fr/sheets/987654")

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.text.replace(f"sheets/{draft.id}", "") == unknown.text.replace("sheets/987654", "")


def test_a_removed_sheet_is_gone_only_if_it_was_ever_online(
    make: Factories, quaregnon: Commune, session: Session, client: FlaskClient
) -> None:
    gone = make.sheet(of=quaregnon, status=PUBLISHED, sheet_status=SheetStatus.REMOVED, title="Retirée")
    never = make.sheet(of=quaregnon, sheet_status=SheetStatus.REMOVED)
    session.commit()

    answer = client.get(f"/fr/sheets/{gone.id}")

    assert answer.status_code == 410
    assert "Retirée" not in answer.text
    assert client.get(f"/fr/sheets/{gone.id}/history").status_code == 410
    assert client.get(f"/fr/sheets/{never.id}").status_code == 404


def test_an_archived_sheet_says_so(
    make: Factories, quaregnon: Commune, app: Flask, session: Session, client: FlaskClient
) -> None:
    sheet = make.sheet(of=quaregnon, status=PUBLISHED, sheet_status=SheetStatus.ARCHIVED)
    put_online(app, session)

    page = Page(client.get(f"/en/sheets/{sheet.id}"))

    assert "This sheet is archived" in page.text
    assert page.one("meta", name="robots").get("content") == "noindex"


def test_similar_practices_share_the_form_and_those_for_the_same_group_come_first(
    make: Factories, quaregnon: Commune, app: Flask, session: Session, client: FlaskClient
) -> None:
    sheet = make.sheet(of=quaregnon, status=PUBLISHED, violence_forms=("elder",), target_groups=("seniors",))
    others = (
        ("elder", "seniors", "Même groupe"),
        ("elder", "parents", "Même forme"),
        ("lgbt", "seniors", "Non"),
    )
    for form, group, title in others:
        make.sheet(
            of=quaregnon, status=PUBLISHED, title=title, violence_forms=(form,), target_groups=(group,)
        )
    put_online(app, session)

    page = Page(client.get(f"/fr/sheets/{sheet.id}"))

    titles = [words(each) for each in page.all("h3", class_="h3")]
    assert titles == ["Même groupe", "Même forme"]
