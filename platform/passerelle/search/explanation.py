"""Why a sheet stands where it stands in an answer, for people who look after the search."""

from collections.abc import Iterator
from typing import NamedTuple


class PieceExplained(NamedTuple):
    """One piece of the question: what of it the sheet has, and what that counts.

    `terms` and `concepts` are those of the index that the sheet has; `parts` the single words of a piece of
    several.
    """

    words: tuple[str, ...]
    terms: tuple[str, ...]
    concepts: tuple[str, ...]
    sheets: int  # how many sheets have the piece
    rarity: float
    score: float
    optional: bool = False
    parts: tuple["PieceExplained", ...] = ()


class Explanation(NamedTuple):
    """Why a sheet stands where it stands.

    `place` counts from 1 in the whole answer and is None when the sheet is not in it. Its score is the sum of
    the pieces, and what `nearness` of the words to each other has earned, times the `factors`. `meaning` is
    its place among the sheets of nearby meaning, None when it is not one of them or they were not asked for.
    `asked` is the question as it was read, which may have been mended.
    """

    number: int
    title: str
    asked: str
    place: int | None
    total: int
    whole: bool  # has all pieces that must be there
    excluded: bool  # has something that must not be there
    fits: bool  # fits the choices of facets
    pieces: tuple[PieceExplained, ...]
    nearness: float
    factors: tuple[tuple[str, float], ...]
    meaning: int | None

    @property
    def score(self) -> float:
        """What the words of the question count in the sheet."""
        score = sum(piece.score for piece in self.pieces) + self.nearness
        for _, factor in self.factors:
            score *= factor
        return score

    def lines(self) -> Iterator[str]:
        """The explanation in words, one thing a line."""
        place = f"place {self.place}" if self.place else "not"
        yield f"Sheet {self.number} ({self.title}): {place} among {self.total} for {self.asked!r}"
        yield from self._reasons()
        for piece in self.pieces:
            yield from _lines(piece, "  ")
        if self.nearness:
            yield f"  words near each other: {self.nearness:.2f}"
        for name, factor in self.factors:
            yield f"  {name}: times {factor:.2f}"
        yield f"  score: {self.score:.2f}"
        if self.meaning:
            yield f"  nearby meaning: place {self.meaning}"

    def _reasons(self) -> Iterator[str]:
        if self.excluded:
            yield "  has something that was excluded"
        if not self.fits:
            yield "  does not fit the choices"
        if self.pieces:
            yield "  has all pieces of the question" if self.whole else "  has not all pieces of the question"


def _lines(piece: PieceExplained, margin: str) -> Iterator[str]:
    found = ", ".join((*piece.terms, *piece.concepts)) or ("its words" if piece.score else "nothing")
    optional = ", need not be there" if piece.optional else ""
    yield (
        f"{margin}{' '.join(piece.words)}: {found}"
        f" (in {piece.sheets} sheets, rarity {piece.rarity:.2f}{optional}): {piece.score:.2f}"
    )
    for part in piece.parts:
        yield from _lines(part, margin + "  ")
