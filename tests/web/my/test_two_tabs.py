"""Two people, or two tabs, on one draft: nothing is overwritten unseen."""

from sqlalchemy.orm import Session

from tests.web.my.drafts import LONG, edit, stored
from tests.web.my.officer import Officer


def test_two_tabs_on_one_draft_lose_nothing(officer: Officer, session: Session, number: int) -> None:
    one, two = officer.open(edit(number)), officer.open(edit(number))
    officer.press(one, "save", {"activities": "Le texte du premier onglet", "summary": "Résumé un"})

    conflict = officer.press(two, "save", {"activities": "Le texte du second onglet", "title": "Titre deux"})

    assert conflict.status == 409
    assert conflict.title.startswith("Error:")
    assert conflict.summary == {"s1": "Project title", "s2": "Short presentation", "s4": "Activities"}
    for text in ("Le texte du premier onglet", "Le texte du second onglet", "Résumé un", "Titre deux"):
        assert text in conflict.words() + str(conflict.fields())
    assert conflict.fields()["choose-summary"] == "theirs"  # not touched in the second tab
    assert conflict.fields()["choose-activities"] == "mine"
    assert stored(session, number).content.activities == "Le texte du premier onglet"
    saved = officer.press(conflict, "save", {"activities": "Les deux ensemble"})
    kept = stored(session, number).content
    assert saved.status == 302
    assert (kept.title, kept.summary, kept.activities) == ("Titre deux", "Résumé un", "Les deux ensemble")


def test_a_sheet_sent_twice_is_sent_once(officer: Officer, session: Session, number: int) -> None:
    page = officer.open(edit(number))
    officer.press(page, "submit", {"note": "Voici."})

    again = officer.press(page, "submit", {"note": "Voici."})
    answer = officer.follow(again)
    other = officer.press(page, "submit", {"note": "Voici.", "summary": "Autre chose"})

    assert "sent for review" in answer.words()
    assert (stored(session, number).status, stored(session, number).version) == ("submitted", 3)
    assert other.status == 409  # other words than those that were sent are given back
    assert other.fields()["summary"] == "Autre chose"


def test_a_line_added_while_choosing_leaves_the_choice_open(officer: Officer, number: int) -> None:
    one, two = officer.open(edit(number)), officer.open(edit(number))
    officer.press(one, "save", {"summary": "Le leur"})
    conflict = officer.press(two, "save", {"summary": "Le mien"})

    page = officer.press(conflict, "add-cost", {"choose-summary": "theirs"})

    assert page.fields()["choose-summary"] == "theirs"
    assert page.fields()["summary"] == "Le mien"
    assert "Le leur" in page.words()


def test_a_third_save_while_choosing_is_another_conflict(
    officer: Officer, session: Session, number: int
) -> None:
    one, two = officer.open(edit(number)), officer.open(edit(number))
    officer.press(one, "save", {"summary": "Le leur"})
    conflict = officer.press(two, "save", {"summary": "Le mien"})
    officer.press(officer.open(edit(number)), "save", {"summary": "Le troisième"})

    again = officer.press(conflict, "save", {"choose-summary": "theirs"})

    assert again.status == 409
    assert "Le troisième" in again.words()
    assert again.fields()["choose-summary"] == "mine"  # never silently the other text
    assert stored(session, number).content.summary == "Le troisième"


def test_the_same_words_saved_twice_are_no_conflict(officer: Officer, session: Session, number: int) -> None:
    page = officer.open(edit(number))

    officer.press(page, "save", {"title": "Tandem"})
    twice = officer.press(page, "save", {"title": "Tandem"})

    assert twice.status == 302
    assert stored(session, number).version == 2


def test_words_typed_for_a_sheet_sent_meanwhile_stand_in_the_page(officer: Officer, number: int) -> None:
    page = officer.open(edit(number))
    officer.press(page, "submit")

    answer = officer.press(page, "save", {"activities": LONG})

    assert answer.status == 409
    assert "can no longer be changed here" in answer.words()
    assert answer.fields()["activities"] == LONG
