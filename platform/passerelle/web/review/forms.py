"""What a coordinator typed and ticked on the review page, exactly as it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from werkzeug.datastructures import MultiDict

from passerelle.core.text import clean_text, legible
from passerelle.moderation.actions import HEADER
from passerelle.sheets.sections import SECTIONS

KEYS = (HEADER, *(section.key for section in SECTIONS))
CHECKS = ("nobody", "contact", "codes", "readable")
LONGEST = 5_000  # characters of a comment, a note or a reason


@dataclass(frozen=True)
class ReviewForm:
    """The comments by the key of their section, a note over them all, a reason, and the version seen."""

    comments: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    reason: str = ""
    checks: frozenset[str] = frozenset()
    seen: str = ""

    @classmethod
    def read(cls, sent: MultiDict[str, str]) -> Self:
        """What was sent, cleaned of what no database keeps; nothing else that a browser sends is read."""
        return cls(
            {key: _clean(sent.get(f"comment-{key}", "")) for key in KEYS},
            _clean(sent.get("note", "")),
            _clean(sent.get("reason", "")),
            frozenset(sent.getlist("checks")) & frozenset(CHECKS),
            sent.get("seen", "")[:40],
        )

    @property
    def said(self) -> dict[str, str]:
        """The comments that hold words."""
        return {key: body for key, body in self.comments.items() if body}

    @property
    def too_long(self) -> tuple[str, ...]:
        """The names of the boxes that hold more than `LONGEST` characters."""
        boxes = {f"comment-{key}": body for key, body in self.said.items()}
        boxes |= {"note": self.note, "reason": self.reason}
        return tuple(name for name, body in boxes.items() if len(body) > LONGEST)


def _clean(text: str) -> str:
    return clean_text(legible(text))
