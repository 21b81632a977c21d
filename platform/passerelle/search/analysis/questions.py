"""Analyse a question in all four languages: which terms answer each of its pieces."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from passerelle.search.analysis.readings import Readings, read_word
from passerelle.search.query import Piece, Question
from passerelle.vocabulary import LANGUAGES, Thesaurus

Sequence = tuple[tuple[str, ...], ...]
"""Neighbouring places in a text, each with the terms that may stand there; an empty place fits anything."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one piece of a question looks for.

    A sheet has it when it has any of `terms`, any of `sequences` word by word, a term that begins with one of
    `prefixes` (folded, without language), any of the terms of `concepts`, or, when there are `parts`, all of
    them that are not optional, wherever they stand. `optional` pieces only raise sheets that have them: they
    are a stop word in some language.
    """

    words: tuple[str, ...]
    terms: tuple[str, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    optional: bool = False
    prefixes: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    parts: tuple["Wanted", ...] = ()


@dataclass(frozen=True, slots=True)
class AnalysedQuestion:
    """What must, may and must not be in a sheet; `ignored` words are stop words everywhere."""

    wanted: tuple[Wanted, ...]
    excluded: tuple[Wanted, ...]
    ignored: tuple[str, ...]


def analyse_question(
    question: Question, language: str, thesaurus: Thesaurus | None = None, *, literal: bool = False
) -> AnalysedQuestion:
    """The terms to look for, those of the reader's `language` first.

    A word that is a stop word in one language ("des", "in") is not asked of every sheet, unless the question
    has no other words.
    """
    languages = (language, *(other for other in LANGUAGES if other != language))
    wanted: list[Wanted] = []
    excluded: list[Wanted] = []
    ignored: list[str] = []
    for piece in question.pieces:
        found = _analyse(piece, languages)
        if not found.terms and not found.sequences:
            ignored += piece.words
        else:
            (excluded if piece.excluded else wanted).append(found)
    return AnalysedQuestion(_asked(dict.fromkeys(wanted)), tuple(dict.fromkeys(excluded)), tuple(ignored))


def _asked(wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    pieces = tuple(wanted)
    if all(piece.optional for piece in pieces):
        return tuple(Wanted(piece.words, piece.terms, piece.sequences) for piece in pieces)
    return pieces


def _analyse(piece: Piece, languages: Iterable[str]) -> Wanted:
    terms: list[str] = []
    sequences: list[Sequence] = []
    somewhere_stop = False
    for language in languages:
        readings = [read_word(word, language) for word in piece.words]
        sequence = _trimmed(list(chain.from_iterable(reading.parts for reading in readings)))
        if len(sequence) == 1:
            terms += sequence[0]
        elif sequence:
            sequences.append(sequence)
        terms += _whole(readings)
        somewhere_stop = somewhere_stop or all(reading.is_stop for reading in readings)
    return Wanted(piece.words, tuple(dict.fromkeys(terms)), tuple(sequences), optional=somewhere_stop)


def _whole(readings: list[Readings]) -> tuple[str, ...]:
    """The terms of a single word written as one; in a phrase every word has its own place."""
    return readings[0].joined if len(readings) == 1 else ()


def _trimmed(places: list[tuple[str, ...]]) -> Sequence:
    """The places without the stop words at both ends."""
    while places and not places[0]:
        places.pop(0)
    while places and not places[-1]:
        places.pop()
    return tuple(places)
