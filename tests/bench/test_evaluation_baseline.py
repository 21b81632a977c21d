"""The search does not find less than it did: what the development collection reached is kept."""

from functools import cache

import pytest

from bench.evaluation.__main__ import QUERIES, SHEETS
from bench.evaluation.baseline import falls, kept
from bench.evaluation.collection import Collection, read_collection
from bench.evaluation.scores import scores
from bench.evaluation.variants import THESAURUS, VARIANTS, WORDS, Variant, available, rankings
from passerelle.sheets.checks import problems_of


@cache
def development() -> Collection:
    return read_collection(SHEETS, QUERIES)


@pytest.mark.parametrize("variant", available(), ids=lambda variant: variant.name)
def test_no_figure_falls_by_more_than_a_fiftieth(variant: Variant) -> None:
    answers = rankings(development(), variant)

    assert falls({variant.name: scores(development(), answers)}, kept()) == []


def test_words_and_thesaurus_are_always_measured() -> None:
    assert {WORDS, THESAURUS} <= set(available()) <= set(VARIANTS)


def test_every_sheet_is_complete_marked_as_made_up_and_names_nobody() -> None:
    for ref, line in development().sheets.items():
        assert ref.startswith("dev-")
        assert problems_of(line.content, line.contact, to_submit=True) == ()
        assert {line.contact.name, line.contact.phone, line.contact.email} == {""}
