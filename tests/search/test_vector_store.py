"""The file of vectors: one writes, many read, what is gone is gone, and damage is thrown away."""

import os
from pathlib import Path

import numpy as np
import pytest

from passerelle.search.engine import IndexBusy
from passerelle.search.meaning.encoder import SIZE
from passerelle.search.meaning.known import LOOKED_AT
from passerelle.search.meaning.slots import HEAD_BYTES, SLOT, SheetVectors, signs_of
from passerelle.search.meaning.vectors import Vectors
from tests.search.meanings import encoder, read, reader, vector_of
from tests.search.samples import sheet

HAIR = sheet(1, "kappers leren luisteren")
VISIT = sheet(2, "bezoek bij ouderen thuis")
CHANGED = sheet(1, "toneel op school", content_hash="later")


@pytest.fixture
def vectors(tmp_path: Path) -> Vectors:
    """A store with two sheets."""
    made = Vectors(tmp_path, encoder())
    read(made, HAIR, VISIT)
    return made


def numbers(vectors: Vectors, words: str) -> list[int]:
    return [near.number for near in vectors.near_words(words, 5)]


def contents(vectors: Vectors) -> dict[int, str]:
    with vectors.store.open() as file:
        return dict(file.contents())


def test_the_store_says_of_which_texts_it_has_vectors(vectors: Vectors) -> None:
    assert contents(vectors) == {1: HAIR.content_hash, 2: VISIT.content_hash}


def test_a_reader_sees_what_is_written_later(tmp_path: Path, vectors: Vectors) -> None:
    other = reader(tmp_path, vectors)
    assert numbers(other, "toneel op school") == []
    before = other.version()

    read(vectors, sheet(3, "toneel op school"))

    assert numbers(other, "toneel op school") == [3]
    assert numbers(other, "bezoek bij ouderen") == [2]
    assert other.version() not in {before, ""}


def test_a_changed_sheet_is_known_by_its_new_text_only(tmp_path: Path, vectors: Vectors) -> None:
    other = reader(tmp_path, vectors)
    assert numbers(other, "kappers leren luisteren") == [1]

    read(vectors, CHANGED)

    assert numbers(other, "kappers leren luisteren") == []
    assert other.near_words("toneel op school", 5)[0][:2] == (1, "later")


def test_nothing_is_left_of_a_sheet_that_was_erased(tmp_path: Path, vectors: Vectors) -> None:
    other = reader(tmp_path, vectors)
    assert numbers(other, "kappers leren luisteren") == [1]

    with vectors.store.open() as file:
        file.erase([1, 77])

    assert numbers(other, "kappers leren luisteren") == []
    assert contents(vectors) == {2: VISIT.content_hash}
    whole = vectors.store.path.read_bytes()
    assert HAIR.content_hash.encode() not in whole
    assert signs_of(vectors.read([HAIR])[0].vectors).tobytes()[:64] not in whole


def test_the_place_of_an_erased_sheet_is_used_again(vectors: Vectors) -> None:
    size = vectors.store.path.stat().st_size

    with vectors.store.open() as file:
        file.erase([1])
    read(vectors, sheet(3, "toneel op school"))

    assert vectors.store.path.stat().st_size == size
    assert contents(vectors).keys() == {2, 3}


def test_only_the_owner_can_read_the_vectors(vectors: Vectors) -> None:
    path = vectors.store.path

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_two_cannot_write_at_once(tmp_path: Path, vectors: Vectors) -> None:
    with vectors.store.open(), pytest.raises(IndexBusy), reader(tmp_path, vectors).store.open():
        pass  # never reached


def test_a_file_that_is_no_such_file_is_begun_anew(tmp_path: Path, vectors: Vectors) -> None:
    other = reader(tmp_path, vectors)
    assert numbers(other, "kappers leren luisteren") == [1]

    vectors.store.path.write_bytes(b"not vectors at all" * 1000)
    assert numbers(reader(tmp_path, vectors), "kappers leren luisteren") == []

    assert contents(vectors) == {}
    read(vectors, HAIR)
    assert numbers(other, "kappers leren luisteren") == [1]


def test_vectors_of_another_encoder_are_not_compared_with(tmp_path: Path, vectors: Vectors) -> None:
    newer = reader(tmp_path, vectors)
    newer.store.model = "another-9.9"

    assert numbers(newer, "kappers leren luisteren") == []
    assert contents(newer) == {}


def test_a_damaged_place_is_thrown_away_alone(tmp_path: Path, vectors: Vectors) -> None:
    with vectors.store.path.open("r+b") as file:
        file.seek(HEAD_BYTES + SLOT.itemsize - 200)
        file.write(b"\x5a" * 8)
    fresh = reader(tmp_path, vectors)

    assert numbers(fresh, "kappers leren luisteren") == []
    assert numbers(fresh, "bezoek bij ouderen thuis") == [2]
    assert contents(fresh) == {2: VISIT.content_hash}


def test_a_place_that_was_only_half_written_is_written_over(tmp_path: Path, vectors: Vectors) -> None:
    with vectors.store.path.open("ab") as file:
        file.write(b"\x01" * 100)
    fresh = reader(tmp_path, vectors)

    read(fresh, sheet(3, "toneel op school"))

    assert contents(fresh).keys() == {1, 2, 3}
    assert (vectors.store.path.stat().st_size - HEAD_BYTES) % SLOT.itemsize == 0


def test_a_folder_that_was_deleted_is_noticed(tmp_path: Path, vectors: Vectors) -> None:
    other = reader(tmp_path, vectors)
    assert numbers(other, "kappers leren luisteren") == [1]

    vectors.store.path.unlink()

    assert numbers(other, "kappers leren luisteren") == []
    assert other.version() == ""


def test_what_a_writer_that_was_cut_off_left_is_seen_after_the_next_one(
    tmp_path: Path, vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = reader(tmp_path, vectors)
    assert numbers(other, "kappers leren luisteren") == [1]
    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", _cut_off)
        with pytest.raises(OSError, match="cut off"):
            read(vectors, CHANGED)

    read(vectors, sheet(1, "affiches in de apotheek"))

    assert numbers(other, "toneel op school") == []
    assert numbers(other, "affiches in de apotheek") == [1]


def _cut_off(_handle: int) -> None:
    raise OSError("cut off")


def test_among_more_sheets_than_are_looked_at_the_nearest_is_found(tmp_path: Path) -> None:
    vectors = Vectors(tmp_path, encoder())
    chance = np.random.default_rng(7)
    many = chance.standard_normal((3 * LOOKED_AT, 4, SIZE)).astype(np.float32)
    with vectors.store.open() as file:
        file.keep(SheetVectors(number, f"h{number}", own) for number, own in enumerate(many, 1))
        hair = np.stack([vector_of("kappers") + vector_of("luisteren") for _ in range(4)])
        file.keep([SheetVectors(5000, "hair", hair)])

    assert numbers(vectors, "kappers luisteren") == [5000]
    assert [near.number for near in vectors.near_words("kappers luisteren", 5)] == [5000]
