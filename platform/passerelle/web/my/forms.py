"""The form of a sheet: every value exactly as it was typed, until it can be read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from werkzeug.datastructures import MultiDict

from passerelle.core.text import legible
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent
from passerelle.sheets.dates import write_date
from passerelle.sheets.numbers import write_decimal

# The names of the inputs: nothing else that a browser sends is ever read.
HEADER_NAMES = ("language", "inhabitants", "sheet_date")
CONTACT_NAMES = ("contact_name", "contact_job_title", "contact_phone", "contact_email")
SECTION_NAMES = (
    *("title", "summary", "starts", "ends", "ongoing", "duration_note", "activities", "objectives"),
    *("target_groups_text", "outreach", "web_page", "innovation", "evaluation_method"),
)
TEXT_NAMES = (*HEADER_NAMES, *CONTACT_NAMES, *SECTION_NAMES, "note")
CHOICE_NAMES = ("violence_forms", "target_groups", "evaluation_kinds")
ROW_PARTS: Mapping[str, tuple[str, ...]] = {
    "partner": ("kind", "name", "role"),
    "cost": ("kind", "what", "quantity", "unit", "provider", "euros"),
}
ROW_FIELDS = {"partnerships": "partner", "costs": "cost"}
BLANK_ROWS: Mapping[str, Mapping[str, str]] = {
    "partner": dict.fromkeys(ROW_PARTS["partner"], ""),
    "cost": {**dict.fromkeys(ROW_PARTS["cost"], ""), "kind": "human"},
}
MOST_ROWS = 200  # of one kind in one request; the sheet allows far fewer, and says so
ONGOING = {True: "yes", False: "no", None: ""}

_ROW_NAME = re.compile(r"(partner|cost)-([0-9]{1,4})-([a-z]+)")

Row = Mapping[str, str]


@dataclass(frozen=True)
class SheetForm:
    """What stands in the fields of the form. `texts` and `choices` are by the name of the input."""

    texts: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[Row, ...]]  # "partner" and "cost"

    @classmethod
    def of(cls, content: SheetContent, contact: Contact, note: str = "") -> Self:
        """The form filled in with what is stored; reading it gives the same content and contact back."""
        return cls(
            {**_texts_of(content), **_texts_of_contact(contact), "note": note},
            {name: getattr(content, name) for name in CHOICE_NAMES},
            {
                "partner": tuple(_row_of_partner(each) for each in content.partnerships),
                "cost": tuple(_row_of_cost(each) for each in content.costs),
            },
        )

    @classmethod
    def typed(cls, sent: MultiDict[str, str]) -> Self:
        """The form as a browser sent it; names that are not in the form are not read."""
        return cls(
            {name: sent.get(name, "") for name in TEXT_NAMES},
            {name: tuple(dict.fromkeys(sent.getlist(name)))[:MOST_ROWS] for name in CHOICE_NAMES},
            {kind: _rows_sent(kind, sent) for kind in ROW_PARTS},
        )

    @property
    def size(self) -> int:
        """How many characters were typed in all."""
        cells = (text for rows in self.rows.values() for row in rows for text in row.values())
        codes = (code for chosen in self.choices.values() for code in chosen)
        return sum(map(len, (*self.texts.values(), *cells, *codes)))

    def text(self, name: str) -> str:
        """What was typed in the field `name`."""
        return self.texts.get(name, "")

    def legible(self) -> Self:
        """The form as a page can show it: what no page and no database can hold is taken out."""
        return replace(
            self,
            texts={name: legible(text) for name, text in self.texts.items()},
            rows={
                kind: tuple({part: legible(text) for part, text in row.items()} for row in rows)
                for kind, rows in self.rows.items()
            },
        )

    def with_row(self, kind: str) -> Self:
        """The form with one more empty line of `kind`."""
        return self._with_rows(kind, (*self.shown_rows(kind), BLANK_ROWS[kind]))

    def without_row(self, kind: str, place: int) -> Self:
        """The form without the line at `place`, from 1; the same form when there is none."""
        rows = self.rows[kind]
        return self._with_rows(kind, (*rows[: max(place - 1, 0)], *rows[max(place, 0) :]))

    def shown_rows(self, kind: str) -> tuple[Row, ...]:
        """The lines of `kind` that the page shows: one empty one when there is none yet."""
        return self.rows[kind] or (BLANK_ROWS[kind],)

    def _with_rows(self, kind: str, rows: Iterable[Row]) -> Self:
        return replace(self, rows={**self.rows, kind: tuple(rows)})


def is_blank(kind: str, row: Row) -> bool:
    """Whether nothing was typed in a line; what a new line comes with does not count."""
    blank = BLANK_ROWS[kind]
    typed = (part for part in ROW_PARTS[kind] if kind == "partner" or part not in ("kind", "unit"))
    return all(row[part].strip() == blank[part] for part in typed)


def _rows_sent(kind: str, sent: MultiDict[str, str]) -> tuple[Row, ...]:
    places: dict[int, dict[str, str]] = {}
    for name, value in sent.items():
        found = _ROW_NAME.fullmatch(name)
        if found and found[1] == kind and found[3] in ROW_PARTS[kind]:
            places.setdefault(int(found[2]), dict(BLANK_ROWS[kind]))[found[3]] = value
    return tuple(places[place] for place in sorted(places)[:MOST_ROWS])


def _texts_of(content: SheetContent) -> dict[str, str]:
    return {
        "language": content.language,
        "inhabitants": "" if content.inhabitants is None else str(content.inhabitants),
        "sheet_date": write_date(content.sheet_date or ""),
        "title": content.title,
        "summary": content.summary,
        "starts": write_date(content.starts or ""),
        "ends": write_date(content.ends or ""),
        "ongoing": ONGOING[content.ongoing],
        "duration_note": content.duration_note,
        "activities": content.activities,
        "objectives": "\n".join(content.objectives),
        "target_groups_text": content.target_groups_text,
        "outreach": content.outreach,
        "web_page": content.web_page,
        "innovation": content.innovation,
        "evaluation_method": content.evaluation_method,
    }


def _texts_of_contact(contact: Contact) -> dict[str, str]:
    return {f"contact_{key}": text for key, text in contact.to_json().items()}


def _row_of_partner(partner: Partner) -> Row:
    return {"kind": partner.kind, "name": partner.name, "role": partner.role}


def _row_of_cost(cost: Cost) -> Row:
    return {
        "kind": cost.kind,
        "what": cost.what,
        "quantity": write_decimal(cost.quantity or ""),
        "unit": cost.unit,
        "provider": cost.provider,
        "euros": write_decimal(cost.euros or ""),
    }
