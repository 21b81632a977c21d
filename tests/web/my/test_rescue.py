"""What was typed comes back, whatever stood in the way of keeping it."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from passerelle.sheets import actions
from passerelle.sheets.models import Sheet, SheetStatus
from tests.factories import COMPLETE
from tests.web.my.drafts import LONG, edit, stored
from tests.web.my.officer import Officer


def test_what_the_database_cannot_take_stays_in_the_page(
    officer: Officer, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("disk full"))

    page = officer.open(edit(number))
    monkeypatch.setattr(actions, "save", fail)

    answer = officer.press(page, "save", {"activities": LONG})

    assert answer.status == 503
    assert "Nothing could be saved just now" in answer.words()
    assert answer.fields()["activities"] == LONG
    monkeypatch.undo()
    assert officer.press(answer, "save").status == 302


def test_an_archived_sheet_is_not_written_in(officer: Officer, session: Session, number: int) -> None:
    page = officer.open(edit(number))
    session.get_one(Sheet, number).status = SheetStatus.ARCHIVED
    session.commit()

    answer = officer.press(page, "save", {"activities": LONG})

    assert answer.status == 409
    assert answer.fields()["activities"] == LONG
    assert stored(session, number).content == COMPLETE
    assert officer.open(edit(number)).status == 302


@pytest.mark.parametrize("token", ["", "forged"])
def test_a_form_without_a_valid_token_comes_back_with_every_word(
    officer: Officer, session: Session, number: int, token: str
) -> None:
    page = officer.open(edit(number))

    answer = officer.press(page, "save", {"csrf_token": token, "activities": LONG, "starts": "x"})

    assert answer.status == 400
    assert "Nothing was saved yet" in answer.words()
    assert answer.fields()["activities"] == LONG
    assert stored(session, number).content == COMPLETE
    assert officer.press(answer, "save", {"starts": "2019"}).status == 302
    assert stored(session, number).content.activities == LONG.strip()


def test_a_form_sent_after_the_sign_in_ended_comes_back_with_every_word(
    officer: Officer, session: Session, number: int
) -> None:
    page = officer.open(edit(number))
    with officer.client.session_transaction() as cookie:
        del cookie["_user_id"]

    answer = officer.press(page, "save", {"activities": LONG})
    elsewhere = officer.send(edit(999), {**page.fields(), "activities": LONG})

    assert answer.status == elsewhere.status == 401
    assert answer.fields()["activities"] == LONG
    assert "Quaregnon" not in answer.words()
    assert stored(session, number).content == COMPLETE
    with officer.client.session_transaction() as cookie:
        cookie["_user_id"] = f"token 1 of {stored(session, number).created_by}"
    assert officer.press(answer, "save").status == 302
    assert stored(session, number).content.activities == LONG.strip()


def test_a_sheet_over_200_kilobytes_is_refused_with_its_text_kept(
    officer: Officer, session: Session, number: int
) -> None:
    huge = "é" * 150_000

    answer = officer.press(officer.open(edit(number)), "save", {"activities": huge})

    assert answer.status == 413
    assert "larger than 200 kB" in answer.words()
    assert answer.fields()["activities"] == huge
    assert stored(session, number).content == COMPLETE


@pytest.mark.parametrize(
    "name", ["objectives", "starts", "web_page", "cost-1-euros", "violence_forms", "began"]
)
def test_a_body_of_megabytes_in_one_field_is_answered_calmly(
    officer: Officer, session: Session, number: int, name: str
) -> None:
    fields = officer.open(edit(number)).fields()

    answer = officer.client.post(edit(number), data={**fields, name: "1\n " * 700_000, "do": "save"})

    assert answer.status_code == (302 if name == "began" else 413)
    assert stored(session, number).content == COMPLETE


def test_the_script_saves_by_itself(officer: Officer, session: Session, number: int) -> None:
    fields = officer.open(edit(number)).fields()

    def save(**typed: Any) -> tuple[int, Any]:  # Any: form values and JSON
        answer = officer.client.post(edit(number), data={**fields, "do": "autosave", **typed})
        return answer.status_code, answer.get_json()

    assert save(title="Tandem") == (200, {"version": 2, "saved_at": "14:00"})
    assert stored(session, number).title == "Tandem"
    assert save(title="Autre")[0] == 409
    assert save(title="Autre", version="2")[0] == 200
    assert save(title="", version="3")[0] == 422
    assert save(csrf_token="")[0] == 401
    with officer.client.session_transaction() as cookie:
        del cookie["_user_id"]
    assert save(version="3")[0] == 401
    assert stored(session, number).title == "Autre"
