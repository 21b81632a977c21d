"""What `docs/interchange.md` says is so."""

import json
import re

import pytest

from passerelle.core.paths import PACKAGE
from passerelle.exchange.lines import KEYS, read_line
from passerelle.sheets.checks import problems_of
from passerelle.sheets.sections import FIELDS
from passerelle.vocabulary import (
    COST_KINDS,
    COST_UNITS,
    EVALUATION_KINDS,
    FORMS,
    PARTNER_KINDS,
    TARGET_GROUPS,
    VocabularyList,
)

PAGE = (PACKAGE.parent.parent / "docs" / "interchange.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


def rows(key: str) -> list[list[str]]:
    """The cells of the rows that begin with `key`: of the table of keys, then of the table of codes."""
    found = [line for line in PAGE.splitlines() if line.startswith(f"| `{key}` |")]
    return [[cell.strip() for cell in line.removesuffix("|").split("|")[1:]] for line in found]


def test_the_examples_can_be_imported_and_the_complete_one_published() -> None:
    small, complete = (read_line(json.dumps(json.loads(example))) for example in EXAMPLES)

    assert problems_of(small.content, small.contact, to_submit=False) == ()
    assert problems_of(complete.content, complete.contact, to_submit=True) == ()
    assert tuple(json.loads(EXAMPLES[1])) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_every_key_has_its_row(key: str) -> None:
    assert len(rows(key)[0]) == 5


@pytest.mark.parametrize("key", [key for key, field in FIELDS.items() if field.limit > 10])
def test_the_limit_of_a_row_is_the_limit_that_is_checked(key: str) -> None:
    limit = rows(key)[0][3].replace(" ", "")

    assert limit.startswith(str(FIELDS[key].limit))


@pytest.mark.parametrize("key", FIELDS)
def test_a_row_says_what_is_needed_before_publication(key: str) -> None:
    needed = rows(key)[0][4]

    assert needed == ("always" if key == "title" else "published" if FIELDS[key].required else "")


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("violence_forms", FORMS),
        ("target_groups", TARGET_GROUPS),
        ("partnerships[].kind", PARTNER_KINDS),
        ("evaluation_kinds", EVALUATION_KINDS),
        ("costs[].kind", COST_KINDS),
        ("costs[].unit", COST_UNITS),
    ],
)
def test_the_codes_are_those_of_the_lists(key: str, known: VocabularyList) -> None:
    codes = re.findall(r"`([a-z_]+)`", rows(key)[-1][1])

    assert tuple(codes) == tuple(code for code in known.codes if code)
