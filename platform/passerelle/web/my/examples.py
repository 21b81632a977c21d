"""Show how the first sheet, the Café des Mamans of Quaregnon, filled in each section: in its own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from passerelle.core.paths import PACKAGE
from passerelle.exchange.lines import read_line
from passerelle.sheets.content import SheetContent
from passerelle.vocabulary import COST_UNITS, FORMS

SEED = PACKAGE / "exchange" / "data" / "quaregnon.jsonl"


@dataclass(frozen=True)
class Examples:
    """The words of one sheet, by the key of the section; all in `language`."""

    title: str
    language: str
    words: Mapping[str, str]


@cache
def first_sheet() -> Examples:
    """The examples of the first sheet, read once. Raises `UnreadableLine` when its file is damaged."""
    content = read_line(SEED.read_text(encoding="utf-8").strip()).content
    return Examples(content.title, content.language, _words_of(content))


def _words_of(content: SheetContent) -> dict[str, str]:
    return {
        "title": content.title,
        "summary": content.summary,
        "duration": content.duration_note,
        "activities": content.activities,
        "violence_forms": "\n".join(FORMS.label(code, content.language) for code in content.violence_forms),
        "objectives": "\n".join(content.objectives),
        "target_groups": content.target_groups_text,
        "partnerships": "\n".join(f"{each.name} {each.role}" for each in content.partnerships),
        "communication": f"{content.outreach}\n{content.web_page}",
        "innovation": content.innovation,
        "evaluation": content.evaluation_method,
        "costs": "\n".join(
            " ".join(filter(None, (each.quantity, _unit(each.unit, content.language), each.what)))
            for each in content.costs
        ),
    }


def _unit(code: str, language: str) -> str:
    return COST_UNITS.label(code, language) if code else ""
