"""Put the page of the form together: fields, help, problems, comments, progress."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from flask import render_template
from flask_babel import format_date, format_datetime, format_decimal, format_time

from passerelle.moderation.models import ReviewComment
from passerelle.sheets.checks import warnings_of
from passerelle.sheets.content import SheetContent
from passerelle.sheets.models import Revision
from passerelle.sheets.problems import Problem
from passerelle.sheets.sections import FIELDS, SECTIONS, Section
from passerelle.vocabulary import (
    COST_KINDS,
    COST_UNITS,
    EVALUATION_KINDS,
    FORMS,
    HEADER_FIELDS,
    LANGUAGE_NAMES,
    LANGUAGES,
    PARTNER_KINDS,
    SECTION_QUESTIONS,
    TARGET_GROUPS,
)
from passerelle.vocabulary import SECTIONS as SECTION_LABELS
from passerelle.web.languages import current_language
from passerelle.web.my.conflict import Difference, digests_of
from passerelle.web.my.examples import Examples, first_sheet
from passerelle.web.my.forms import SheetForm
from passerelle.web.my.layout import PARTS, id_of, name_of
from passerelle.web.my.progress import Step, steps_of
from passerelle.web.my.reading import Reading, read
from passerelle.web.problem_words import sentence_of, summary_of
from passerelle.web.services import now
from passerelle.web.sheets.similar import Likeness, similar_to_draft

Errors = Mapping[str, list[str]]


@dataclass(frozen=True)
class Stored:
    """What the page says of the revision the form belongs to."""

    number: int  # of the sheet
    commune: str
    nis: str
    version: int
    saved_at: str
    saved_by: str
    is_answer: bool  # changes were requested
    is_online: bool  # an earlier revision is

    @classmethod
    def of(cls, revision: Revision) -> "Stored":
        """What there is to say of `revision`, read now: it holds after a commit too."""
        return cls(
            number=revision.sheet_id,
            commune=revision.sheet.commune.name(current_language()),
            nis=revision.sheet.commune_nis,
            version=revision.version,
            saved_at=moment_words(revision.updated_at),
            saved_by=revision.editor.name if revision.editor else "",
            is_answer=revision.status == "changes_requested",
            is_online=revision.sheet.published is not None,
        )


@dataclass(frozen=True)
class Editor:
    """Everything the page of the form shows. Without `stored` it shows what was typed and nothing else."""

    form: SheetForm
    stored: Stored | None = None
    began: str = ""  # digests of what the writer began from
    problems: tuple[Problem, ...] = ()
    after_sending: bool = False
    comments: Mapping[str, Sequence[ReviewComment]] = field(default_factory=dict)
    conflicts: Mapping[str, Difference] = field(default_factory=dict)
    remark: str = ""  # the code of a note above the form
    focus: str = ""  # the id of the control to begin at
    sent_version: str = ""  # what the form said, when nothing is stored to say it

    @property
    def version(self) -> str:
        """The version the next save counts from."""
        return str(self.stored.version) if self.stored else self.sent_version

    def page(self, status: int = 200) -> tuple[str, int]:
        """The page as it is sent."""
        return render_template("my/edit.html", page=EditorPage(self)), status


class EditorPage:
    """What the template asks for, in the reader's language."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.form = editor.form.legible()
        self.stored = editor.stored
        self.version = editor.version
        self.remark = editor.remark
        self.focus = editor.focus
        self.comments = editor.comments
        self.conflicts = editor.conflicts
        self.began = editor.began or digests_of(editor.form)
        self.language = current_language()
        self.sections: tuple[Section, ...] = SECTIONS
        self.limits = {key: each.limit for key, each in FIELDS.items()}
        self.reading: Reading = read(editor.form)
        self.errors: Errors = _by_control(editor.problems)
        self.warnings: Errors = _by_control(warnings_of(self.reading.contact))

    @property
    def own(self) -> str | None:
        """The language the sheet is written in, when it is not the reader's."""
        language = self.form.text("language")
        return language if language in LANGUAGES and language != self.language else None

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The problems as (id of the control, sentence), in the order of the form."""
        return [(id_of(each), summary_of(each)) for each in self.editor.problems]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The twelve sections with their states."""
        problems = {*self.reading.to_mend, *self.editor.problems}
        return steps_of(self.reading.content, problems, self.language, strict=self.editor.after_sending)

    @property
    def similar(self) -> tuple[Likeness, ...]:
        """Sheets already published that say nearly the same as what is stored and typed here."""
        if self.stored is None:
            return ()
        return similar_to_draft(self.reading.content, self.stored.number, self.stored.nis, self.language)

    @property
    def example(self) -> Examples:
        """How the first sheet did it."""
        return first_sheet()

    @property
    def total(self) -> str:
        """The euros of all lines together, written for the reader; empty when no line states any."""
        return total_of(self.reading.content)

    @property
    def differing(self) -> list[tuple[str, str]]:
        """The parts with two texts, as (id of the part, its name)."""
        return [(self.anchor(part), self.part_name(part)) for part in self.conflicts]

    def error(self, name: str) -> list[str] | None:
        """The sentences beside the control `name`."""
        return self.errors.get(name)

    def warning(self, name: str) -> str:
        """A remark beside the control `name` that stops nobody."""
        return " ".join(self.warnings.get(name, ()))

    def part_name(self, part: str) -> str:
        """The name of a part of the form: of a section, or of what stands before and after the twelve."""
        return SECTION_LABELS.label(part, self.language) if part in SECTION_LABELS else ""

    def anchor(self, part: str) -> str:
        """The id of a part of the form."""
        numbers = {section.key: f"s{section.number}" for section in SECTIONS}
        return numbers.get(part, part)

    def header_label(self, name: str) -> str:
        """The word of the fiche for a field of the header."""
        return HEADER_FIELDS.label(name, self.language)

    def question(self, name: str) -> str:
        """One of the two questions of section 9."""
        return SECTION_QUESTIONS.label(name, self.language)

    def choices(self, name: str) -> Sequence[tuple[str, str]]:
        """The values and words of a list."""
        return _CHOICES[name].choices(self.language)

    @property
    def sheet_languages(self) -> list[tuple[str, str]]:
        """The languages a sheet can be written in, each in its own name."""
        return [(code, LANGUAGE_NAMES.label(code, code)) for code in LANGUAGES]


