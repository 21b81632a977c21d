"""Weigh an edit before it is made: what stands in its way, what to think of, what it would change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from passerelle.core.text import folded
from passerelle.moderation.thesaurus import (
    Fault,
    Word,
    refusal_to_add,
    refusal_to_take_away,
    thesaurus_now,
)
from passerelle.search.consequences import Consequence, is_searchable
from passerelle.search.page import Hit
from passerelle.vocabulary import Concept, EditKind, Thesaurus
from passerelle.web.services import services
from passerelle.web.thesaurus.words import Label, fault_words, languages_for, printed

MOST_EXAMPLES = 5


@dataclass(frozen=True)
class Proposal:
    """An edit that somebody thinks of.

    `error` says why it cannot be made; `warnings` are to be read before it is, one of them of the `others`,
    the codes of concepts that have the term already. `effect` says what would change for the sheets, and
    `examples` are the first of them. `also` is what else the search would look for, or no longer look for,
    when somebody asks for the term.
    """

    word: Word
    error: str = ""
    warnings: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    effect: tuple[str, ...] = ()
    examples: tuple[Hit, ...] = ()
    also: tuple[Label, ...] = ()


def proposed_addition(session: Session, word: Word, reader: str) -> Proposal:
    """What adding `word` would do, for somebody who reads `reader`."""
    thesaurus = thesaurus_now(session)
    refusal = refusal_to_add(thesaurus, word)
    if refusal is not None and refusal.fault is not Fault.ELSEWHERE:
        return Proposal(word, error=fault_words(refusal.fault))
    if not is_searchable(word.term, word.language):
        return Proposal(word, error=gettext("The search passes these words over: they are too common"))
    others = refusal.others if refusal else ()
    warnings = [fault_words(Fault.ELSEWHERE, names_of(thesaurus, others, reader))] if others else []
    found = services().search.consequence_of(word.edit(EditKind.ADD))
    if found is not None and found.is_common:
        warnings.append(_common_words(found))
    effect = _effect(found, _ADDED)
    return Proposal(
        word,
        "",
        tuple(warnings),
        others,
        effect,
        _examples(found),
        _also(thesaurus.concept(word.concept), word, reader),
    )


def proposed_removal(session: Session, word: Word, reader: str) -> Proposal:
    """What taking `word` away would do, for somebody who reads `reader`."""
    thesaurus = thesaurus_now(session)
    if refusal := refusal_to_take_away(thesaurus, word):
        return Proposal(word, error=fault_words(refusal.fault))
    found = services().search.consequence_of(word.edit(EditKind.REMOVE))
    effect = _effect(found, _REMOVED)
    return Proposal(
        word, "", (), (), effect, _examples(found), _also(thesaurus.concept(word.concept), word, reader)
    )


def names_of(thesaurus: Thesaurus, codes: Sequence[str], reader: str) -> str:
    """What the concepts are called, one after the other."""
    return ", ".join(printed(thesaurus.concept(code).label(reader)) for code in codes)


def _examples(found: Consequence | None) -> tuple[Hit, ...]:
    return found.changed[:MOST_EXAMPLES] if found else ()


def _also(concept: Concept, word: Word, reader: str) -> tuple[Label, ...]:
    """The names of the concept in the four languages, but for one that is the term itself, each once."""
    names: dict[str, str] = {}
    for language in languages_for(reader):
        names.setdefault(printed(concept.label(language)), language)
    return tuple(Label(name, own) for name, own in names.items() if folded(name) != folded(word.term))


def _common_words(found: Consequence) -> str:
    return str(
        gettext(
            "This is a very common word: %(number)s of %(total)s published sheets in this language have it",
            number=found.holding,
            total=found.total,
        )
    )


@dataclass(frozen=True)
class _Sentences:
    """What is said of so many sheets that change, of those that do not, and of none."""

    changed: Callable[[int], str]
    unchanged: Callable[[int], str]


_ADDED = _Sentences(
    lambda number: ngettext(
        "One published sheet has this term, and would also be found under the concept.",
        "%(num)s published sheets have this term, and would also be found under the concept.",
        number,
    ),
    lambda number: ngettext(
        "One published sheet has this term, and is found under the concept already.",
        "%(num)s published sheets have this term, and are found under the concept already.",
        number,
    ),
)
_REMOVED = _Sentences(
    lambda number: ngettext(
        "One published sheet would no longer be found under the concept.",
        "%(num)s published sheets would no longer be found under the concept.",
        number,
    ),
    lambda number: ngettext(
        "One published sheet has this term, and stays under the concept for its other words.",
        "%(num)s published sheets have this term, and stay under the concept for their other words.",
        number,
    ),
)


def _effect(found: Consequence | None, say: _Sentences) -> tuple[str, ...]:
    if found is None:
        return (gettext("The search cannot say at the moment which sheets this concerns."),)
    if not found.holding:
        return (gettext("No published sheet in this language has this term."),)
    changed, kept = len(found.changed), found.looked_at - len(found.changed)
    sentences = [str(say.changed(changed))] if changed else []
    sentences += [str(say.unchanged(kept))] if kept else []
    if found.holding > found.looked_at:
        left = found.holding - found.looked_at
        sentences.append(
            ngettext(
                "One more sheet that has it was not looked at.",
                "%(num)s more sheets that have it were not looked at.",
                left,
            )
        )
    return tuple(sentences)
