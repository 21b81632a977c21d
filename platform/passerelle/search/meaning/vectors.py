"""Know which sheets are near, by the vectors of what they say."""

import logging
from collections.abc import Callable, Sequence
from itertools import accumulate, chain, pairwise, takewhile
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np

from passerelle.search.documents import SearchDocument
from passerelle.search.meaning.encoder import Encoder, Vector, as_asked, encoder_of_process
from passerelle.search.meaning.known import WHAT, WHOLE, Floats, Known, Places, look, state_of
from passerelle.search.meaning.port import Near
from passerelle.search.meaning.reading import all_of, sentences_of, what_it_is
from passerelle.search.meaning.slots import SheetVectors
from passerelle.search.meaning.store import VectorStore

logger = logging.getLogger("passerelle.search")
T = TypeVar("T")

MOST_NEAR = 100
"""No more sheets than this are near a question."""

FLOOR = 0.15
"""The least closeness of a sheet to a question."""

SHARE = 0.5
"""The least closeness of a sheet to a question, as a share of that of the nearest sheet."""

ALONE = 0.25
"""How near the nearest sheet must be to a question of which the words are not found.

In a trial nine of ten questions with an answer reached it, and one of six that were about something else.
"""

WORD_ALONE = 0.32
"""The same for a single word: it says too little of what is meant."""

BACKED = 0.17
"""How near a sheet must be, when none is near enough alone, that has some of what was asked for."""

WHOLE_FLOOR = 0.43
"""The least closeness of a sheet as a whole to another: all of them speak of violence and of a commune."""


class Vectors:
    """Implements `Meaning` with the vectors in the folder `root` of the index."""

    def __init__(self, root: Path, encoder: Encoder | None = None) -> None:
        self.encoder = encoder or encoder_of_process()
        self.store = VectorStore(root, self.encoder.model)
        self._lock = Lock()
        self._seen: Known | None = None
        self._failing = False

    def near_words(
        self, words: str, limit: int, /, *, sure: bool = False, backed: Callable[[int], bool] | None = None
    ) -> Sequence[Near]:
        """See `Meaning.near_words`."""
        nothing: Sequence[Near] = ()
        found = self._guarded(lambda: self._near_words(words)[:limit], nothing)
        alone = ALONE if len(words.split()) > 1 else WORD_ALONE
        if sure or (found and found[0].closeness >= alone):
            return found
        enough = takewhile(lambda near: near.closeness >= BACKED, found if backed else ())
        return tuple(near for near in enough if backed and backed(near.number))

    def near_sheet(self, number: int, limit: int, /) -> Sequence[Near]:
        """See `Meaning.near_sheet`."""
        return self._guarded(lambda: self._near_sheet(number, limit), [])

    def near_draft(self, draft: SearchDocument, limit: int, /) -> Sequence[Near]:
        """See `Meaning.near_draft`."""
        return self._guarded(lambda: self._near_draft(draft, limit), [])

    def version(self) -> str:
        """See `Meaning.version`."""
        known = self._known()
        return ".".join(map(str, known.state)) if known else ""

    def prepare(self) -> None:
        """Have all in memory that a question needs: nobody waits for it later."""
        self.encoder.prepare()
        self._known()

    def read(self, sheets: Sequence[SearchDocument]) -> list[SheetVectors]:
        """The vectors of `sheets`; none without an encoder."""
        sentences = [sentences_of(sheet) for sheet in sheets]
        ends = list(accumulate(map(len, sentences), initial=2 * len(sheets)))
        texts = chain(map(what_it_is, sheets), map(all_of, sheets), chain.from_iterable(sentences))
        vectors = self.encoder.encode(list(texts))
        if vectors is None:
            return []
        return [
            SheetVectors(
                sheet.number,
                sheet.content_hash,
                np.vstack(
                    [vectors[at], whole_of(vectors[len(sheets) + at], vectors[start:end]), vectors[start:end]]
                ),
            )
            for at, (sheet, (start, end)) in enumerate(zip(sheets, pairwise(ends), strict=True))
        ]

    def _near_words(self, words: str) -> Sequence[Near]:
        known, asked = self._known(), as_asked(words)
        vector = self.encoder.question(asked) if known and asked else None
        if known is None or vector is None:
            return ()
        answered = known.answered.get(asked)
        if answered is None:
            places, closeness = known.near_question(vector)
            floor = max(FLOOR, SHARE * float(closeness.max(initial=0)))
            answered = tuple(_best(known, places, closeness, MOST_NEAR, floor))
            known.answered.put(asked, answered, len(answered) + 1)
        return answered

    def _near_sheet(self, number: int, limit: int) -> list[Near]:
        known = self._known()
        whole = known.whole(number) if known else None
        if known is None or whole is None:
            return []
        found = _best(known, *known.near_whole(*whole), limit + 1, WHOLE_FLOOR)
        return [near for near in found if near.number != number][:limit]

    def _near_draft(self, draft: SearchDocument, limit: int) -> list[Near]:
        known = self._known()
        if known is None or not (draft.title or draft.summary):
            return []
        own = [read.vectors for read in self.read([draft])]
        return [
            near
            for vectors in own
            for near in _best(known, *known.near_whole(vectors[WHAT], vectors[WHOLE]), limit, WHOLE_FLOOR)
        ]

    def _known(self) -> Known | None:
        """What is known now; None when there are no vectors, or nothing to compare them with."""
        if not self.encoder.is_there():
            return None
        return self._guarded(self._looked, None)

    def _looked(self) -> Known | None:
        try:
            seen, state = self._seen, state_of(self.store.path, self.store.model)
            if seen is not None and seen.state == state:
                return seen
            with self._lock:
                self._seen = look(self.store.path, self.store.model, self._seen)
                self._failing = False
                return self._seen
        except OSError:
            self._seen = None
            return None

    def _guarded(self, deed: Callable[[], T], otherwise: T) -> T:
        """What `deed` answers; whatever a damaged file makes numpy raise, it is `otherwise`."""
        try:
            return deed()
        except Exception as problem:  # the search goes on with words
            if not self._failing:
                logger.error("the vectors cannot be read: %s", type(problem).__name__)
            self._failing = True
            return otherwise


def whole_of(text: Vector, sentences: Vector) -> Vector:
    """The vector of a text as a whole: half the text read in one go, half the mean of its sentences."""
    mean = sentences.mean(axis=0)
    whole: Vector = text + mean / max(float(np.linalg.norm(mean)), 1e-9)
    return whole


def _best(known: Known, places: Places, closeness: Floats, limit: int, floor: float) -> list[Near]:
    """The nearest of the sheets at `places`, nearest first."""
    enough = np.flatnonzero(closeness >= floor)
    first = enough[np.argsort(-closeness[enough], kind="stable")][:limit]
    chosen = places[first]
    hashes, nearness = known.slots["content_hash"][chosen].tolist(), closeness[first].tolist()
    return [
        Near(number, content_hash.decode(), near)
        for number, content_hash, near in zip(known.numbers[chosen].tolist(), hashes, nearness, strict=True)
    ]
