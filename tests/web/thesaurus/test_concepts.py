"""The list of concepts and the page of one, as a coordinator sees them."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, Role, User
from passerelle.moderation.thesaurus import Word, add_term, take_term_away, undo
from passerelle.vocabulary import base_thesaurus
from passerelle.web.thesaurus.words import KINDS
from tests.factories import NOON, Factories
from tests.web.review.desk import Desk, words

BASE = base_thesaurus()
GROUP = BASE.concept("group")


def test_the_list_names_every_concept_page_by_page(desk: Desk) -> None:
    first, second = desk.read("/en/thesaurus"), desk.read("/en/thesaurus?page=2")

    assert f"{len(BASE.concepts)} concepts" in words(first)
    assert "Intrafamily violence" in words(first)
    assert 'href="/en/thesaurus/intrafamilial"' in first
    assert 'href="/en/thesaurus?page=2"' in first
    assert 'href="/en/thesaurus/intrafamilial"' not in second


def test_a_word_in_any_language_leads_to_its_concepts_the_whole_term_first(desk: Desk) -> None:
    term = GROUP.terms["nl"][1]

    page = desk.read(f"/en/thesaurus?q={term.upper()}")

    assert page.index('href="/en/thesaurus/group"') > 0
    assert f'<span lang="nl">{term}</span>' in page


def test_every_kind_of_concept_has_a_word() -> None:
    assert {each.kind for each in BASE.concepts} == set(KINDS)


def test_the_list_can_be_of_one_kind(desk: Desk) -> None:
    count = sum(each.kind == "method" for each in BASE.concepts)

    page = desk.read("/fr/thesaurus?kind=form")

    assert count > 8
    assert 'href="/fr/thesaurus/elder"' in page
    assert 'href="/fr/thesaurus/group"' not in page


def test_a_word_that_leads_nowhere_says_so_and_stays_in_its_box(desk: Desk) -> None:
    page = desk.read("/en/thesaurus?q=zwarteschapenfokker")

    assert "No concept here has such a term." in words(page)
    assert 'value="zwarteschapenfokker"' in page


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=999", "kind=secret", "q=%00", "q=%22%3E%3Cb%3E"])
def test_an_address_that_makes_no_sense_is_read_as_well_as_possible(desk: Desk, query: str) -> None:
    desk.read(f"/en/thesaurus?{query}")


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_a_concept_shows_its_terms_in_four_languages_the_readers_first(desk: Desk, language: str) -> None:
    page = desk.read(f"/{language}/thesaurus/parentcafe")

    for own, terms in BASE.concept("parentcafe").terms.items():
        assert all(f'lang="{own}"' in page and term.replace("'", "&#39;") in page for term in terms)
    places = [page.index(f'id="terms-{own}"') for own in ("fr", "nl", "de", "en")]
    assert min(places) == page.index(f'id="terms-{language}"')


def test_a_concept_leads_to_its_neighbours(desk: Desk) -> None:
    page = desk.read("/en/thesaurus/parentcafe")
    above = desk.read("/en/thesaurus/group")

    assert "Broader:" in words(page)
    assert 'href="/en/thesaurus/group"' in page
    assert "Narrower:" in words(above)
    assert 'href="/en/thesaurus/parentcafe"' in above


def test_the_name_on_pages_cannot_be_taken_away(desk: Desk) -> None:
    page = desk.read("/en/thesaurus/group")

    assert f"term={GROUP.terms['nl'][1]}" in page
    assert f'language=nl&amp;term={GROUP.label("nl")}"' not in page


def test_a_concept_says_who_changed_what_and_who_undid_it(
    desk: Desk, session: Session, make: Factories, an: User
) -> None:
    bea = make.coordinator(name="Bea Martens")
    add_term(session, Word("group", "nl", "kwetterkring"), an, NOON, "Zo zeggen ze het hier.")
    undo(session, add_term(session, Word("group", "fr", "papotage"), an, NOON), bea, NOON)
    take_term_away(session, Word("group", "nl", GROUP.terms["nl"][1]), bea, NOON)

    page = words(desk.read("/en/thesaurus/group"))

    assert "kwetterkring NL Added Zo zeggen ze het hier. An Peeters, 15 June 2026, 14:00 Undo" in page
    assert (
        "papotage FR Added An Peeters, 15 June 2026, 14:00 Undone: Bea Martens, 15 June 2026, 14:00" in page
    )
    assert f"{GROUP.terms['nl'][1]} Taken away" in page
    assert "papotage Added Take away" not in page


def test_the_list_ends_with_the_latest_changes(desk: Desk, session: Session, an: User) -> None:
    add_term(session, Word("group", "nl", "kwetterkring"), an, NOON)

    page = words(desk.read("/en/thesaurus"))

    assert "Latest changes" in page
    assert "kwetterkring NL Discussion group Added An Peeters" in page


def test_a_concept_that_does_not_exist_is_not_found(desk: Desk) -> None:
    for path in ("weather", "weather/add?term=rain", "weather/take-away?term=rain", "GROUP", "group/undo"):
        assert desk.get(f"/en/thesaurus/{path}").status_code == 404


def test_the_menu_leads_there_for_coordinators_and_administrators_only(
    app: Flask, desk: Desk, session: Session, make: Factories, quaregnon: Commune
) -> None:
    manager = Desk(app, session, make.user(of=quaregnon, role=Role.MANAGER))
    administrator = Desk(app, session, make.administrator())

    assert 'href="/en/thesaurus"' in desk.read("/en/")
    assert 'href="/en/thesaurus"' in administrator.read("/en/")
    assert 'href="/en/thesaurus"' not in manager.read("/en/")
    assert 'href="/en/thesaurus"' not in app.test_client().get("/en/").text
    assert manager.get("/en/thesaurus").status_code == 404
    assert manager.get("/en/thesaurus/group").status_code == 404
