"""Say of each of the twelve sections whether it is complete, to correct or to fill in."""

from collections.abc import Collection
from dataclasses import dataclass

from passerelle.sheets.checks import problems_of
from passerelle.sheets.content import Contact, SheetContent
from passerelle.sheets.problems import Problem
from passerelle.sheets.sections import SECTION_OF, SECTIONS, Section
from passerelle.vocabulary import SECTIONS as SECTION_LABELS

DONE, TO_CORRECT, CURRENT, TO_DO = "ok", "err", "cur", "todo"


@dataclass(frozen=True)
class Step:
    """One section in the list beside the form."""

    number: int
    label: str
    state: str


def steps_of(
    content: SheetContent, problems: Collection[Problem], language: str, *, strict: bool = False
) -> tuple[Step, ...]:
    """The twelve sections with their states; the first one to fill in is the current one.

    `problems` are those of a submission. What is missing counts as an error only when `strict`: after an
    attempt to send the sheet.
    """
    wrong = {
        SECTION_OF[each.field].key
        for each in problems
        if each.field in SECTION_OF and (strict or each.code != "missing")
    }
    missing = {SECTION_OF[each.field].key for each in problems if each.field in SECTION_OF}
    found, has_current = [], False
    for section in SECTIONS:
        state = _state(content, section, wrong, missing)
        if state == TO_DO and not has_current:
            state, has_current = CURRENT, True
        found.append(Step(section.number, SECTION_LABELS.label(section.key, language), state))
    return tuple(found)


def complete_sections(content: SheetContent) -> int:
    """How many of the twelve sections are complete."""
    steps = steps_of(content, problems_of(content, Contact(), to_submit=True), content_language(content))
    return sum(step.state == DONE for step in steps)


def content_language(content: SheetContent) -> str:
    """The language of the sheet, French when it is none of ours."""
    return content.language if content.language in SECTION_LABELS.term("title").labels else "fr"


def _state(content: SheetContent, section: Section, wrong: Collection[str], missing: Collection[str]) -> str:
    if section.key in wrong:
        return TO_CORRECT
    filled = any(getattr(content, field.key) not in ("", None, ()) for field in section.fields)
    return DONE if filled and section.key not in missing else TO_DO
