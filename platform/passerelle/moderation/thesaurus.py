"""Change the terms of the thesaurus: every edit says who made it and when, and can be undone."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from passerelle.accounts.models import User
from passerelle.core.text import clean_line, folded, legible
from passerelle.moderation.models import EXACT, ThesaurusEdit
from passerelle.vocabulary import LANGUAGES, Edit, EditKind, Thesaurus, base_thesaurus

LONGEST = 80
"""Characters of a term."""

MOST_WORDS = 8
"""Words of a term: a longer one is a sentence, which nobody types in a search."""

SHORTEST = 2
"""Letters or digits of a term that is found in other forms, too."""

_UNSEEN = {"Cf", "Co"}  # categories of Unicode; control characters are spaces by then
_SEPARATOR = ";"  # between the terms of a cell of the shipped table


@dataclass(frozen=True, slots=True)
class Word:
    """A term of a concept in one language, as somebody typed it."""

    concept: str
    language: str
    term: str
    exact: bool = False  # found in this very form only

    @classmethod
    def typed(cls, concept: str, language: str, text: str, *, exact: bool = False) -> "Word":
        """`text` on one line without what cannot be stored or seen; an "=" in front says `exact`, too."""
        term = clean_line(_visible(legible(text)))
        bare = term.lstrip(EXACT + " ")
        return cls(concept, language, bare, exact=exact or bare != term)

    def edit(self, kind: EditKind) -> Edit:
        """What adding it, or taking it away, does to the thesaurus."""
        return Edit(self.concept, self.language, (EXACT if self.exact else "") + self.term, kind)


class Fault(StrEnum):
    """Why a term cannot be added, or not be taken away."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"  # a single letter that would be looked for in every form
    TOO_LONG = "too_long"
    TOO_MANY_WORDS = "too_many_words"
    SEVERAL = "several"  # a semicolon: each term is an edit of its own
    ALREADY_THERE = "already_there"
    ELSEWHERE = "elsewhere"  # another concept has it: may be added knowingly
    NOT_THERE = "not_there"
    PREFERRED = "preferred"  # it is the name people see


class TermRefused(Exception):
    """The edit was not made: `fault` says why, `others` which concepts have the term."""

    def __init__(self, fault: Fault, word: Word, others: tuple[str, ...] = ()) -> None:
        named = f": {', '.join(others)}" if others else ""
        super().__init__(f"the term {word.term!r} of {word.concept} ({word.language}) is {fault}{named}")
        self.fault = fault
        self.word = word
        self.others = others


class AlreadyUndone(Exception):
    """Somebody has undone the edit before."""


def add_term(
    session: Session, word: Word, by: User, at: datetime, why: str = "", *, knowing: Collection[str] = ()
) -> ThesaurusEdit:
    """From now on the concept is found through the term; where it had been taken away, that is undone.

    Answers the edit that was made or undone. Raises `TermRefused`; a term of other concepts (ELSEWHERE)
    is taken from who was shown them all: their codes are in `knowing`.
    """
    refusal = refusal_to_add(thesaurus_now(session), word)
    if refusal is not None and not (refusal.fault is Fault.ELSEWHERE and set(refusal.others) <= set(knowing)):
        raise refusal
    taken = session.scalar(_opposite(word, EditKind.REMOVE).where(ThesaurusEdit.folded == folded(word.term)))
    if taken is not None and has_term(_without(session, taken, by, at), word):
        return taken
    return _write(session, word, EditKind.ADD, ThesaurusEdit(made_by=by.id, made_at=at, reason=why))


def take_term_away(session: Session, word: Word, by: User, at: datetime, why: str = "") -> ThesaurusEdit:
    """From now on the concept is not found through the term; where it had been added, that is undone.

    Answers the edit that was made or undone. Raises `TermRefused`.
    """
    if refusal := refusal_to_take_away(thesaurus_now(session), word):
        raise refusal
    added = session.scalar(_opposite(word, EditKind.ADD).where(ThesaurusEdit.term == word.term))
    if added is not None and not has_term(_without(session, added, by, at), word):
        return added
    return _write(session, word, EditKind.REMOVE, ThesaurusEdit(made_by=by.id, made_at=at, reason=why))


def undo(session: Session, edit: ThesaurusEdit, by: User, at: datetime) -> ThesaurusEdit:
    """From now on it is as if `edit` had not been made. Raises `AlreadyUndone`."""
    session.refresh(edit, with_for_update=True)
    if edit.undone_at is not None:
        raise AlreadyUndone(f"edit {edit.id} of the thesaurus was undone at {edit.undone_at.isoformat()}")
    edit.undone_at, edit.undone_by = at, by.id
    session.flush()
    return edit


def edits_in_force(session: Session) -> tuple[Edit, ...]:
    """The edits that nobody undid, in the order in which they were made."""
    return tuple(row.edit for row in session.scalars(in_force()))


