"""The habits of the house that a machine can watch over."""

import re
import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "platform" / "passerelle"
EDGES = ("web", "cli")
# Folders that a checkout makes and git ignores.
MADE = {
    ".git",
    ".venv",
    "instance",
    "search_index",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
}
LONGEST_FILE = 300  # lines
MOST_DEPENDENCIES = 15


def code(*, below_the_edge: bool = False, room: str | None = None) -> list[Path]:
    files = sorted((PACKAGE / room if room else PACKAGE).rglob("*.py"))
    return [file for file in files if not below_the_edge or file.relative_to(PACKAGE).parts[0] not in EDGES]


def tracked() -> list[Path]:
    """Every file that is, or would be, in the repository; without git, every file beside what is made."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        answer = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True)
        files = [ROOT / name for name in answer.stdout.splitlines()]
    except (FileNotFoundError, subprocess.CalledProcessError):
        files = [file for file in ROOT.rglob("*") if not MADE & set(file.relative_to(ROOT).parts)]
    return [file for file in files if file.is_file()]


def lines_with(pattern: str, files: Iterable[Path]) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]


def test_only_the_edge_commits() -> None:
    """Whoosh has a commit of its own, which is the engine's business."""
    below = [file for file in code(below_the_edge=True) if "whoosh_engine" not in file.parts]

    assert lines_with(r"\.commit\(", below) == []


def test_only_the_edge_asks_the_clock() -> None:
    others = [file for file in code() if file != PACKAGE / "core" / "clock.py"]

    assert lines_with(r"datetime\.now\(|time\.time\(|utcnow\(|date\.today\(", others) == []


def test_pages_hold_no_sql() -> None:
    assert lines_with(r"sqlalchemy import .*\btext\b|exec_driver_sql", code(room="web")) == []


def test_nothing_typed_by_people_is_trusted_as_html() -> None:
    """But for what templates wrote before, of escaped texts: the search page is put together from it."""
    molds, writers = PACKAGE / "web" / "molds.py", {"page_frame.py", "result_writer.py"}
    templates = sorted((ROOT / "templates").rglob("*.html"))
    others = [file for file in code() if file != molds]

    assert lines_with(r"\|\s*safe\b|autoescape false|Markup\(", [*templates, *others]) == []
    assert lines_with(r"as_written\(", [file for file in others if file.name not in writers]) == []


def test_no_file_of_code_is_longer_than_three_hundred_lines() -> None:
    lengths = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in code()}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_the_lock_files_name_no_host_and_hash_everything() -> None:
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        text = file.read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=")


def test_direct_dependencies_stay_few() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert len(project["dependencies"]) <= MOST_DEPENDENCIES


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    mine = Path(__file__)
    files = [file for file in tracked() if file != mine and file.suffix not in {".docx", ".png"}]

    assert lines_with(r"(?<![\w.])/(work|farm|root|home)/[a-z]", files) == []


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "publiccode.yml"]
)
def test_a_stranger_finds_the_usual_papers(name: str) -> None:
    assert (ROOT / name).read_text().strip()


def test_every_setting_stands_in_the_table_of_operations() -> None:
    source = (PACKAGE / "core" / "settings.py").read_text()
    names = set(re.findall(r'given\.get\("([A-Z_]+)"\)', source))
    table = (ROOT / "docs" / "operations.md").read_text()

    assert {name for name in names if f"`{name}`" not in table} == set()
