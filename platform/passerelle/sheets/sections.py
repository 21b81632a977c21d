"""The twelve sections of the sheet as data; form, page, index, checks, import and exports all read them."""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """The shape of what a field holds."""

    LINE = "line"  # one line of text
    TEXT = "text"  # paragraphs
    DATE = "date"  # a year, a month or a day: "2013", "2013-06", "2013-06-26"
    YES_NO = "yes_no"  # true, false, or null for unknown
    CODES = "codes"  # codes of a closed list
    LINES = "lines"  # a list, one item a line
    LINK = "link"  # an address of a web page
    PARTNERS = "partners"
    COSTS = "costs"


@dataclass(frozen=True)
class Field:
    """One thing asked: its key in the interchange, its shape, and the most it may hold.

    `limit` counts characters for texts, items for lists; `vocabulary` names the closed list of codes.
    """

    key: str
    kind: FieldKind
    limit: int
    required: bool = False
    vocabulary: str = ""


@dataclass(frozen=True)
class Section:
    """One of the twelve: its number on the fiche, its key, and its fields in order."""

    number: int
    key: str
    fields: tuple[Field, ...]

    @property
    def required(self) -> bool:
        """Whether something of it must be filled in before the sheet can be submitted."""
        return any(field.required for field in self.fields)


ITEM_LIMIT = 1_000  # characters in one item of a list
ROW_LIMIT = 300  # characters in one cell of a partner or cost line
SHEET_LIMIT = 200_000  # bytes of a whole sheet as JSON

SECTIONS: tuple[Section, ...] = (
    Section(1, "title", (Field("title", FieldKind.LINE, 150, required=True),)),
    Section(2, "summary", (Field("summary", FieldKind.TEXT, 1_000, required=True),)),
    Section(
        3,
        "duration",
        (
            Field("starts", FieldKind.DATE, 10, required=True),
            Field("ends", FieldKind.DATE, 10),
            Field("ongoing", FieldKind.YES_NO, 1),
            Field("duration_note", FieldKind.LINE, 300),
        ),
    ),
    Section(4, "activities", (Field("activities", FieldKind.TEXT, 10_000, required=True),)),
    Section(
        5,
        "violence_forms",
        (Field("violence_forms", FieldKind.CODES, 8, required=True, vocabulary="forms"),),
    ),
    Section(6, "objectives", (Field("objectives", FieldKind.LINES, 30, required=True),)),
    Section(
        7,
        "target_groups",
        (
            Field("target_groups", FieldKind.CODES, 18, required=True, vocabulary="target_groups"),
            Field("target_groups_text", FieldKind.TEXT, 1_000),
        ),
    ),
    Section(8, "partnerships", (Field("partnerships", FieldKind.PARTNERS, 30),)),
    Section(
        9,
        "communication",
        (Field("outreach", FieldKind.TEXT, 5_000), Field("web_page", FieldKind.LINK, 500)),
    ),
    Section(10, "innovation", (Field("innovation", FieldKind.TEXT, 5_000),)),
    Section(
        11,
        "evaluation",
        (
            Field("evaluation_method", FieldKind.TEXT, 5_000),
            Field("evaluation_kinds", FieldKind.CODES, 8, vocabulary="evaluation_kinds"),
        ),
    ),
    Section(12, "costs", (Field("costs", FieldKind.COSTS, 40),)),
)

FIELDS: dict[str, Field] = {field.key: field for section in SECTIONS for field in section.fields}
SECTION_OF: dict[str, Section] = {field.key: section for section in SECTIONS for field in section.fields}
BY_KEY: dict[str, Section] = {section.key: section for section in SECTIONS}
