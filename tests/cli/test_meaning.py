"""The commands that leave an installation complete also make its vectors."""

import pytest

from passerelle.search.meaning.encoder import Encoder
from tests.cli.conftest import Call, Environment


@pytest.fixture
def meaning_on(nothing_yet: Environment) -> Environment:
    """An installation that reads meanings, not prepared yet."""
    return {**nothing_yet, "PASSERELLE_MEANING": "on"}


def test_init_reads_the_first_sheet_for_its_meaning_once(call: Call, meaning_on: Environment) -> None:
    first, second = call(meaning_on, "init"), call(meaning_on, "init")

    assert "Meaning: 1 sheets read.\n" in first.stdout
    assert "Meaning" not in second.stdout


def test_rebuild_makes_what_is_missing(call: Call, meaning_on: Environment) -> None:
    call({**meaning_on, "PASSERELLE_MEANING": "off"}, "init")

    assert call(meaning_on, "search", "rebuild").stdout == (
        "The index holds 1 sheets.\nMeaning: 1 sheets read.\n"
    )


def test_a_worker_that_runs_once_makes_what_is_missing(call: Call, meaning_on: Environment) -> None:
    call({**meaning_on, "PASSERELLE_MEANING": "off"}, "init")

    assert "Meaning: 1 sheets read.\n" in call(meaning_on, "worker", "--once").stdout


def test_without_the_package_the_commands_say_nothing_of_it(
    call: Call, meaning_on: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Encoder, "is_there", lambda _encoder: False)

    assert "Meaning" not in call(meaning_on, "init").stdout
