"""Imports run downwards only, Flask lives on the top floors, and `platform` is still Python's own."""

import ast
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "platform" / "passerelle"
ROOMS = (
    "vocabulary",
    "core",
    "accounts",
    "sheets",
    "moderation",
    "policy",
    "search",
    "exchange",
    "web",
    "cli",
)
SAYS_WHY = "noqa: PLC0415 ("  # start-up time of the command line, and nothing else
FILES = sorted(PACKAGE.rglob("*.py"))
FLASK = (
    "flask",
    "flask_login",
    "flask_babel",
    "flask_wtf",
    "flask_sqlalchemy",
    "werkzeug",
    "wtforms",
    "jinja2",
)


def named(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def floor(room: str) -> int:
    return ROOMS.index(room) if room in ROOMS else -1


@pytest.mark.parametrize("file", [file for file in FILES if room_of(file) in ROOMS], ids=named)
def test_a_room_imports_only_from_below(file: Path) -> None:
    own = room_of(file)
    rooms = {name.split(".")[1] for name in imported(file) if name.startswith("passerelle.")}

    assert {room for room in rooms if floor(room) > floor(own)} == set()


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(file) for file in FILES} - {"__init__", "__main__"}

    assert rooms == set(ROOMS)


@pytest.mark.parametrize("file", [file for file in FILES if room_of(file) not in ("web", "cli")], ids=named)
def test_flask_lives_on_the_top_floors(file: Path) -> None:
    assert [name for name in imported(file) if name.split(".")[0] in FLASK] == []


@pytest.mark.parametrize("file", FILES, ids=named)
def test_no_import_hides_inside_a_function(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    tree, lines = ast.parse(source), source.splitlines()
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    hidden = [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and SAYS_WHY not in lines[node.lineno - 1]
    ]

    assert hidden == []


def test_platform_is_still_pythons_own() -> None:
    assert platform.python_version()
    assert not (PACKAGE.parent / "__init__.py").exists()


def test_no_module_bears_a_name_of_the_standard_library_at_the_top() -> None:
    assert {file.stem for file in PACKAGE.glob("*.py")} & set(sys.stdlib_module_names) == set()
