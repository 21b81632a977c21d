"""Keep what somebody typed while they sign in again: nothing typed is ever lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from flask import Request
from werkzeug.datastructures import MultiDict

from passerelle.web.accounts.addresses import is_from_ourselves, own_form_address

PREFIX = "kept."
ADDRESS = "kept_for"
MOST_FIELDS = 1_900  # MAX_FORM_PARTS, less the fields of the sign-in form
MOST_CHARACTERS = 1_000_000  # five times the largest sheet


@dataclass(frozen=True)
class Kept:
    """A form that could not be taken: its address, and every field but tokens and passwords."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of_request(cls, request: Request) -> Self | None:
        """What `request` sent, or None: not a form, too large, of another site, or not one to send again."""
        if request.method != "POST" or not is_from_ourselves(request):
            return None
        return cls._of(request.full_path.rstrip("?"), request.form.items(multi=True))

    @classmethod
    def of_sign_in(cls, form: MultiDict[str, str]) -> Self | None:
        """What the hidden fields of the sign-in form carry, or None."""
        fields = (
            (name.removeprefix(PREFIX), value)
            for name, value in form.items(multi=True)
            if name.startswith(PREFIX)
        )
        return cls._of(form.get(ADDRESS, ""), fields)

    @classmethod
    def _of(cls, address: str, fields: Iterable[tuple[str, str]]) -> Self | None:
        found = tuple((name, value) for name, value in fields if _may_be_kept(name))
        small = len(found) <= MOST_FIELDS and sum(len(n) + len(v) for n, v in found) <= MOST_CHARACTERS
        own = own_form_address(address)
        return cls(own, found) if own and small else None

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The hidden fields with which the sign-in form carries this along."""
        return [(ADDRESS, self.address), *((PREFIX + name, value) for name, value in self.fields)]


def _may_be_kept(name: str) -> bool:
    return name != "csrf_token" and "password" not in name.lower()
