"""What is wrong with a sheet, said as codes that the pages and commands put into words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where (a field key, and a row number from 0 in a list), and what.

    `code` is one of `CODES` or `WARNINGS`; `limit` is the number its sentence names, if it names one;
    `part` is the cell of the row, such as "quantity". The fields of the contact are "contact_name",
    "contact_job_title", "contact_phone" and "contact_email"; "sheet" is the whole.
    """

    field: str
    code: str
    row: int | None = None
    limit: int | None = None
    part: str = ""


CODES = (
    "missing",
    "too_long",
    "too_many",
    "not_a_date",
    "ends_before_start",
    "unknown_code",
    "not_a_number",
    "negative",
    "not_a_link",
    "not_an_email",
    "unreadable",
    "unknown_language",
    "sheet_too_large",
    "ongoing_with_end",
)

# Worth a second look, and no reason to refuse anything.
WARNINGS = ("private_mailbox",)
