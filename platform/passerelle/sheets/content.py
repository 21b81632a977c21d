"""What a sheet says, as values: the twelve sections, the header, and apart from them the contact."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

Json = Mapping[str, Any]  # Any: a JSON value as it was stored; from_json gives it its type


@dataclass(frozen=True)
class Partner:
    """One line of section 8: a code of the partner kinds ("" unknown), a name and what it brings."""

    kind: str = ""
    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class Cost:
    """One line of section 12. `quantity` and `euros` are decimals as text, or None: not stated is not 0."""

    kind: str = "human"  # "human" or "material"
    what: str = ""
    quantity: str | None = None
    unit: str = ""  # a code of the cost units, such as "fte"
    provider: str = ""
    euros: str | None = None


@dataclass(frozen=True)
class Contact:
    """The person to call. Name, phone and e-mail are for signed-in members only; the function for all."""

    name: str = ""
    job_title: str = ""
    phone: str = ""
    email: str = ""

    @classmethod
    def from_json(cls, given: Json) -> Self:
        """The contact in `given`; keys it lacks are empty."""
        return cls(**{field.name: str(given.get(field.name) or "") for field in fields(cls)})

    def to_json(self) -> dict[str, str]:
        """The contact as a JSON object with all four keys."""
        return asdict(self)


@dataclass(frozen=True)
class SheetContent:
    """The sheet without its contact. Texts are clean; codes may be of any list until they are checked."""

    title: str = ""
    summary: str = ""
    starts: str | None = None
    ends: str | None = None
    ongoing: bool | None = None
    duration_note: str = ""
    activities: str = ""
    violence_forms: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    target_groups_text: str = ""
    partnerships: tuple[Partner, ...] = ()
    outreach: str = ""
    web_page: str = ""
    innovation: str = ""
    evaluation_method: str = ""
    evaluation_kinds: tuple[str, ...] = ()
    costs: tuple[Cost, ...] = ()
    language: str = "fr"
    inhabitants: int | None = None
    sheet_date: str | None = None

    @classmethod
    def from_json(cls, given: Json) -> Self:
        """The content stored in `given`; keys it lacks keep their empty value."""
        known = {field.name: given[field.name] for field in fields(cls) if given.get(field.name) is not None}
        for key in ("violence_forms", "objectives", "target_groups", "evaluation_kinds"):
            known[key] = tuple(known.get(key, ()))
        known["partnerships"] = tuple(Partner(**row) for row in known.get("partnerships", ()))
        known["costs"] = tuple(Cost(**row) for row in known.get("costs", ()))
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """The content as a JSON object with every key, lists as lists."""
        return {
            key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()
        }

    @property
    def is_evaluated(self) -> bool:
        """Whether the sheet says how it is evaluated, in words or by a kind other than "none"."""
        return bool(self.evaluation_method) or any(kind != "none" for kind in self.evaluation_kinds)

    @property
    def hash(self) -> str:
        """SHA-256 of the content in one agreed order: equal hashes are equal texts."""
        agreed = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(agreed.encode()).hexdigest()
