"""What the index stores of a sheet and of itself, and how it opens, changes and merges its files."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from passerelle.search.documents import SIZE_CLASSES
from passerelle.search.engine import IndexUnusable, SearchEngine
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine import loading, schema, storage
from passerelle.search.whoosh_engine.columns import NO, NOT_SAID, UNKNOWN, UNKNOWN_COMMUNE, YES, Columns
from passerelle.search.whoosh_engine.engine import WhooshEngine
from passerelle.vocabulary import FORMS, LANGUAGES, PARTNER_KINDS, PROVINCES, REGIONS, TARGET_GROUPS
from passerelle.vocabulary.communes import communes
from passerelle.vocabulary.thesaurus import Edit, EditKind, base_thesaurus
from tests.search.samples import CAFE, random_sheets, sheet

EDIT = Edit(base_thesaurus().concepts[0].code, "fr", "zigouigoui", EditKind.ADD)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def whoosh(root: Path) -> WhooshEngine:
    engine = WhooshEngine(root)
    engine.rebuild([CAFE, *random_sheets(40, seed=3)[1:]], 1)
    return engine


def total(engine: SearchEngine, words: str) -> int:
    return engine.search(SearchRequest(words, language="fr")).total


def columns_of(root: Path, **values: Any) -> Columns:  # Any: one keyword a field
    """What is stored of `CAFE` when it has those values."""
    engine = WhooshEngine(root)
    engine.rebuild([replace(CAFE, **values)], 1)
    return engine._view().segments[0].columns


def test_the_columns_hold_what_facets_need(root: Path) -> None:
    stored = columns_of(root, inhabitants=18_000, starts="2013-06", ends="2014")

    assert stored.numbers.tolist() == [1, 0]
    assert stored.forms[0] == 1 << FORMS.codes.index("intrafamilial")
    assert stored.groups[0] == 1 << TARGET_GROUPS.codes.index("mothers")
    kinds = [PARTNER_KINDS.codes.index(kind) for kind in ("cpas", "police")]
    assert stored.partners[0] == sum(1 << kind for kind in kinds)
    assert LANGUAGES[stored.language[0]] == "fr"
    assert REGIONS.codes[stored.region[0]] == "wallonia"
    assert PROVINCES.codes[stored.province[0]] == "hainaut"
    assert communes()[stored.commune[0]].nis == "53065"
    assert SIZE_CLASSES[stored.size[0]] == "s2"
    assert (stored.starts[0], stored.ends[0]) == (20130600, 20149999)
    assert (stored.evaluated[0], stored.ongoing[0]) == (1, YES)
    assert stored.published[0] == 1705312800


def test_the_columns_know_what_is_not_known(root: Path) -> None:
    stored = columns_of(
        root, region="", province="?", commune="00000", violence_forms=("gone",),
        starts=None, ongoing=None, inhabitants=None, published_at="",
    )  # fmt: skip

    assert [stored.region[0], stored.province[0], stored.size[0]] == [UNKNOWN] * 3
    assert stored.commune[0] == UNKNOWN_COMMUNE
    assert (stored.forms[0], stored.starts[0], stored.ends[0], stored.published[0]) == (0, 0, 0, 0)
    assert stored.ongoing[0] == NOT_SAID
    assert columns_of(root, ongoing=False).ongoing[0] == NO


def test_bits_of_codes_fit_their_columns() -> None:
    assert len(FORMS) <= 16
    assert len(TARGET_GROUPS) <= 32
    assert len(PARTNER_KINDS) <= 32


def test_a_change_opens_new_segments_only(whoosh: WhooshEngine) -> None:
    before = whoosh._view().segments

    whoosh.put([sheet(50, "Tambour")], 2)

    after = whoosh._view().segments
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1


def test_merging_changes_nothing_that_is_found(whoosh: WhooshEngine) -> None:
    for number in range(50, 80):
        whoosh.put([sheet(number, f"Tambour {number}")], number)
    whoosh.remove(range(10, 30), 90)
    asked = [
        SearchRequest(words, per_page=100, language="fr") for words in ("", "tambour", "école", "police")
    ]
    before = [whoosh.search(each) for each in asked], sorted(whoosh.contents()), whoosh.position()

    while whoosh.tidy():
        pass

    assert ([whoosh.search(each) for each in asked], sorted(whoosh.contents()), whoosh.position()) == before
    assert not whoosh.tidy()


def test_a_segment_is_rewritten_when_a_quarter_of_it_is_deleted(whoosh: WhooshEngine) -> None:
    whoosh.remove(range(1, 15), 2)

    assert whoosh.tidy()

    assert sum(segment.size for segment in whoosh._view().segments) == 26 + 1


def test_the_edits_of_the_thesaurus_stay_in_the_index(whoosh: WhooshEngine, root: Path) -> None:
    assert whoosh.thesaurus() == base_thesaurus()

    whoosh.rebuild([CAFE, sheet(2, "Zigouigoui")], 1, edits=[EDIT])
    whoosh.put([sheet(3, "Tambour")], 2)
    whoosh.remove([3], 3)
    whoosh.remove([2], 3, forget=True)
    whoosh.tidy()

    assert WhooshEngine(root).thesaurus() == base_thesaurus().with_edits([EDIT])
    whoosh.rebuild([CAFE], 4)
    assert WhooshEngine(root).thesaurus() == base_thesaurus()


def test_sheets_and_questions_are_read_with_the_edits(whoosh: WhooshEngine) -> None:
    label = base_thesaurus().concepts[0].label("nl")
    whoosh.rebuild([sheet(2, "Zigouigoui")], 1)
    assert total(whoosh, label) == 0

    whoosh.rebuild([sheet(2, "Zigouigoui")], 1, edits=[EDIT])
    whoosh.put([sheet(3, "Un zigouigoui")], 2)

    assert total(whoosh, label) == 2


@pytest.mark.usefixtures("whoosh")
def test_an_index_written_by_other_code_is_built_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "fingerprint", lambda: "another")

    with pytest.raises(IndexUnusable, match="another version"):
        WhooshEngine(root).position()

    WhooshEngine(root).rebuild([CAFE], 7)
    assert WhooshEngine(root).position() == 7


@pytest.fixture
def mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every segment is large enough to be mapped."""
    monkeypatch.setattr(storage, "READ_WHOLE", 0)


