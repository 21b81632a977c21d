"""What `docs/operations.md` says of settings and commands is so."""

import inspect
import re

import click

from passerelle.cli import main
from passerelle.core import settings
from passerelle.core.paths import PACKAGE

PAGE = (PACKAGE.parent.parent / "docs" / "operations.md").read_text(encoding="utf-8")
OF_SERVE = {"HOST", "PORT"}


def commands(group: click.Group, *before: str) -> set[str]:
    """The commands below `group`, as they are typed."""
    found: set[str] = set()
    for name, command in group.commands.items():
        words = (*before, name)
        found |= commands(command, *words) if isinstance(command, click.Group) else {" ".join(words)}
    return found


def test_the_table_of_settings_names_every_variable_that_is_read_and_no_other() -> None:
    read = set(re.findall(r'given\.get\("([A-Z_]+)"\)', inspect.getsource(settings)))

    told = re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE)

    assert len(told) == len(set(told))
    assert set(told) == read | OF_SERVE


def test_every_command_is_explained() -> None:
    for command in commands(main):
        assert f"`{command} " in PAGE or f"`{command}`" in PAGE, command
