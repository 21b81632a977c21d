"""The other engines of the comparison answer rightly: a comparison with a wrong answer would say nothing."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bench.documents import documents
from bench.peers.fts5 import Fts5
from bench.peers.ours import Passerelle
from bench.peers.port import Asked, Peer, body_of
from bench.peers.questions import EACH, Asker
from passerelle.search.analysis.folding import fold

SIZE = 40
PEERS: dict[str, Callable[[], Peer]] = {"passerelle": Passerelle, "FTS5": Fts5}


@pytest.fixture(params=sorted(PEERS))
def peer(request: pytest.FixtureRequest, tmp_path: Path) -> Peer:
    """An engine with forty sheets."""
    made = PEERS[request.param]()
    made.build(documents(SIZE), tmp_path / "index")
    made.open(tmp_path / "index")
    return made


def test_without_words_every_sheet_is_found_and_counted_by_language(peer: Peer) -> None:
    found = peer.search(Asked("empty"))

    languages = [document.language for document in documents(SIZE)]
    assert found.total == SIZE
    assert len(found.hits) == 20
    assert found.facets["written"] == {each: languages.count(each) for each in set(languages)}


def test_ticked_forms_leave_the_sheets_that_name_one_of_them(peer: Peer) -> None:
    found = peer.search(Asked("ticked", chosen={"form": ("sexual", "honour")}))

    expected = [each for each in documents(SIZE) if {"sexual", "honour"} & set(each.violence_forms)]
    assert found.total == len(expected) > 0
    assert {number for number, _, _ in found.hits} <= {each.number for each in expected}


def test_a_phrase_finds_the_sheet_it_was_taken_from(peer: Peer) -> None:
    asked = next(each for each in Asker().questions() if each.kind == "phrase")
    sheet = next(
        each for each in documents(600) if " ".join(asked.words) in fold(each.summary + body_of(each))
    )
    peer.update(sheet)

    assert sheet.number in {number for number, _, _ in peer.search(asked).hits}


def test_a_changed_sheet_replaces_the_old_one(peer: Peer) -> None:
    first = next(documents(1))
    peer.update(replace(first, title="zzvisible"))

    assert [hit[0] for hit in peer.search(Asked("update", ("zzvisible",))).hits] == [first.number]
    assert peer.search(Asked("empty")).total == SIZE


def test_a_slip_of_the_pen_is_mended(peer: Peer) -> None:
    first = next(each for each in documents(SIZE) if each.language == "fr")
    peer.update(replace(first, title="Zeppelinmuseum"))

    assert first.number in {hit[0] for hit in peer.search(Asked("typo", ("zepelinmuseum",), "typo")).hits}


def test_there_are_two_hundred_questions_of_ten_kinds_the_same_every_time() -> None:
    questions = list(Asker().questions())

    assert len(questions) == sum(EACH.values()) == 200
    assert {each.kind for each in questions} == set(EACH)
    assert questions == list(Asker().questions())


def test_a_worker_takes_orders_and_says_what_went_wrong(tmp_path: Path) -> None:
    place = str(tmp_path / "index")
    orders = [
        {"do": "build", "size": 30, "place": place},
        {"do": "open", "place": place},
        {"do": "search", "question": 0},
        {"do": "update", "sheet": 3, "mark": 1},
        {"do": "memory"},
        {"do": "search", "question": 9_999},
    ]
    process = subprocess.run(
        [sys.executable, "-m", "bench.peers.worker", "FTS5"],
        input="\n".join(map(json.dumps, orders)),
        capture_output=True,
        text=True,
        check=True,
    )

    build, opened, found, changed, memory, wrong = map(json.loads, process.stdout.splitlines())
    assert build["rate"] > 0
    assert opened["ms"] > 0
    assert set(found) == {"ms", "total", "hits"}
    assert changed["wrong"] is False
    assert memory["mb"] > 0
    assert "IndexError" in wrong["error"]
