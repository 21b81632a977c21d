"""An encoder for tests that knows no language: texts are near when they share words."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from passerelle.search.documents import SearchDocument
from passerelle.search.meaning.encoder import SIZE, Encoder, Package, Vector
from passerelle.search.meaning.vectors import Vectors


@cache
def vector_of(word: str) -> Vector:
    """A direction of its own for every word, the same in every run."""
    return np.random.default_rng(list(word.encode())).standard_normal(SIZE).astype(np.float32)


class SharedWords:
    """A package that reads words and nothing else; it counts how many texts it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vector:
        """The direction of all words of a text together."""
        self.texts += texts
        sums = [sum(map(vector_of, re.findall(r"\w+", text.lower())), vector_of("")) for text in texts]
        return np.stack([total / np.linalg.norm(total) for total in sums])


def encoder(package: Package | None = None) -> Encoder:
    """An encoder around `package`, loaded when it is first needed."""
    return Encoder(lambda: package or SharedWords())


def read(vectors: Vectors, *sheets: SearchDocument) -> None:
    """Have the vectors of `sheets` in the store, as the worker does."""
    with vectors.store.open() as file:
        file.keep(vectors.read(sheets))


def broken(problem: Exception) -> Callable[[], Package]:
    """Loads a package that cannot be loaded."""

    def load() -> Package:
        raise problem

    return load


def reader(root: Path, of: Vectors) -> Vectors:
    """The same vectors as another process sees them."""
    return Vectors(root, of.encoder)
