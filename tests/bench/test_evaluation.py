"""The measures of the search count as they say, and read what is written for them."""

import json
from pathlib import Path

import pytest

from bench.evaluation.baseline import falls
from bench.evaluation.collection import Collection, Query, UnreadableCollection, read_collection
from bench.evaluation.measures import Figures, figures
from bench.evaluation.scores import Scores, scores
from bench.evaluation.tables import table, worst
from passerelle.exchange.lines import SheetLine
from passerelle.sheets.content import Contact, SheetContent


def sheet(ref: str, language: str) -> SheetLine:
    return SheetLine(ref, "53065", SheetContent(title=f"Sheet {ref}", language=language), Contact())


def collection(*queries: Query) -> Collection:
    sheets = {ref: sheet(ref, language) for ref, language in (("a", "fr"), ("b", "nl"), ("c", "de"))}
    return Collection("small", sheets, queries)


def asked(name: str, language: str = "fr", kind: str = "keyword", **judgments: int) -> Query:
    return Query(name, "words", language, kind, judgments)


def files(folder: Path, *queries: object) -> Collection:
    """What is read of two sheets and those questions."""
    sheets, questions = folder / "sheets.jsonl", folder / "questions.jsonl"
    sheets.write_text('{"ref": "one", "commune": "53065"}\n\n{"commune": "44021"}\n', encoding="utf-8")
    questions.write_text("".join(f"{json.dumps(query)}\n" for query in queries), encoding="utf-8")
    return read_collection(sheets, questions)


def question(**given: object) -> dict[str, object]:
    return {"id": "q", "language": "fr", "kind": "keyword", "text": "mots", "judgments": {"one": 3}, **given}


def test_the_best_order_is_worth_one_and_nothing_is_worth_nothing() -> None:
    judgments = {"a": 3, "b": 1}

    assert figures(["a", "b", "c"], judgments) == (1, 1, 1)
    assert figures([], judgments) == (0, 0, 0)


def test_a_place_further_down_is_worth_less() -> None:
    later = figures(["x", "a"], {"a": 3, "b": 1})

    assert later.ndcg == pytest.approx((7 / 1.584963) / (7 + 1 / 1.584963), abs=1e-6)
    assert later.recall == 0.5
    assert later.mrr == 0.5


def test_the_tenth_place_counts_for_the_gain_and_the_twentieth_for_recall() -> None:
    others = [str(number) for number in range(19)]

    assert figures([*others[:9], "a"], {"a": 1}).ndcg > 0
    assert figures([*others[:10], "a"], {"a": 1}) == Figures(0, 1, 1 / 11)
    assert figures([*others, "b", "a"], {"a": 1}).recall == 0


def test_across_languages_sheets_in_the_language_of_the_question_are_left_out() -> None:
    small = collection(asked("both", a=3, b=3), asked("own", a=3))

    found = scores(small, {"both": ["a", "c", "b"], "own": ["b", "a"]})

    assert found.counts == {"all": 2, "fr": 2, "same language": 2, "cross language": 1}
    assert found.rows["same language"] == (1, 1, 1)
    assert found.rows["cross language"].mrr == 0.5


def test_a_question_without_answer_is_right_when_nothing_comes() -> None:
    small = collection(asked("some", a=1), asked("left", kind="none"), asked("answered", kind="none"))

    found = scores(small, {"some": ["a"], "left": [], "answered": ["a"]})

    assert (found.none, found.nones) == (0.5, 2)
    assert found.counts["all"] == 1


def test_a_fall_is_told_and_a_small_one_is_not() -> None:
    row = Figures(0.8, 0.8, 0.8)
    measured = Scores(dict.fromkeys(("all", "cross language", "noisy"), row), {}, none=1.0, nones=1)

    assert falls({"words": measured}, {"words": {"all ndcg": 0.815, "none": 1.0}}) == []
    assert falls({"words": measured}, {"words": {"all ndcg": 0.83}}) == [
        "words: all ndcg fell from 0.830 to 0.800"
    ]
    assert falls({"words": measured}, {}) == []


def test_a_judgment_names_a_sheet_by_its_ref_or_by_its_place(tmp_path: Path) -> None:
    read = files(tmp_path, question(), question(id="r", judgments={"1": 2, 2: 1}))

    assert list(read.sheets) == ["one", "2"]
    assert [query.judgments for query in read.queries] == [{"one": 3}, {"one": 2, "2": 1}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"judgments": {"unknown": 3}},
        {"judgments": {"one": 4}},
        {"judgments": {}},
        {"kind": "none"},
        {"kind": "other"},
        {"language": "it"},
    ],
)
def test_a_question_that_cannot_be_meant_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(UnreadableCollection, match=r"questions\.jsonl, line 1"):
        files(tmp_path, question(**wrong))


def test_the_table_and_the_worst_answers_can_be_read() -> None:
    small = collection(asked("good", a=3), asked("bad", b=2), asked("none", kind="none"))
    answers = {"good": ["a"], "bad": ["c", "b"], "none": ["a"]}

    lines = list(table(small, {"words": scores(small, answers)}))
    listed = "\n".join(worst(small, answers, 2))

    assert lines[0] == "small: 3 sheets, 3 questions"
    assert len({len(line) for line in lines[2:-1]}) == 1
    assert "bad [fr, keyword] words" in listed
    assert "2. 2     b (nl) Sheet b" in listed
    assert "good" not in listed
