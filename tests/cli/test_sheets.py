"""`passerelle import` and `export`, `search rebuild` and `check`."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.generator import lines
from passerelle.cli.setup import SEED
from passerelle.sheets.models import Revision, RevisionStatus, Sheet
from tests.cli.conftest import Call, Environment
from tests.factories import Factories


def write(folder: Path, *texts: str) -> str:
    """The path of a file with these lines."""
    file = folder / "sheets.jsonl"
    file.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return str(file)


def dump(environment: Environment) -> list[str]:
    """Everything the database holds, as text."""
    connection = sqlite3.connect(Path(environment["PASSERELLE_INSTANCE"]) / "passerelle.db")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_imported_sheets_are_drafts(
    call: Call, prepared: Environment, tmp_path: Path, session: Session
) -> None:
    result = call(prepared, "import", write(tmp_path, *lines(3)))

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "3 created, 0 updated, 0 unchanged, 0 refused\n"
    assert {each.status for each in session.scalars(select(Revision))} == {RevisionStatus.DRAFT}


def test_published_sheets_are_in_the_index_when_the_command_ends(
    call: Call, prepared: Environment, tmp_path: Path
) -> None:
    call(prepared, "search", "rebuild")

    result = call(prepared, "import", write(tmp_path, *lines(5)), "--publish")

    assert result.exit_code == 0
    assert call(prepared, "check").stdout == "Everything agrees.\n"
    assert call(prepared, "search", "rebuild").stdout == "The index holds 5 sheets.\n"


def test_refused_lines_are_named_the_others_taken_and_the_status_says_so(
    call: Call, prepared: Environment, tmp_path: Path
) -> None:
    one, two = lines(2)
    file = write(tmp_path, one, "{", '{"commune": "Nowhere"}', "", two)

    result = call(prepared, "import", file, "--publish")

    assert result.exit_code == 1
    assert result.stdout == "2 created, 0 updated, 0 unchanged, 2 refused\n"
    assert result.stderr.splitlines() == [
        "line 2: this is not JSON",
        "line 3: no commune of Belgium is called 'Nowhere': write its NIS code",
    ]


def test_lines_that_are_no_text_do_not_stop_the_others(
    call: Call, prepared: Environment, tmp_path: Path
) -> None:
    (good,) = lines(1)
    file = tmp_path / "sheets.jsonl"
    file.write_bytes(b"\xff\xfe{}\n" + b"x" * 2_000_000 + b"\n\x00\n" + good.encode() + b"\r\n")

    result = call(prepared, "import", str(file))

    assert result.exit_code == 1
    assert result.stdout == "1 created, 0 updated, 0 unchanged, 3 refused\n"
    assert result.stderr.splitlines() == [
        "line 1: the line is not UTF-8",
        "line 2: the line is longer than 400000 bytes",
        "line 3: this is not JSON",
    ]


def test_a_dry_run_says_the_same_and_changes_nothing(
    call: Call, prepared: Environment, tmp_path: Path
) -> None:
    file = write(tmp_path, *lines(3), "{")
    before = dump(prepared)

    tried = call(prepared, "import", file, "--publish", "--dry-run")
    unchanged = dump(prepared)
    done = call(prepared, "import", file, "--publish")

    assert unchanged == before
    assert tried.stdout == "3 created, 0 updated, 0 unchanged, 1 refused (dry run)\n"
    assert done.stdout == "3 created, 0 updated, 0 unchanged, 1 refused\n"
    assert tried.exit_code == done.exit_code == 1


def test_many_lines_keep_their_numbers_across_the_batches(
    call: Call, prepared: Environment, tmp_path: Path
) -> None:
    given = list(lines(250))
    given[220] = "{"

    result = call(prepared, "import", write(tmp_path, *given))

    assert result.stdout == "249 created, 0 updated, 0 unchanged, 1 refused\n"
    assert result.stderr == "line 221: this is not JSON\n"


def test_a_file_that_is_not_there_is_a_wrong_call(call: Call, prepared: Environment) -> None:
    assert call(prepared, "import", "nowhere.jsonl").exit_code == 2


def test_an_export_imported_elsewhere_is_exported_the_same(
    call: Call, prepared: Environment, nothing_yet: Environment, tmp_path: Path
) -> None:
    call(
        prepared, "import", write(tmp_path, *lines(20), SEED.read_text(encoding="utf-8").strip()), "--publish"
    )
    exported = call(prepared, "export").stdout
    call(nothing_yet, "init")

    file = write(tmp_path, *exported.splitlines())
    result = call(nothing_yet, "import", file, "--publish")

    assert result.stdout == "20 created, 0 updated, 1 unchanged, 0 refused\n"
    again = call(nothing_yet, "export", "--format", "jsonl").stdout
    assert sorted(again.splitlines()) == sorted(exported.splitlines())
    assert all(json.loads(line)["title"] for line in again.splitlines())


def test_check_says_everything_agrees_also_for_programs(call: Call, prepared: Environment) -> None:
    call(prepared, "init")

    words, deep, program = (call(prepared, "check", *more) for more in ((), ("--deep",), ("--json",)))

    assert [each.exit_code for each in (words, deep, program)] == [0, 0, 0]
    assert words.stdout == deep.stdout == "Everything agrees.\n"
    assert json.loads(program.stdout) == {"ok": True, "findings": []}


def test_check_finds_a_text_that_was_changed_behind_our_back_and_a_lost_index(
    call: Call, prepared: Environment, session: Session, make: Factories
) -> None:
    sheet = make.sheet(of=make.commune("53065"), status=RevisionStatus.PUBLISHED)
    session.commit()
    call(prepared, "search", "rebuild")
    number = sheet.id
    session.rollback()
    connection = sqlite3.connect(Path(prepared["PASSERELLE_INSTANCE"]) / "passerelle.db")
    with connection:
        connection.execute("DROP TRIGGER published_text_stays")
        connection.execute("UPDATE revisions SET content = json_set(content, '$.title', 'Other')")
    connection.close()
    shutil.rmtree(prepared["PASSERELLE_SEARCH_INDEX"])

    words, program = call(prepared, "check"), call(prepared, "check", "--json")

    assert words.exit_code == program.exit_code == 1
    assert f"texts: is published with a text that nobody approved (sheet {number})" in words.stdout
    assert words.stdout.splitlines()[-1] == "2 findings."
    answer = json.loads(program.stdout)
    assert answer["ok"] is False
    assert {"check", "message", "sheet"} == set(answer["findings"][0])
    assert {each["check"] for each in answer["findings"]} == {"index", "texts"}


def test_a_rebuilt_index_holds_what_is_online(
    call: Call, prepared: Environment, session: Session, make: Factories
) -> None:
    for status in RevisionStatus:
        make.sheet(of=make.commune("53065"), status=status)
    session.commit()

    result = call(prepared, "search", "rebuild")

    assert (result.exit_code, result.output) == (0, "The index holds 1 sheets.\n")


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("users", "--help"), ("search", "--help")])
def test_help_needs_no_settings(call: Call, words: tuple[str, ...]) -> None:
    assert call({"PASSERELLE_ENV": "nonsense"}, *words).exit_code == 0


def test_nothing_is_doubled_by_importing_twice(
    call: Call, prepared: Environment, tmp_path: Path, session: Session
) -> None:
    file = write(tmp_path, *lines(4))
    call(prepared, "import", file, "--publish")

    result = call(prepared, "import", file, "--publish")

    assert result.stdout == "0 created, 0 updated, 4 unchanged, 0 refused\n"
    assert len(session.scalars(select(Sheet)).all()) == 4
