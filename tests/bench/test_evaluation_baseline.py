"""The search does not find less than it did: what the development collection reached is kept."""

from collections import Counter
from functools import cache
from typing import Never

import pytest

from bench.evaluation import variants
from bench.evaluation.__main__ import QUERIES, SHEETS
from bench.evaluation.baseline import falls, kept
from bench.evaluation.collection import Collection, Query, read_collection
from bench.evaluation.scores import Scores, scores
from bench.evaluation.variants import THESAURUS, WORDS, Variant, answers, available
from passerelle.search.documents import SIZE_CLASSES, size_class
from passerelle.search.meaning.encoder import Encoder
from passerelle.sheets.checks import problems_of
from passerelle.vocabulary import FORMS, LANGUAGES, PROVINCES
from passerelle.vocabulary.communes import commune


@cache
def development() -> Collection:
    return read_collection(SHEETS, QUERIES)


@cache
def measured() -> dict[str, Scores]:
    return {name: scores(development(), answer) for name, answer in answers(development()).items()}


@pytest.mark.parametrize("variant", available(), ids=lambda variant: variant.name)
def test_no_figure_falls_by_more_than_a_fiftieth(variant: Variant) -> None:
    assert falls({variant.name: measured()[variant.name]}, kept()) == []


def test_without_the_package_of_the_vectors_the_others_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Never:
        raise ImportError("no such package")

    encoder = Encoder(missing)
    encoder.prepare()
    monkeypatch.setattr(variants, "encoder_of_process", lambda: encoder)

    assert available() == (WORDS, THESAURUS)


def test_every_sheet_is_complete_marked_as_made_up_and_names_nobody() -> None:
    for ref, line in development().sheets.items():
        assert ref.startswith("dev-")
        assert problems_of(line.content, line.contact, to_submit=True) == ()
        assert {line.contact.name, line.contact.phone, line.contact.email} == {""}


def test_the_sheets_come_from_everywhere_in_every_language() -> None:
    lines = list(development().sheets.values())
    contents = [line.content for line in lines]
    places = [commune(line.commune) for line in lines]

    assert len(lines) >= 105
    assert {each.language for each in contents} == set(LANGUAGES)
    assert {code for each in contents for code in each.violence_forms} == set(FORMS.codes)
    assert {size_class(each.inhabitants) for each in contents} == set(SIZE_CLASSES)
    assert {each.area for each in places} == set(PROVINCES.codes)
    assert any(each.german_speaking for each in places)
    assert {each.ongoing for each in contents} == {True, False}
    assert {each.is_evaluated for each in contents} == {True, False}


def test_half_of_the_questions_are_answered_mostly_in_other_languages() -> None:
    queries = development().queries
    kinds = Counter(query.kind for query in queries)
    across = [query for query in queries if query.judgments and _share_across(query) > 0.5]

    assert len(queries) >= 124
    assert len(across) >= len(queries) / 2
    assert kinds["noisy"] >= 20
    assert kinds["none"] >= 10
    assert {query.language for query in queries} == set(LANGUAGES)


def _share_across(query: Query) -> float:
    """How much of what answers the question is written in other languages than its own."""
    other = sum(
        grade for ref, grade in query.judgments.items() if development().language(ref) != query.language
    )
    return other / sum(query.judgments.values())
