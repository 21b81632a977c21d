"""Lines of partners and costs come and go, and nothing typed is lost."""

import pytest
from sqlalchemy.orm import Session

from passerelle.sheets.models import RevisionStatus
from tests.factories import COMPLETE
from tests.web.my.drafts import LONG, edit, stored
from tests.web.my.officer import Officer


def test_a_line_is_added_and_removed_and_nothing_typed_is_lost(
    officer: Officer, session: Session, number: int
) -> None:
    typed = {"activities": LONG, "starts": "pas encore une date", "partner-1-name": "École"}

    longer = officer.press(officer.open(edit(number)), "add-partner", typed)
    shorter = officer.press(longer, "del-partner-1", {"partner-2-name": "Police"})

    assert longer.status == shorter.status == 200
    assert "autofocus" in longer.by_id("partner-2-kind").attrib
    assert longer.fields()["partner-1-name"] == "École"
    assert shorter.fields()["partner-1-name"] == "Police"
    assert "partner-2-name" not in shorter.fields()
    assert shorter.fields()["starts"] == "pas encore une date"
    assert shorter.fields()["activities"] == LONG
    assert len(LONG) > 5_000
    assert stored(session, number).content == COMPLETE


def test_the_list_of_lines_ends_somewhere_and_says_so(officer: Officer, number: int) -> None:
    rows = {f"cost-{place}-what": "x" for place in range(1, 41)}

    answer = officer.press(officer.open(edit(number)), "add-cost", rows)

    assert answer.fields()["cost-40-what"] == "x"
    assert "cost-41-what" not in answer.fields()
    assert list(answer.summary) == ["cost-1-what"]


@pytest.mark.parametrize(
    "name", ["partner-0-name", "partner-9999-name", "cost-٣-what", "partner--name", "cost-1-id"]
)
def test_lines_with_odd_numbers_are_read_or_passed_over(officer: Officer, number: int, name: str) -> None:
    fields = officer.open(edit(number)).fields()

    answer = officer.client.post(edit(number), data={**fields, "do": "save", name: "x"})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "do", ["del-partner-99", "del-cost-0", "add-brol", "add-partner-7", "", "submit ", "del-cost"]
)
def test_an_odd_button_does_no_harm(officer: Officer, session: Session, number: int, do: str) -> None:
    fields = officer.open(edit(number)).fields()

    answer = officer.client.post(edit(number), data={**fields, "do": do})

    assert answer.status_code in (200, 302)
    assert stored(session, number).content == COMPLETE
    assert stored(session, number).status == RevisionStatus.DRAFT
