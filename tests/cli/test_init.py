"""`passerelle init` prepares an installation, and a second time changes nothing."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, User
from passerelle.accounts.passwords import TEST_COST, Passwords
from passerelle.accounts.queries import user_by_email
from passerelle.sheets.models import Revision, RevisionStatus
from tests.cli.conftest import Call, Environment

NewSession = Callable[[], Session]


def instance(environment: Environment) -> Path:
    """The folder of the installation."""
    return Path(environment["PASSERELLE_INSTANCE"])


def dump(environment: Environment) -> list[str]:
    """Everything the database holds, as text."""
    connection = sqlite3.connect(instance(environment) / "passerelle.db")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def files(folder: str) -> dict[str, tuple[int, int]]:
    """Every file below `folder`, with its size and the moment it was written."""
    found = (path for path in Path(folder).rglob("*") if path.is_file())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


def mode(path: Path) -> int:
    """The permissions of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def test_init_makes_an_installation_with_communes_the_first_sheet_and_an_index(
    call: Call, nothing_yet: Environment, new_session: NewSession
) -> None:
    result = call(nothing_yet, "init")

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "Communes: 565 changed. First sheet: published.",
        "Index: built, 1 sheets.",
    ]
    with new_session() as session:
        assert session.scalar(select(func.count()).select_from(Commune)) == 565
        sheet = session.scalars(select(Revision)).one()
        assert (sheet.status, sheet.title) == (RevisionStatus.PUBLISHED, "Café des Mamans")
    assert call(nothing_yet, "check").output == "Everything agrees.\n"


@pytest.mark.parametrize("words", [("init",), ("init", "--demo")])
def test_init_again_changes_nothing(call: Call, nothing_yet: Environment, words: tuple[str, ...]) -> None:
    call(nothing_yet, *words)
    before, index = dump(nothing_yet), files(nothing_yet["PASSERELLE_SEARCH_INDEX"])
    accounts = files(str(instance(nothing_yet) / "demo-accounts.json"))

    result = call(nothing_yet, *words)

    assert result.exit_code == 0
    assert result.output.splitlines()[:2] == [
        "Communes: 0 changed. First sheet: there already.",
        "Index: up to date.",
    ]
    assert dump(nothing_yet) == before
    assert files(nothing_yet["PASSERELLE_SEARCH_INDEX"]) == index
    assert files(str(instance(nothing_yet) / "demo-accounts.json")) == accounts


def test_what_init_writes_is_for_its_owner_only(call: Call, nothing_yet: Environment) -> None:
    call(nothing_yet, "init", "--demo")

    folder = instance(nothing_yet)
    assert mode(folder) == 0o700
    assert mode(folder / "passerelle.db") == 0o600
    assert mode(folder / "demo-accounts.json") == 0o600
    assert mode(Path(nothing_yet["PASSERELLE_SEARCH_INDEX"])) == 0o700


def test_the_demo_has_an_account_of_each_role_whose_password_works(
    call: Call, nothing_yet: Environment, new_session: NewSession
) -> None:
    call(nothing_yet, "init", "--demo")

    accounts = json.loads((instance(nothing_yet) / "demo-accounts.json").read_text())
    assert [tuple(account) for account in accounts] == [("email", "password", "role", "commune")] * 5
    assert {account["role"]: account["commune"] for account in accounts} == {
        "reader": "53065",
        "contributor": "53065",
        "manager": "53065",
        "coordinator": None,
        "administrator": None,
    }
    passwords = Passwords(TEST_COST)
    with new_session() as session:
        for account in accounts:
            user = session.scalars(user_by_email(account["email"])).one()
            assert passwords.match(user.password_hash, account["password"])
    assert len({account["password"] for account in accounts}) == 5
    assert all(len(account["password"]) >= 20 for account in accounts)


def test_a_lost_file_of_accounts_is_made_again_with_new_passwords_and_no_new_people(
    call: Call, nothing_yet: Environment, new_session: NewSession
) -> None:
    call(nothing_yet, "init", "--demo")
    file = instance(nothing_yet) / "demo-accounts.json"
    before = json.loads(file.read_text())
    file.unlink()

    call(nothing_yet, "init", "--demo")

    after = json.loads(file.read_text())
    assert [each["email"] for each in after] == [each["email"] for each in before]
    assert not {each["password"] for each in after} & {each["password"] for each in before}
    with new_session() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 5


def test_without_demo_nobody_can_sign_in(
    call: Call, nothing_yet: Environment, new_session: NewSession
) -> None:
    call(nothing_yet, "init")

    assert not (instance(nothing_yet) / "demo-accounts.json").exists()
    with new_session() as session:
        assert session.scalar(select(User.id)) is None


def test_init_builds_a_lost_index_again(call: Call, nothing_yet: Environment) -> None:
    call(nothing_yet, "init")
    shutil.rmtree(nothing_yet["PASSERELLE_SEARCH_INDEX"])

    result = call(nothing_yet, "init")

    assert "Index: built, 1 sheets." in result.output
    assert call(nothing_yet, "check").exit_code == 0


def test_init_does_not_trust_the_index_of_another_installation(
    call: Call, nothing_yet: Environment, prepared: Environment
) -> None:
    call(nothing_yet, "init")
    elsewhere = {**prepared, "PASSERELLE_SEARCH_INDEX": nothing_yet["PASSERELLE_SEARCH_INDEX"]}
    call(elsewhere, "init")
    (instance(elsewhere) / "passerelle.db").unlink()

    result = call(nothing_yet, "init")

    assert result.exit_code == 0
    assert call(nothing_yet, "check").exit_code == 0


def test_init_leaves_a_platform_that_has_sheets_as_it_is(
    call: Call, prepared: Environment, tmp_path: Path
) -> None:
    file = tmp_path / "sheets.jsonl"
    file.write_text('{"commune": "Mons", "title": "Autre"}\n')
    call(prepared, "import", str(file))

    result = call(prepared, "init")

    assert "First sheet: there already." in result.output


def test_a_newer_database_is_left_alone(call: Call, prepared: Environment) -> None:
    connection = sqlite3.connect(instance(prepared) / "passerelle.db")
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    for words in (("init",), ("check",), ("users", "list")):
        result = call(prepared, *words)
        assert result.exit_code == 2
        assert result.stderr.startswith("passerelle: the database is ")
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [("check",), ("users", "list"), ("search", "rebuild"), ("worker", "--once"), ("export",), ("serve",)],
)
def test_before_init_every_command_says_to_run_it(
    call: Call, nothing_yet: Environment, words: tuple[str, ...]
) -> None:
    instance(nothing_yet).mkdir(parents=True)

    result = call(nothing_yet, *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "passerelle: the database is not at this version: run `passerelle init` first\n"


def test_a_database_out_of_reach_is_one_line(call: Call, nothing_yet: Environment) -> None:
    result = call(nothing_yet, "check")

    assert result.exit_code == 2
    assert result.stderr == "passerelle: the database cannot be used: unable to open database file\n"


def test_an_index_that_cannot_be_written_is_one_line(
    call: Call, prepared: Environment, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    result = call({**prepared, "PASSERELLE_SEARCH_INDEX": str(tmp_path / "file" / "index")}, "init")

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "passerelle: the search index cannot be written"