@pytest.fixture
def unhashed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every segment is so large that nobody waits for its hash."""
    monkeypatch.setattr(storage, "READ_WHOLE", 0)
    monkeypatch.setattr(storage, "HASHED_AT_ONCE", 0)


def segment_files(root: Path) -> list[Path]:
    return sorted((root / "current").resolve().glob("*.seg"))


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)


def shorten(path: Path) -> None:
    beside = path.with_suffix(".new")
    beside.write_bytes(path.read_bytes()[:-1])
    beside.replace(path)


@pytest.mark.usefixtures("mapped", "whoosh")
def test_a_mapped_index_answers_as_one_that_was_read(root: Path) -> None:
    engine = WhooshEngine(root)
    engine.put([sheet(50, "Tambour")], 2)
    engine.remove([1], 3, forget=True)

    assert total(engine, "tambour") == 1
    assert 1 not in {hit.number for hit in engine.search(SearchRequest("mamans", language="fr")).hits}
    assert engine.search(SearchRequest("", language="fr")).total == 40
    engine.verify()


@pytest.mark.usefixtures("mapped", "whoosh")
@pytest.mark.parametrize("damage", [flip, shorten, Path.unlink])
def test_a_mapped_file_that_is_replaced_or_deleted_is_still_there_for_who_has_it_open(
    root: Path, damage: Callable[[Path], None]
) -> None:
    engine = WhooshEngine(root)
    found = total(engine, "police")
    for path in segment_files(root):
        damage(path)

    assert total(engine, "police") == found
    with pytest.raises(IndexUnusable):
        engine.verify()
    with pytest.raises(IndexUnusable):
        WhooshEngine(root).position()


@pytest.mark.usefixtures("unhashed", "whoosh")
def test_a_large_file_of_another_length_is_noticed_at_once(root: Path) -> None:
    for path in segment_files(root):
        shorten(path)

    with pytest.raises(IndexUnusable):
        WhooshEngine(root).position()


@pytest.mark.usefixtures("unhashed", "whoosh")
def test_a_large_file_of_another_content_is_noticed_in_the_background(root: Path) -> None:
    for path in segment_files(root):
        flip(path)
    engine = WhooshEngine(root)

    assert becomes_unusable(engine)

    WhooshEngine(root).rebuild([CAFE], 9)
    assert engine.position() == 9
    assert not engine._damaged, "or every search would look at the folder for ever"


def becomes_unusable(engine: WhooshEngine) -> bool:
    """Whether the check in the background finds the index damaged."""
    for _ in range(500):
        try:
            engine.position()
        except IndexUnusable:
            return True
        time.sleep(0.01)
    return False


@pytest.mark.usefixtures("unhashed")
def test_a_sound_large_file_stays_usable(whoosh: WhooshEngine, root: Path) -> None:
    whoosh.put([sheet(50, "Tambour")], 2)
    opened = loading.load((root / "current").resolve(), None)

    loading.check(opened.unchecked)

    assert len(opened.unchecked) == 2
    assert total(WhooshEngine(root), "tambour") == 1


@pytest.mark.usefixtures("unhashed", "whoosh")
def test_nothing_is_merged_from_a_large_file_that_is_damaged(root: Path) -> None:
    engine = WhooshEngine(root)
    engine.position()
    for path in segment_files(root):
        flip(path)

    with pytest.raises(IndexUnusable):
        engine.remove([1], 2, forget=True)
