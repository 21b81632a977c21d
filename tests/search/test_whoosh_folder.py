"""The folder of the index: safe, shared by processes, forgetful where it must be."""

import os
import shutil
import threading
from pathlib import Path

import pytest

from passerelle.search.engine import IndexBusy, IndexUnusable, SearchEngine
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine import generations
from passerelle.search.whoosh_engine.engine import WhooshEngine
from passerelle.search.whoosh_engine.lexicon import words_of
from passerelle.search.whoosh_engine.segment import Segment
from tests.search.samples import CAFE, random_sheets, sheet


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def whoosh(root: Path) -> WhooshEngine:
    engine = WhooshEngine(root, patience=0.1)
    engine.rebuild([CAFE], 1)
    return engine


def keeps_the_port(engine: WhooshEngine) -> SearchEngine:
    """The type checker reads this: the engine has all that the port asks for."""
    return engine


@pytest.mark.usefixtures("whoosh")
def test_the_folders_are_for_their_owner_alone(root: Path) -> None:
    for folder in (root, (root / "current").resolve()):
        assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("whoosh")
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o1777])
@pytest.mark.parametrize("which", ["root", "generation"])
def test_a_folder_that_others_can_write_to_is_never_opened_only_replaced(
    root: Path, mode: int, which: str
) -> None:
    folder = root if which == "root" else (root / "current").resolve()
    folder.chmod(mode)

    with pytest.raises(IndexUnusable, match="can be written to by others"):
        WhooshEngine(root).position()

    WhooshEngine(root).rebuild([CAFE], 2)
    assert WhooshEngine(root).position() == 2


