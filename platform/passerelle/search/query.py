"""Read what a visitor typed: words, "phrases", -exclusions and beginnings*; no other sign has a meaning."""

import re
from typing import NamedTuple

from passerelle.search.analysis.folding import composed
from passerelle.search.analysis.readings import MAX_TERM
from passerelle.search.analysis.tokens import TOKEN

MAX_TERMS = 32
"""So many words of a question are looked for (RELIABILITY 3.5)."""

_BEGINNING = 3
"""A star after fewer letters means nothing: too many words begin so."""

_PIECE = re.compile(
    rf"""(?P<minus>(?<!\S)-)?
    (?: ["“”„«](?P<phrase>[^"“”„«»]*)["“”»] | (?P<word>{TOKEN.pattern})(?P<star>\*)? )""",
    re.VERBOSE,
)


class Piece(NamedTuple):
    """A word, or the words of a phrase, as typed.

    It was `excluded` with a minus sign, `quoted`, or `begun`: a star says how the words looked for begin.
    """

    words: tuple[str, ...]
    excluded: bool = False
    quoted: bool = False
    begun: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is one word that may stand for what it means."""
        return not (self.excluded or self.quoted or self.begun)


class Question(NamedTuple):
    """The pieces of what was typed, and the words that went beyond the limits."""

    pieces: tuple[Piece, ...]
    cut: tuple[str, ...]


def read_question(text: str) -> Question:
    """Any `text` becomes a question, in time linear in its length; signs that mean nothing are passed over.

    A quotation mark without its partner is passed over too. More than 32 words, and what a word has beyond
    64 characters, are left out; the words left out or shortened are in `cut`.
    """
    pieces: list[Piece] = []
    cut: list[str] = []
    room = MAX_TERMS
    for match in _PIECE.finditer(composed(text)):
        phrase = match["phrase"]
        found = [match["word"]] if phrase is None else TOKEN.findall(phrase)
        cut += [word for word in found[:room] if len(word) > MAX_TERM] + found[room:]
        words = tuple(word[:MAX_TERM] for word in found[:room])
        room -= len(words)
        if words:
            pieces.append(
                Piece(
                    words,
                    excluded=match["minus"] is not None,
                    quoted=phrase is not None,
                    begun=match["star"] is not None and len(words[0]) >= _BEGINNING,
                )
            )
    return Question(tuple(pieces), tuple(cut))
