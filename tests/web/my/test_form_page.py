"""The page of the form: four languages, labels, examples, comments."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.moderation import actions as moderation
from passerelle.sheets.models import Revision
from passerelle.vocabulary import LANGUAGES
from tests.factories import NOON, Factories
from tests.web.my.drafts import edit
from tests.web.my.officer import Officer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_there_in_four_languages(officer: Officer, number: int, language: str) -> None:
    page = officer.open(edit(number, language))
    wrong = officer.press(page, "submit", {"starts": "x", "violence_forms": [], "cost-1-euros": "y"})

    assert page.tree.get("lang") == language
    assert len(page.all("h1")) == 1
    assert wrong.status == 422
    assert len(wrong.summary) == 3


def test_every_control_has_a_label_and_every_id_is_used_once(officer: Officer, number: int) -> None:
    page = officer.press(officer.open(edit(number)), "add-partner")

    ids = [str(each.get("id")) for each in page.tree.iter() if each.get("id")]
    labelled = {each.get("for") for each in page.all("label")}
    controls = [each for tag in ("input", "select", "textarea") for each in page.all(tag)]
    assert len(ids) == len(set(ids))
    assert [
        each.get("name")
        for each in controls
        if each.get("type") != "hidden" and each.get("id") not in labelled
    ] == []
    described = " ".join(str(each.get("aria-describedby", "")) for each in page.tree.iter()).split()
    assert set(described) <= set(ids)


def test_the_words_of_the_first_sheet_are_the_examples_and_say_their_language(
    officer: Officer, number: int
) -> None:
    page = officer.open(edit(number))

    examples = page.all("blockquote")
    assert len(examples) == 12
    assert {each.get("lang") for each in examples} == {"fr"}
    assert "2013 à maintenant" in page.words(examples[2])


def test_what_is_typed_in_another_language_says_so(officer: Officer, number: int) -> None:
    assert officer.open(edit(number)).by_id("activities").get("lang") == "fr"
    assert officer.open(edit(number, "fr")).by_id("activities").get("lang") is None


def test_comments_stand_beside_their_sections(
    officer: Officer, session: Session, make: Factories, number: int
) -> None:
    officer.press(officer.open(edit(number)), "submit")
    revision = session.scalars(select(Revision)).one()
    coordinator = make.coordinator(name="Karim")
    said = {"activities": "Combien de fois par an ?", "header": "Un contact du service ?"}
    moderation.ask_for_changes(session, revision, coordinator, NOON, revision.version, said)
    session.commit()

    page = officer.open(edit(number))

    assert "Answer the coordinators" in page.words(page.all("h1")[0])
    assert "Combien de fois par an ?" in page.words(page.by_id("s4"))
    assert "Un contact du service ?" in page.words(page.by_id("header"))
    assert "Karim" in page.words(page.by_id("s4"))
