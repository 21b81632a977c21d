"""Say in the reader's words what a concept is, what was done to its terms, and why something cannot be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, ngettext

from passerelle.moderation.models import ThesaurusEdit
from passerelle.moderation.thesaurus import LONGEST, MOST_WORDS, SHORTEST, Fault
from passerelle.vocabulary import LANGUAGES, Concept, EditKind
from passerelle.web.review.words import moment_words, name_of

KINDS: Mapping[str, Callable[[], str]] = {
    "form": lambda: ngettext("Form of violence", "Forms of violence", 1),
    "theme": lambda: gettext("Theme"),
    "method": lambda: gettext("Method"),
    "target": lambda: ngettext("Target group", "Target groups", 1),
    "partner_type": lambda: gettext("Partner"),
    "topic": lambda: gettext("Group of people"),
    "setting": lambda: gettext("Place or service"),
    "means": lambda: gettext("Means or result"),
}


@dataclass(frozen=True)
class Label:
    """The preferred term of a concept in one language."""

    words: str
    language: str


@dataclass(frozen=True)
class EditLine:
    """One edit as a row says it."""

    number: int
    concept: str
    label: str
    deed: str
    term: str
    language: str
    made: str
    reason: str
    undone: str  # by whom and when; empty while it is in force


def kind_words(kind: str) -> str:
    """What kind of thing a concept is."""
    return str(KINDS[kind]()) if kind in KINDS else kind


def shown(words: str) -> str:
    """`words` as a name on a page: a capital first letter, a curly apostrophe."""
    return printed(words[:1].upper() + words[1:])


def printed(words: str) -> str:
    """`words` inside a sentence, with a curly apostrophe."""
    return words.replace("'", "’")


def languages_for(reader: str) -> tuple[str, ...]:
    """The four languages, that of the reader first."""
    return (reader, *(language for language in LANGUAGES if language != reader))


def labels_of(concept: Concept, *, but: str) -> tuple[Label, ...]:
    """The preferred terms of `concept`, without that in the language `but`."""
    return tuple(
        Label(printed(concept.label(language)), language) for language in LANGUAGES if language != but
    )


def line_of(row: ThesaurusEdit, label: str) -> EditLine:
    """What `row` did to the concept that the reader knows as `label`."""
    is_addition = row.kind == EditKind.ADD
    return EditLine(
        number=row.id,
        concept=row.concept,
        label=label,
        deed=str(gettext("Added") if is_addition else gettext("Taken away")),
        term=row.term,
        language=row.language,
        made=_by(name_of(row.maker), row.made_at),
        reason=row.reason,
        undone=_by(name_of(row.undoer), row.undone_at) if row.undone_at else "",
    )


def _by(name: str, at: datetime) -> str:
    return f"{name}, {moment_words(at)}"


def fault_words(fault: Fault, others: str = "") -> str:
    """What stands in the way, and what to do; `others` names the concepts that have the term."""
    return str(_OF_A_FAULT[fault](others))


_OF_A_FAULT: Mapping[Fault, Callable[[str], str]] = {
    Fault.EMPTY: lambda _others: gettext("Enter a term, as people type it in a search"),
    Fault.TOO_SHORT: lambda _others: gettext(
        "Enter at least %(least)s letters or digits, or tick that only this very spelling counts",
        least=SHORTEST,
    ),
    Fault.TOO_MANY_WORDS: lambda _others: gettext(
        "Shorten this to %(most)s words at most: nobody types more of them in a search", most=MOST_WORDS
    ),
    Fault.TOO_LONG: lambda _others: gettext("Shorten this: %(most)s characters are allowed", most=LONGEST),
    Fault.SEVERAL: lambda _others: gettext("Enter one term at a time, without a semicolon"),
    Fault.ALREADY_THERE: lambda _others: gettext("The concept has this term already, in this language"),
    Fault.ELSEWHERE: lambda others: gettext(
        "It is also a term of: %(concepts)s. Whoever looks for it would find the sheets of all of them",
        concepts=others,
    ),
    Fault.NOT_THERE: lambda _others: gettext("The concept does not have this term any more"),
    Fault.PREFERRED: lambda _others: gettext(
        "This term is the name that pages show for the concept, so it has to stay"
    ),
}