def in_force() -> Select[ThesaurusEdit]:
    """The rows of the edits that nobody undid, in the order in which they were made."""
    return select(ThesaurusEdit).where(ThesaurusEdit.undone_at.is_(None)).order_by(ThesaurusEdit.id)


def thesaurus_now(session: Session) -> Thesaurus:
    """The shipped thesaurus with the edits in force: what the index should have been written with."""
    return edited(edits_in_force(session))


@lru_cache(maxsize=8)
def edited(edits: tuple[Edit, ...]) -> Thesaurus:
    """The shipped thesaurus with `edits`, each made on top of those before."""
    return base_thesaurus().with_edits(edits)


def refusal_to_add(thesaurus: Thesaurus, word: Word) -> TermRefused | None:
    """Why `word` cannot be added, or not without thinking; None when nothing stands in the way.

    Raises `UnknownConcept`, and `ValueError` for a language that is none of the four.
    """
    fault = _fault_of(word) or (Fault.ALREADY_THERE if has_term(thesaurus, word) else None)
    if fault is not None:
        return TermRefused(fault, word)
    others = tuple(code for code in concepts_with(thesaurus, word.term) if code != word.concept)
    return TermRefused(Fault.ELSEWHERE, word, others) if others else None


def _fault_of(word: Word) -> Fault | None:
    """What is wrong with the term as it is written, whatever the thesaurus has."""
    signs = sum(sign.isalnum() for sign in word.term)
    wrong = {
        Fault.EMPTY: not signs,
        Fault.TOO_SHORT: signs < SHORTEST and not word.exact,
        Fault.TOO_LONG: len(word.term) > LONGEST,
        Fault.SEVERAL: _SEPARATOR in word.term,
        Fault.TOO_MANY_WORDS: len(word.term.split()) > MOST_WORDS,
    }
    return next((fault for fault, is_wrong in wrong.items() if is_wrong), None)


def _visible(text: str) -> str:
    """`text` without marks that cannot be seen (they turn or join letters), and private characters."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in _UNSEEN)


def refusal_to_take_away(thesaurus: Thesaurus, word: Word) -> TermRefused | None:
    """Why `word` cannot be taken away; None when nothing stands in the way. Raises as `refusal_to_add`."""
    preferred, *others = _terms_of(thesaurus, word)
    if word.term == preferred:
        return TermRefused(Fault.PREFERRED, word)
    return None if word.term in others else TermRefused(Fault.NOT_THERE, word)


def has_term(thesaurus: Thesaurus, word: Word) -> bool:
    """Whether the concept has the term in that language, however it is spelt; raises as `refusal_to_add`."""
    return folded(word.term) in map(folded, _terms_of(thesaurus, word))


def concepts_with(thesaurus: Thesaurus, term: str) -> tuple[str, ...]:
    """The codes of the concepts that `term` leads to, in whatever language."""
    return _by_term(thesaurus).get(folded(term), ())


@lru_cache(maxsize=4)
def _by_term(thesaurus: Thesaurus) -> Mapping[str, tuple[str, ...]]:
    """The codes of the concepts of each term, folded."""
    found: dict[str, dict[str, None]] = {}
    for concept in thesaurus.concepts:
        for terms in concept.terms.values():
            for term in terms:
                found.setdefault(folded(term), {})[concept.code] = None
    return {term: tuple(codes) for term, codes in found.items()}


def _terms_of(thesaurus: Thesaurus, word: Word) -> tuple[str, ...]:
    if word.language not in LANGUAGES:
        raise ValueError(f"the thesaurus does not speak {word.language!r}")
    return thesaurus.concept(word.concept).terms[word.language]


def _opposite(word: Word, kind: EditKind) -> Select[ThesaurusEdit]:
    """The edits of that kind that are in force for the concept and language of `word`."""
    return in_force().where(
        ThesaurusEdit.concept == word.concept,
        ThesaurusEdit.language == word.language,
        ThesaurusEdit.kind == kind,
    )


def _without(session: Session, edit: ThesaurusEdit, by: User, at: datetime) -> Thesaurus:
    """The thesaurus once `edit` is undone: the shipped table may have changed since it was made."""
    undo(session, edit, by, at)
    return thesaurus_now(session)


def _write(session: Session, word: Word, kind: EditKind, row: ThesaurusEdit) -> ThesaurusEdit:
    row.concept, row.language, row.term, row.exact = word.concept, word.language, word.term, word.exact
    row.folded, row.kind = folded(word.term), kind
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:  # two at the same moment: the index lets one of them through
        fault = Fault.ALREADY_THERE if kind is EditKind.ADD else Fault.NOT_THERE
        raise TermRefused(fault, word) from error
    return row