_CHOICES = {
    "violence_forms": FORMS,
    "target_groups": TARGET_GROUPS,
    "evaluation_kinds": EVALUATION_KINDS,
    "partner_kinds": PARTNER_KINDS,
    "cost_kinds": COST_KINDS,
    "cost_units": COST_UNITS,
}


def comments_by_part(comments: Sequence[ReviewComment]) -> dict[str, list[ReviewComment]]:
    """The comments of the last decision among `comments`, by section; a header's stand with the header."""
    last = max((each.decision_id for each in comments), default=0)
    found: dict[str, list[ReviewComment]] = {}
    for each in comments:
        if each.decision_id == last and each.section in PARTS:
            found.setdefault(each.section, []).append(each)
    return found


def moment_words(at: datetime) -> str:
    """A moment for the reader: the time when it was today, else day and time."""
    if format_date(at, "yyyy-MM-dd") == format_date(now(), "yyyy-MM-dd"):
        return str(format_time(at, "short"))
    return str(format_datetime(at, "short"))


def total_of(content: SheetContent) -> str:
    """The euros of all cost lines together, for the reader; empty when no line states any."""
    stated = [Decimal(cost.euros) for cost in content.costs if cost.euros is not None]
    return str(format_decimal(sum(stated))) if stated else ""


def _by_control(problems: Sequence[Problem]) -> Errors:
    found: dict[str, list[str]] = {}
    for each in problems:
        found.setdefault(name_of(each), []).append(sentence_of(each))
    return found
