"""What the index holds of a sheet: what an anonymous visitor may read, and nothing else."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

TEXT_SECTIONS = (
    "activities",
    "objectives",
    "target_groups_text",
    "partnerships",
    "outreach",
    "innovation",
    "evaluation_method",
    "costs",
    "duration_note",
)
"""The keys `SearchDocument.texts` may have, in the order in which an extract is looked for."""

RUNNING = "running"
FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One published sheet as the public sees it: the title of section 1, the summary of section 2, and so on.

    There is no field for a contact, and no test, view or engine can put one here: the name, the phone and
    the e-mail of a contact, and the function they hold, are not search material.
    `number` is unique; `content_hash` tells whether the index still holds what the database does.
    """

    number: int
    revision_id: int
    content_hash: str
    ref: str
    language: str
    title: str
    summary: str
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    commune: str  # NIS code
    commune_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    postal_codes: tuple[str, ...] = ()
    province: str
    region: str
    violence_forms: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    partner_kinds: tuple[str, ...] = ()
    starts: str | None = None  # "2013", "2013-06" or "2013-06-26"
    ends: str | None = None
    ongoing: bool | None = None
    evaluated: bool = False
    inhabitants: int | None = None  # as declared on the sheet
    published_at: str  # ISO 8601, UTC

    def __post_init__(self) -> None:
        unknown = set(self.texts) - set(TEXT_SECTIONS)
        if unknown:
            raise ValueError(f"sheet {self.number}: not a section that is searched: {sorted(unknown)}")


SIZE_CLASSES = ("s1", "s2", "s3", "s4", "s5")
"""Communes of fewer than 10,000, 20,000, 50,000 and 100,000 inhabitants, and larger ones (DOMAIN, 8)."""

_SIZE_LIMITS = (10_000, 20_000, 50_000, 100_000)


def size_class(inhabitants: int | None) -> str | None:
    """The value of `SIZE_CLASSES` for so many inhabitants; None when they are not known."""
    return None if inhabitants is None else SIZE_CLASSES[bisect_right(_SIZE_LIMITS, inhabitants)]


def status_on(day: date, *, ends: str | None, ongoing: bool | None) -> str | None:
    """`running`, `finished`, or None when the sheet does not say (section 3 of the fiche).

    "2013 till now" is running; a project whose end has passed is finished, a year or a month lasting to its
    last day.
    """
    if ongoing:
        return RUNNING
    if ends:
        return RUNNING if ends >= day.isoformat()[: len(ends)] else FINISHED
    return None if ongoing is None else FINISHED
