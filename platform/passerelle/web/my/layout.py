"""Say which fields of the form stand in which section, and under which id."""

from collections.abc import Mapping

from passerelle.sheets.problems import Problem
from passerelle.sheets.sections import SECTIONS
from passerelle.vocabulary import LANGUAGES
from passerelle.web.my.forms import CHOICE_NAMES, CONTACT_NAMES, HEADER_NAMES, ROW_FIELDS

HEADER = "header"
CONTACT = "contact"
NOTE = "note"

# What stands in each part of the form: the twelve sections and three parts more, in the order of the fiche.
PARTS: Mapping[str, tuple[str, ...]] = {
    HEADER: HEADER_NAMES,
    CONTACT: CONTACT_NAMES,
    **{section.key: tuple(field.key for field in section.fields) for section in SECTIONS},
    NOTE: ("note",),
}

_FIRST_BOX = {
    "violence_forms": "violence_forms-intrafamilial",
    "target_groups": "target_groups-general_public",
    "evaluation_kinds": "evaluation_kinds-attendance",
    "language": f"language-{LANGUAGES[0]}",
}
_FIRST_CELL = {"partner": "name", "cost": "what"}


def id_of(problem: Problem) -> str:
    """The id of the control that a problem is about."""
    if kind := ROW_FIELDS.get(problem.field):
        return f"{kind}-{(problem.row or 0) + 1}-{problem.part or _FIRST_CELL[kind]}"
    if problem.field == "sheet":
        return "activities"
    return _FIRST_BOX.get(problem.field, problem.field)


def name_of(problem: Problem) -> str:
    """The name of the control, or of the group of boxes, that shows the sentence of a problem."""
    if problem.field in CHOICE_NAMES or (problem.field in ROW_FIELDS and problem.row is None):
        return problem.field
    return id_of(problem) if problem.field in ROW_FIELDS else problem.field
