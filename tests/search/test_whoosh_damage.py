"""Whatever happens to the files of the index, the answer is right or says that the index is unusable."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from passerelle.search.engine import IndexUnusable
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.engine import WhooshEngine
from tests.search.samples import CAFE, random_sheets, sheet

REQUESTS = [SearchRequest(words, language="fr") for words in ("", "mamans", '"groupe de parole"', "mamns")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild([CAFE, *random_sheets(30, seed=6)[1:]], 1)
    engine.put([sheet(40, "Tambour")], 2)
    engine.remove([5], 3)
    return tmp_path / "index"


def files_of(folder: Path) -> list[Path]:
    return sorted(
        path for path in (folder / "current").resolve().iterdir() if path.is_file() and path.stat().st_size
    )


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0x40
    path.write_bytes(content)


def delete(path: Path) -> None:
    path.unlink()


def turn_into_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def answers(engine: WhooshEngine) -> list[object]:
    return [*(engine.search(request) for request in REQUESTS), engine.position(), sorted(engine.contents())]


def right_or_unusable(folder: Path, expected: list[object]) -> bool:
    """Whether a new process finds the index usable; then its answers must be the right ones."""
    complaints: list[str] = []
    try:
        assert answers(WhooshEngine(folder)) == expected
    except IndexUnusable as problem:
        complaints.append(str(problem))
    assert not any(str(folder) in complaint for complaint in complaints)
    return not complaints


@pytest.mark.parametrize("damage", [truncate, empty, zero, flip, delete, turn_into_a_folder])
def test_a_damaged_file_gives_the_right_answers_or_none(
    folder: Path, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    expected = answers(WhooshEngine(folder))
    for name in [path.name for path in files_of(folder)]:
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy, symlinks=True)
        damage((copy / "current").resolve() / name)

        assert not right_or_unusable(copy, expected), name

        shutil.rmtree(copy)


def test_random_damage_gives_the_right_answers_or_none(folder: Path, tmp_path: Path) -> None:
    expected = answers(WhooshEngine(folder))
    chance = random.Random(11)
    for _ in range(60):
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy, symlinks=True)
        path = chance.choice(files_of(copy))
        content = bytearray(path.read_bytes())
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)

        right_or_unusable(copy, expected)

        shutil.rmtree(copy)


@pytest.mark.parametrize("damage", [truncate, empty, zero, delete])
def test_a_process_that_has_the_index_open_goes_on_answering_rightly(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    engine = WhooshEngine(folder)
    expected = answers(engine)
    for path in files_of(folder):
        if path.suffix == ".seg":
            damage(path)

    assert answers(engine) == expected
    with pytest.raises(IndexUnusable):
        engine.verify()


def test_nothing_is_written_into_a_damaged_index(folder: Path) -> None:
    for path in files_of(folder):
        if path.suffix == ".seg":
            zero(path)

    with pytest.raises(IndexUnusable):
        WhooshEngine(folder).put([sheet(50, "Neuf")], 9)


def test_a_rebuild_heals_every_damage(folder: Path) -> None:
    for path in files_of(folder):
        delete(path)
    engine = WhooshEngine(folder)

    engine.rebuild([CAFE], 12)

    assert engine.position() == 12
    assert engine.search(SearchRequest("mamans", language="fr")).total == 1
    engine.verify()


def test_memory_running_out_on_a_damaged_file_is_an_unusable_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask_for_too_much(*_: object) -> Iterator[None]:
        raise MemoryError

    monkeypatch.setattr("passerelle.search.whoosh_engine.loading.segments_in", ask_for_too_much)

    with pytest.raises(IndexUnusable):
        WhooshEngine(folder).search(SearchRequest("", language="fr"))


def test_a_commit_cut_off_before_it_was_visible_leaves_the_old_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_power(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    expected = answers(WhooshEngine(folder))
    with monkeypatch.context() as patched:
        patched.setattr("whoosh.filedb.filestore.FileStorage.rename_file", lose_power)
        with pytest.raises(KeyboardInterrupt):
            WhooshEngine(folder).put([sheet(60, "Neuf")], 9)

    reopened = WhooshEngine(folder)

    assert answers(reopened) == expected
    reopened.verify()
    reopened.put([sheet(60, "Neuf")], 9)
    assert reopened.position() == 9
    reopened.verify()
