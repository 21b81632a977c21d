"""The closed word lists of the platform: their codes never change, their labels exist in four languages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from passerelle.vocabulary.tables import LANGUAGES, parts, read_table
from passerelle.vocabulary.thesaurus import concepts


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a list; `labels` holds its words as they stand in the middle of a sentence."""

    code: str
    labels: Mapping[str, str] = field(hash=False)
    broader: tuple[str, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


class UnknownTerm(KeyError):
    """A list has no such code, or no labels in such a language."""

    def __init__(self, list_name: str, code: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{list_name} has no {code!r}; it has: {', '.join(known)}")
        self.list_name = list_name
        self.code = code

    def __str__(self) -> str:
        return str(self.args[0])


class VocabularyList:
    """A closed list of terms in a fixed order, read from the data files on first use."""

    def __init__(self, name: str, load: Callable[[], tuple[Term, ...]]) -> None:
        self.name = name
        self._load = load

    @cached_property
    def _terms(self) -> dict[str, Term]:
        return {term.code: term for term in self._load()}

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code, in the order in which people see them."""
        return tuple(self._terms)

    def term(self, code: str) -> Term:
        """The term of that code. Raises `UnknownTerm`."""
        try:
            return self._terms[code]
        except KeyError:
            raise UnknownTerm(self.name, code, self.codes) from None

    def label(self, code: str, language: str) -> str:
        """The name to show on a page: capital first letter, curly apostrophe. Raises `UnknownTerm`."""
        term = self.term(code)
        if language not in term.labels:
            raise UnknownTerm("languages", language, tuple(term.labels))
        return _as_shown(term.labels[language])

    def choices(self, language: str) -> tuple[tuple[str, str], ...]:
        """Pairs of code and label in order, for a form field. Raises `UnknownTerm` for the language."""
        return tuple((code, self.label(code, language)) for code in self._terms)

    def narrower(self, code: str) -> tuple[str, ...]:
        """The codes below that one, at any depth, in the order of the list. Raises `UnknownTerm`."""
        self.term(code)
        below = {code}
        while more := {t.code for t in self if below & set(t.broader)} - below:
            below |= more
        return tuple(c for c in self._terms if c in below and c != code)

    def in_order(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The known ones among `codes`, each once, in the order of the list."""
        wanted = set(codes)
        return tuple(code for code in self._terms if code in wanted)

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def __repr__(self) -> str:
        return f"VocabularyList({self.name!r})"


def _as_shown(label: str) -> str:
    return (label[:1].upper() + label[1:]).replace("'", "’")


def _of_words(name: str) -> VocabularyList:
    """A list kept in `data/words.tsv`: labels only."""

    def load() -> tuple[Term, ...]:
        return tuple(
            Term(
                code=row["code"],
                labels={language: row[language] for language in LANGUAGES},
                broader=parts(row["broader"]),
            )
            for row in read_table("words")
            if row["list"] == name
        )

    return VocabularyList(name, load)


def _of_concepts(name: str, kind: str) -> VocabularyList:
    """A list kept in the thesaurus: the concepts of one kind, with their synonyms."""

    def load() -> tuple[Term, ...]:
        return tuple(
            Term(
                code=concept.code,
                labels={language: concept.terms[language][0] for language in LANGUAGES},
                broader=concept.broader,
                synonyms={language: concept.terms[language][1:] for language in LANGUAGES},
            )
            for concept in concepts()
            if concept.kind == kind
        )

    return VocabularyList(name, load)


# Section 5 of the fiche, in its order; `intrafamilial` is broader than the next four.
FORMS = _of_concepts("forms", "form")
TARGET_GROUPS = _of_concepts("target_groups", "target")
PARTNER_KINDS = _of_concepts("partner_kinds", "partner_type")
COST_KINDS = _of_words("cost_kinds")
# The empty code is "not stated": what a cost line without a unit holds.
COST_UNITS = _of_words("cost_units")
EVALUATION_KINDS = _of_words("evaluation_kinds")
REGIONS = _of_words("regions")
# The ten provinces, and `brussels`, which lies in none; `broader` is the region.
PROVINCES = _of_words("provinces")
# `label("nl", "nl")` is the language's own name for itself.
LANGUAGE_NAMES = _of_words("language_names")
# Short names for pages; `SECTION_HEADINGS` has the words of the paper fiche, for print and Word.
SECTIONS = _of_words("sections")
SECTION_HEADINGS = _of_words("section_headings")
# The two questions of section 9.
SECTION_QUESTIONS = _of_words("section_questions")
HEADER_FIELDS = _of_words("header_fields")
# What the paper itself is called: `sheet`, `form_title`, `reminder`.
FICHE_WORDS = _of_words("fiche_words")
REVISION_STATES = _of_words("revision_states")
SHEET_STATES = _of_words("sheet_states")
ROLES = _of_words("roles")

ALL_LISTS = (
    FORMS,
    TARGET_GROUPS,
    PARTNER_KINDS,
    COST_KINDS,
    COST_UNITS,
    EVALUATION_KINDS,
    REGIONS,
    PROVINCES,
    LANGUAGE_NAMES,
    SECTIONS,
    SECTION_HEADINGS,
    SECTION_QUESTIONS,
    HEADER_FIELDS,
    FICHE_WORDS,
    REVISION_STATES,
    SHEET_STATES,
    ROLES,
)


def provinces_of(region: str) -> tuple[str, ...]:
    """The codes of the provinces of a region; Brussels has only itself. Raises `UnknownTerm`."""
    REGIONS.term(region)
    return tuple(term.code for term in PROVINCES if region in term.broader)