@pytest.mark.usefixtures("whoosh")
def test_a_link_to_somewhere_else_is_not_followed(root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (root / "current").resolve().rename(elsewhere)
    (root / "current").unlink()
    (root / "current").symlink_to(elsewhere)

    with pytest.raises(IndexUnusable):
        WhooshEngine(root).position()


def test_a_full_disk_is_work_for_later_and_not_a_damaged_index(
    whoosh: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("whoosh.filedb.filestore.FileStorage.rename_file", no_room)
        with pytest.raises(IndexBusy, match="no room"):
            whoosh.put([sheet(2, "Tambour")], 2)

    assert whoosh.position() == 1
    whoosh.put([sheet(2, "Tambour")], 2)
    assert whoosh.search(SearchRequest("tambour", language="fr")).total == 1


def all_bytes(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file())


def has_term(engine: WhooshEngine, term: str) -> bool:
    """Whether the vocabulary still knows a term, of deleted sheets too."""
    segments: list[Segment] = engine._view().segments
    word = term.removeprefix("fr:")
    return any(
        len(segment.term(term).documents) or segment.lexicon.counts(words_of([word])).any()
        for segment in segments
    )


def test_a_forgotten_sheet_leaves_no_word_in_the_vocabulary(whoosh: WhooshEngine, root: Path) -> None:
    whoosh.rebuild([CAFE, sheet(2, "Xylophone")], 1)
    whoosh.put([sheet(3, "Xylophone", ref="a-reference-like-no-other")], 2)
    assert b"a-reference" in all_bytes(root) or has_term(whoosh, "fr:xylophon")

    whoosh.remove([2, 3], 3, forget=True)

    assert not has_term(whoosh, "fr:xylophon")
    assert not has_term(whoosh, "fr:xylophone")
    assert len(list(root.glob("gen-*"))) == 1
    whoosh.verify()


def test_many_small_changes_leave_few_segments(whoosh: WhooshEngine) -> None:
    for each in random_sheets(70, seed=9):
        whoosh.put([each], each.number)

    assert len(whoosh._view().segments) < 30
    while whoosh.tidy():
        pass
    assert len(whoosh._view().segments) < 10
    whoosh.verify()
    assert whoosh.search(SearchRequest("", language="fr")).total == 70


class Reader(threading.Thread):
    """Asks the same again and again, and keeps whatever was not an answer of before or after a commit."""

    def __init__(self, engine: WhooshEngine) -> None:
        super().__init__()
        self.engine = engine
        self.done = threading.Event()
        self.failures: list[object] = []

    def run(self) -> None:
        while not self.done.is_set():
            try:
                page = self.engine.search(SearchRequest("", per_page=100, language="fr"))
            except Exception as problem:  # the test is that there is none, of any kind
                self.failures.append(problem)
            else:
                if len({hit.number for hit in page.hits}) != page.total or page.total not in {7, 8}:
                    self.failures.append(page)


def test_readers_answer_while_a_writer_changes_everything(whoosh: WhooshEngine, root: Path) -> None:
    sheets = random_sheets(8, seed=10)
    whoosh.rebuild(sheets, 0)
    readers = [Reader(each) for each in (whoosh, whoosh, WhooshEngine(root))]
    for reader in readers:
        reader.start()

    writer = WhooshEngine(root)
    for position, each in enumerate(sheets, 1):
        writer.put([each], position)
        writer.remove([each.number], position, forget=position % 3 == 0)
        writer.put([each], position)
        if position % 4 == 0:
            writer.rebuild(sheets, position)
    for reader in readers:
        reader.done.set()
        reader.join()

    assert [reader.failures for reader in readers] == [[], [], []]


def test_what_a_dead_process_left_behind_is_in_nobodys_way(whoosh: WhooshEngine, root: Path) -> None:
    (root / "gen-7.tmp").mkdir()
    (root / "gen-7.tmp" / "half").write_bytes(b"x")
    (root / "current.tmp").symlink_to("nowhere")
    (root / "current" / "MAIN.tmp").mkdir()
    os.utime(root / "lock")

    whoosh.put([sheet(2, "Tambour")], 2)
    whoosh.rebuild([CAFE], 3)

    assert whoosh.position() == 3
    assert not list(root.glob("*.tmp"))


def test_a_folder_behind_a_link_works_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    engine = WhooshEngine(tmp_path / "link")

    engine.rebuild([CAFE], 5)

    assert engine.position() == 5


def test_a_rebuild_that_fails_leaves_no_folder_behind(whoosh: WhooshEngine, root: Path) -> None:
    with pytest.raises(ValueError, match="is there twice"):
        whoosh.rebuild([CAFE, CAFE], 2)

    left = sorted(path.name for path in root.iterdir())
    assert left == sorted(["current", (root / "current").readlink().name, "lock", "queue"])


def test_a_change_is_seen_after_a_quiet_time_too(
    whoosh: WhooshEngine, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "time_ns", lambda: 2**62)  # long after whatever was written
    reader = WhooshEngine(root)
    whoosh.put([sheet(2, "Tambour")], 2)
    asked = SearchRequest("tambour", language="fr")
    assert [reader.search(asked).total for _ in range(2)] == [1, 1]

    whoosh.remove([2], 3)
    assert reader.search(asked).total == 0

    whoosh.rebuild([sheet(2, "Tambour")], 4)
    assert reader.search(asked).total == 1


def test_an_index_deleted_and_built_anew_is_never_taken_for_the_one_before(
    whoosh: WhooshEngine, root: Path
) -> None:
    asked = SearchRequest("", language="fr")
    whoosh.search(asked)
    before = whoosh.generation()
    shutil.rmtree(root)

    WhooshEngine(root).rebuild([sheet(2, "Tambour"), sheet(3, "Flûte")], 5)

    assert whoosh.generation() != before
    assert whoosh.is_stale()
    assert (whoosh.search(asked).total, whoosh.position()) == (2, 5)


def test_a_copy_put_in_the_place_of_the_index_is_another_generation(
    whoosh: WhooshEngine, root: Path, tmp_path: Path
) -> None:
    shutil.copytree(root, tmp_path / "copy", symlinks=True)
    whoosh.put([sheet(2, "Tambour")], 2)
    seen = [whoosh.generation()]
    root.rename(tmp_path / "before")
    (tmp_path / "copy").rename(root)
    WhooshEngine(root).put([sheet(3, "Flûte")], 2)

    assert whoosh.generation() not in seen
    assert whoosh.search(SearchRequest("tambour", language="fr")).total == 0
    assert whoosh.search(SearchRequest("flûte", language="fr")).total == 1


def test_at_most_two_indexes_of_before_stay_on_the_disk(whoosh: WhooshEngine, root: Path) -> None:
    kept = [(root / "current").readlink().name]
    for position in range(2, 6):
        whoosh.rebuild([CAFE], position)
        kept.append((root / "current").readlink().name)

    assert sorted(path.name for path in root.glob("gen-*")) == kept[-3:]
