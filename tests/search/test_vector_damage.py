"""Damage to the vectors, or an encoder gone wrong, costs meanings for a while, and never a page."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune
from passerelle.search import indexing
from passerelle.search.meaning import slots
from passerelle.search.meaning.encoder import SIZE, Vector
from passerelle.search.meaning.making import VectorMaker
from passerelle.search.meaning.slots import HEAD_BYTES, MOST_STAMPS, SLOT, STAMP_AT
from passerelle.search.meaning.vectors import Vectors
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.engine import WhooshEngine
from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.search.meanings import encoder, read, reader
from tests.search.samples import sheet

TITLES = ("kappers leren luisteren", "bezoek bij ouderen thuis", "toneel op school")


@pytest.fixture(params=[0, slots.READ_WHOLE], ids=["mapped", "read"])
def vectors(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Vectors:
    """The vectors of three sheets, which readers map or read."""
    monkeypatch.setattr(slots, "READ_WHOLE", request.param)
    made = Vectors(tmp_path, encoder())
    read(made, *(sheet(number, title) for number, title in enumerate(TITLES, 1)))
    return made


def numbers(vectors: Vectors, words: str) -> list[int]:
    return [near.number for near in vectors.near_words(words, 5)]


@pytest.mark.parametrize("left", [0, 50, HEAD_BYTES, HEAD_BYTES + SLOT.itemsize + 9])
def test_a_file_that_is_cut_short_while_it_is_read_is_read_as_far_as_it_goes(
    tmp_path: Path, vectors: Vectors, left: int
) -> None:
    other = reader(tmp_path, vectors)
    assert numbers(other, TITLES[2]) == [3]
    before = other.version()

    os.truncate(vectors.store.path, left)

    assert numbers(other, TITLES[2]) == []
    assert numbers(other, TITLES[0]) == ([1] if left > HEAD_BYTES + SLOT.itemsize else [])
    assert other.version() != before


def test_a_file_that_was_cut_short_is_written_on_and_readers_follow(tmp_path: Path, vectors: Vectors) -> None:
    other = reader(tmp_path, vectors)
    assert numbers(other, TITLES[2]) == [3]

    os.truncate(vectors.store.path, HEAD_BYTES + SLOT.itemsize)
    read(vectors, sheet(7, "affiches in de apotheek"))

    assert numbers(other, "affiches in de apotheek") == [7]
    assert numbers(other, TITLES[0]) == [1]
    assert numbers(other, TITLES[2]) == []


@pytest.mark.parametrize("place", [STAMP_AT, HEAD_BYTES])
def test_a_file_with_a_stamp_that_nobody_wrote_is_begun_anew(
    tmp_path: Path, vectors: Vectors, place: int
) -> None:
    with vectors.store.path.open("r+b") as file:
        file.seek(place)
        file.write((MOST_STAMPS + 1).to_bytes(8, "little"))

    read(vectors, sheet(7, "affiches in de apotheek"))

    assert numbers(reader(tmp_path, vectors), "affiches in de apotheek") == [7]
    with vectors.store.open() as written:
        assert written.contents().keys() == {7}


def test_whatever_goes_wrong_with_the_file_there_are_no_meanings_and_the_log_says_so_once(
    tmp_path: Path, vectors: Vectors, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fresh = reader(tmp_path, vectors)
    monkeypatch.setattr("passerelle.search.meaning.vectors.look", _fails)

    with caplog.at_level(logging.ERROR, "passerelle.search"):
        fresh.prepare()
        answers = (fresh.version(), fresh.near_words(TITLES[0], 5), fresh.near_sheet(1, 5))

    assert [len(answer) for answer in answers] == [0, 0, 0]
    assert caplog.messages == ["the vectors cannot be read: ValueError"]


def _fails(*_given: object) -> None:
    raise ValueError("no such shape")


def test_the_worker_makes_what_was_cut_off_again(
    tmp_path: Path, sessions: sessionmaker[Session], make: Factories, quaregnon: Commune
) -> None:
    published = [
        make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, title=title).id for title in TITLES
    ]
    make.session.commit()
    vectors = Vectors(tmp_path, encoder())
    engine = WhooshEngine(tmp_path, meaning=vectors)
    indexing.rebuild(sessions, engine)
    maker = VectorMaker(sessions, engine, vectors)
    maker.work(lambda: False)
    assert maker.work(lambda: False) == 0

    os.truncate(vectors.store.path, HEAD_BYTES + SLOT.itemsize)

    assert maker.work(lambda: False) == len(published) - 1
    assert numbers(vectors, TITLES[2]) == published[2:]


class Strange:
    """A package that answers something else than a vector a text."""

    def __init__(self, answer: Vector) -> None:
        self._answer = answer

    def encode(self, _texts: Sequence[str]) -> Vector:
        """Always the same."""
        return self._answer


@pytest.mark.parametrize(
    "answer",
    [
        np.zeros((1, 7), np.float32),
        np.zeros((3, SIZE), np.float32),
        np.zeros(SIZE, np.float32),
        np.full((1, SIZE), np.nan, np.float32),
        np.full((1, SIZE), np.inf, np.float32),
    ],
)
def test_an_encoder_that_answers_nonsense_is_as_good_as_none(
    tmp_path: Path, answer: Vector, caplog: pytest.LogCaptureFixture
) -> None:
    vectors = Vectors(tmp_path, encoder(Strange(answer)))
    engine = WhooshEngine(tmp_path, meaning=vectors)
    engine.rebuild([sheet(1, TITLES[0])], 1)

    with caplog.at_level(logging.ERROR, "passerelle.search"):
        for _ in range(2):
            read(vectors, sheet(1, TITLES[0]))
    found = engine.search(SearchRequest("kappers", language="fr"))

    assert [hit.number for hit in found.hits] == [1]
    assert not vectors.encoder.is_there()
    assert caplog.messages == ["the sentence encoder cannot be used (ValueError): no meanings"]
    assert vectors.encoder.question("kappers") is None


def test_a_vector_without_a_direction_is_near_nothing(tmp_path: Path, vectors: Vectors) -> None:
    flat = Vectors(tmp_path, encoder(Strange(np.zeros((1, SIZE), np.float32))))

    assert flat.store.path == vectors.store.path
    assert flat.near_words("kappers", 5) == ()
