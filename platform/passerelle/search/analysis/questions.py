"""Analyse a question in all four languages: which terms answer each of its pieces."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from passerelle.search.analysis.concepts import Finder, concept_term, finder
from passerelle.search.analysis.folding import fold, transcribed
from passerelle.search.analysis.readings import Readings, is_spelt, read_word, without_article, word_pieces
from passerelle.search.analysis.recognition import Recognised, recognise, written_in
from passerelle.search.analysis.stemming import PROTECTED
from passerelle.search.analysis.stops import STOPS, STOPS_ANYWHERE, WEAK, WEAK_ANYWHERE
from passerelle.search.query import Piece, Question
from passerelle.vocabulary import LANGUAGES, Thesaurus, base_thesaurus

Sequence = tuple[tuple[str, ...], ...]
"""Neighbouring places in a text, each with the terms that may stand there; an empty place fits anything."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one piece of a question looks for.

    A sheet has it when it has any of `terms`, any of `sequences` word by word, a term that begins with one of
    `prefixes` (folded, without language), any of the terms of `concepts`, or, when there are `parts`, all of
    them that are not optional, wherever they stand. `optional` pieces only raise sheets that have them: they
    are a stop word in some language, or ask for nothing ("project"). Those of its terms that are `borrowed`,
    stems of a language that nobody asks in, count little where the word does not stand as it was typed
    (`surface`).
    """

    words: tuple[str, ...]
    terms: tuple[str, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    optional: bool = False
    prefixes: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    parts: tuple["Wanted", ...] = ()
    borrowed: frozenset[str] = frozenset()

    @property
    def surface(self) -> str:
        """A single word as it was typed, folded; its article aside."""
        return _surface(self.words[0])

    @property
    def is_nothing(self) -> bool:
        """Whether no sheet can have it: only stop words were typed."""
        return not (self.terms or self.sequences or self.prefixes or self.concepts or self.parts)


@dataclass(frozen=True, slots=True)
class AnalysedQuestion:
    """What must, may and must not be in a sheet; `ignored` words are stop words everywhere."""

    wanted: tuple[Wanted, ...]
    excluded: tuple[Wanted, ...]
    ignored: tuple[str, ...]


def analyse_question(
    question: Question, language: str, thesaurus: Thesaurus | None = None, *, literal: bool = False
) -> AnalysedQuestion:
    """The terms to look for, those of the reader's `language` first, and the concepts of `thesaurus`.

    Words that are a term of the thesaurus, in any language, are one piece and stand for its concepts; a
    `literal` question has none. A word that is a stop word in the language of the question ("des", "in"), or
    asks for nothing ("project"), is not asked of every sheet, unless the question has no other words.
    """
    return _analysed(question, language, thesaurus or base_thesaurus(), literal=literal)


@lru_cache(maxsize=1 << 10)
def _analysed(question: Question, language: str, thesaurus: Thesaurus, *, literal: bool) -> AnalysedQuestion:
    reader = _Reader(question, language, thesaurus, literal=literal)
    wanted: list[Wanted] = []
    excluded: list[Wanted] = []
    ignored: list[str] = []
    for is_excluded, found in reader.read(question.pieces):
        if found.is_nothing:
            ignored += found.words
        else:
            (excluded if is_excluded else wanted).append(found)
    asked = reader.asked(tuple(dict.fromkeys(wanted)))
    return AnalysedQuestion(asked, tuple(dict.fromkeys(excluded)), tuple(ignored))


class _Reader:
    """Reads one question for a reader of one language."""

    def __init__(self, question: Question, language: str, thesaurus: Thesaurus, *, literal: bool) -> None:
        self._languages = (language, *(other for other in LANGUAGES if other != language))
        self._thesaurus = thesaurus
        self._literal = literal
        written = written_in(question.pieces, self._languages)
        self._stops = STOPS[written] if written else STOPS_ANYWHERE
        self._spoken = 2 if written and written != language else 1
        if written:
            self._languages = tuple(dict.fromkeys((language, written, *LANGUAGES)))

    def asked(self, pieces: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
        """The pieces without stop words, or, when nothing is left that every sheet must have, with them."""
        if not all(piece.optional for piece in pieces):
            return tuple(piece for piece in pieces if not (piece.optional and self._is_stop(piece)))
        telling = [piece for piece in pieces if not self._is_stop(piece)]
        asked = telling or pieces
        return tuple(replace(piece, optional=piece not in asked) for piece in pieces)

    def _is_stop(self, piece: Wanted) -> bool:
        return self._stops is not STOPS_ANYWHERE and all(
            without_article(word) in self._stops for word in piece.words
        )

    def read(self, pieces: tuple[Piece, ...]) -> Iterator[tuple[bool, Wanted]]:
        """What each piece, or run of pieces that names a concept, looks for; and whether to exclude it."""
        known = {} if self._literal else recognise(pieces, self._languages, self._thesaurus)
        place = 0
        while place < len(pieces):
            recognised = known.get(place)
            if recognised:
                yield False, self._concept(pieces[place : recognised.end], recognised)
                place = recognised.end
            else:
                yield pieces[place].excluded, self._words(pieces[place])
                place += 1

    def _concept(self, pieces: tuple[Piece, ...], recognised: Recognised) -> Wanted:
        """What words that name a concept look for: the concept, or the words themselves."""
        concepts = tuple(map(concept_term, recognised.codes))
        if len(pieces) == 1:
            word = without_article(pieces[0].words[0])
            theirs = recognised.languages[0] == self._languages[0]
            weak = word in WEAK[self._languages[0]] or (not theirs and self._says_little(word))
            return replace(self._plain(pieces[0]), concepts=concepts, optional=weak)
        words = tuple(chain.from_iterable(piece.words for piece in pieces))
        parts = tuple(map(self._plain, pieces))
        telling = tuple(replace(part, optional=False) for part in parts if not part.optional)
        return Wanted(words, parts=telling or parts, concepts=concepts)

    def _words(self, piece: Piece) -> Wanted:
        """What a piece looks for that is no term of the thesaurus; a compound also for what it is made of."""
        found = self._plain(piece)
        if piece.begun:
            return replace(found, prefixes=_prefixes(piece.words[0]), optional=False)
        if not piece.is_plain or found.is_nothing:
            return found
        for language in self._languages:
            made = self._made_of(piece.words[0], language)
            if len(made) == 1:
                return replace(found, parts=made[0].parts, concepts=made[0].concepts)
            if made:
                return replace(found, parts=made)
        return found

    def _made_of(self, word: str, language: str) -> tuple[Wanted, ...]:
        """What the parts of a compound look for; one for the whole when the parts together name a concept."""
        pieces = word_pieces(word)
        if len(pieces) != 1:
            return ()
        read = finder(self._thesaurus, language)
        return tuple(self._part(words, codes, read) for words, codes in read.made_of(pieces[0]))

    def _part(self, words: tuple[str, ...], codes: tuple[str, ...], read: Finder) -> Wanted:
        concepts = () if self._literal else tuple(map(concept_term, codes))
        if len(words) > 1:
            parts = tuple(Wanted((word,), read.stems(word)) for word in words)
            return Wanted(words, parts=parts, concepts=concepts)
        made = () if codes else self._made_of(words[0], read.language)
        return Wanted(words, read.stems(words[0]), parts=made, concepts=concepts)

    def _plain(self, piece: Piece) -> Wanted:
        """The terms of the words of `piece` in all languages."""
        optional = all(without_article(word) in self._stops for word in piece.words)
        optional = optional or (piece.is_plain and self._says_little(without_article(piece.words[0])))
        return _in_all(piece.words, self._languages, self._spoken, optional=optional)

    def _says_little(self, folded: str) -> bool:
        return folded in self._stops or folded in WEAK_ANYWHERE


@lru_cache(maxsize=1 << 13)
def _in_all(words: tuple[str, ...], languages: tuple[str, ...], spoken: int, *, optional: bool) -> Wanted:
    """The terms of `words`; the first `spoken` of the `languages` are those somebody asks in."""
    terms: list[str] = []
    sequences: list[Sequence] = []
    for language in languages:
        readings = [read_word(word, language) for word in words]
        sequence = _trimmed(list(chain.from_iterable(reading.parts for reading in readings)))
        if len(sequence) == 1:
            terms += sequence[0]
        elif sequence:
            sequences.append(sequence)
        terms += _whole(readings)
    borrowed = _borrowed(words[0], terms, languages[spoken:]) if len(words) == 1 else frozenset()
    return Wanted(words, tuple(dict.fromkeys(terms)), tuple(sequences), optional=optional, borrowed=borrowed)


def _borrowed(word: str, terms: list[str], languages: tuple[str, ...]) -> frozenset[str]:
    """Those of `terms` that are stems of `languages` and not the plain word itself."""
    surface = _surface(word)
    if not is_spelt(surface) or surface in PROTECTED:
        return frozenset()
    others = (term for term in terms if term.startswith(tuple(f"{language}:" for language in languages)))
    return frozenset(term for term in others if term.partition(":")[2] != surface)


def _surface(word: str) -> str:
    return fold("".join(word_pieces(word)[:1])) if len(word_pieces(word)) == 1 else ""


def _prefixes(word: str) -> tuple[str, ...]:
    """How the terms begin that begin with `word`."""
    begun = "".join(word_pieces(word)) or "".join(filter(str.isdigit, word))
    return tuple(dict.fromkeys((fold(begun), fold(transcribed(begun)))))


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
