"""What a coordinator typed about a term, exactly as it was sent."""

from dataclasses import dataclass
from typing import Self

from werkzeug.datastructures import MultiDict

from passerelle.core.text import clean_text, legible
from passerelle.moderation.thesaurus import Word
from passerelle.vocabulary import LANGUAGES

LONGEST_REASON = 500  # characters
_MOST_READ = 1_000  # characters of a term; more cannot be a term, and is refused as too long


@dataclass(frozen=True)
class TermForm:
    """A term in a language, whether it is found only as written, why, and what was known by then.

    `knowing` are the codes of the other concepts that have the term, as they were shown in a warning.
    """

    language: str
    term: str = ""
    exact: bool = False
    why: str = ""
    knowing: frozenset[str] = frozenset()
    is_asked: bool = False

    @classmethod
    def read(cls, sent: MultiDict[str, str], reader: str) -> Self:
        """What was sent; a language that is none of ours is the reader's."""
        language = sent.get("language", "")
        return cls(
            language=language if language in LANGUAGES else reader,
            term=sent.get("term", "")[:_MOST_READ],
            exact=sent.get("exact") == "1",
            why=clean_text(legible(sent.get("why", ""))),
            knowing=frozenset(sent.get("knowing", "").split()),
            is_asked="term" in sent,
        )

    @property
    def is_too_long(self) -> bool:
        """Whether the reason is longer than it may be."""
        return len(self.why) > LONGEST_REASON

    def word(self, concept: str) -> Word:
        """The term as a word of `concept`."""
        return Word.typed(concept, self.language, self.term, exact=self.exact)
