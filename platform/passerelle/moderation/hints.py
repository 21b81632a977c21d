"""Point a coordinator at what may betray a person: numbers, addresses, a name beside an age."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from passerelle.sheets.content import SheetContent
from passerelle.sheets.sections import SECTIONS, Section


class HintKind(StrEnum):
    """What was seen."""

    PHONE = "phone"
    EMAIL = "email"
    AGE_AND_NAME = "age_and_name"


@dataclass(frozen=True)
class Hint:
    """Something that looks like `kind`, in the section with this key, as it is written there."""

    section: str
    kind: HintKind
    text: str


# Belgian numbers as people write them: 065 12 34 56, 0470/12.34.56, +32 2 123 45 67. Helplines are shorter.
_PHONE = re.compile(r"(?<![\w/.+-])(?:\+32|0032|0)[ ./-]?(?:\(0\))?\d(?:[ ./-]{0,2}\d){7,8}(?![\w])")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# "Sofiane, 15 ans", "Lotte (12 jaar)", "Ayşe (15 Jahre alt)", "Emma, aged 9", "Noah, 8 years old"
_NAME = r"(?<![\w’'-])(?P<name>[^\W\d_a-zß-öø-ÿ][^\W\d_]{1,20})"
_AGE = r"(?:aged |âgée? de )?\d{1,2}(?: ?ans\b| ?jaar\b| ?Jahre\b| years\b| ?j\b|(?<=aged \d)|(?<=aged \d\d))"
_AGE_AND_NAME = re.compile(_NAME + r"[ ]?[,(–-] ?" + _AGE)
_PATTERNS = {HintKind.PHONE: _PHONE, HintKind.EMAIL: _EMAIL, HintKind.AGE_AND_NAME: _AGE_AND_NAME}
_HELPLINES = ("0800",)  # free numbers lead to a service, not to a person


def hints_of(content: SheetContent) -> tuple[Hint, ...]:
    """What deserves a second look before everybody reads it, each once, in the order of the fiche.

    The contact is apart and not looked at. A text without hints may still name somebody.
    """
    found = (hint for section in SECTIONS for hint in _of_section(section, content))
    return tuple(dict.fromkeys(found))


def _of_section(section: Section, content: SheetContent) -> Iterator[Hint]:
    text = "\n".join(line for field in section.fields for line in _lines(getattr(content, field.key)))
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            if not match.group().startswith(_HELPLINES):
                yield Hint(section.key, kind, match.group())


def _lines(value: object) -> Iterator[str]:
    """Every text in a field, whatever its shape."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _lines(item)
    elif hasattr(value, "__dataclass_fields__"):
        yield from (part for part in vars(value).values() if isinstance(part, str))
