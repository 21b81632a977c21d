"""Render once what every page of results repeats: a template is filled with holes, and kept.

Templates stay the only place of markup. A mold is one of them rendered with holes in the place of values; to
fill it is to put texts together, which costs a hundredth of rendering it again.
"""

import re
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar, cast

from flask import current_app, g, request
from markupsafe import Markup

from passerelle.web.languages import current_language

Made = TypeVar("Made")
Key = TypeVar("Key", bound=Hashable)
MOST_KEPT = 4_000  # pieces of one kind
MOST_MOUNTS = 8  # places under which one application is mounted: one, nearly always
_HOLE = re.compile("\ue000([a-z_-]+)\ue001")  # private characters: no template of ours has them


def hole(name: str) -> Markup:
    """What to give a template in the place of a value that differs each time."""
    return as_written(f"\ue000{name}\ue001")


def as_written(html: str) -> Markup:
    """`html` for a template that puts it in as it is: it was written by templates, of what was escaped."""
    return Markup(html)  # noqa: S704 (the one place; a gate keeps count of its callers)


def escaped(text: str) -> str:
    """`text` as it may stand in HTML: what `markupsafe.escape` gives, without an object around it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


class Mold:
    """A rendered text with holes. What is put into them must be escaped already."""

    def __init__(self, rendered: str, names: Sequence[str]) -> None:
        """`names` are those of the holes in the order of the text, a name as often as it stands there.

        Raises `ValueError` when the text has others: the template has changed, and its filler must follow.
        """
        parts = _HOLE.split(rendered)
        if parts[1::2] != list(names):
            raise ValueError(f"the template has the holes {parts[1::2]}, and not {list(names)}")
        self._parts = parts

    def fill(self, values: Sequence[str]) -> str:
        """The text with `values` in its holes, as many as there are names."""
        parts = self._parts.copy()
        parts[1::2] = values
        return "".join(parts)

    def encoded(self) -> "EncodedMold":
        """The same as bytes."""
        return EncodedMold([part.encode() for part in self._parts])

    def around(self) -> tuple[str, str]:
        """What stands before and after the only hole."""
        before, _name, after = self._parts
        return before, after


class EncodedMold:
    """A mold of bytes: a page is sent as bytes, and to encode it costs more than to put it together."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts

    def fill(self, values: Sequence[bytes]) -> bytes:
        """The text with `values` in its holes, as many as there are names."""
        parts = self._parts.copy()
        parts[1::2] = values
        return b"".join(parts)


def once(what: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What `make` gives in the language of this request: made the first time, and kept by the application.

    `what` names it; there must be few of them, because they are never thrown away. Addresses in it stay
    right: it is kept for each place under which the application is mounted.
    """
    kept = g.get("molds")
    if kept is None:
        kept = g.molds = _kept_here()
    try:
        found = kept[what]
    except KeyError:
        found = kept[what] = make()
    return cast("Made", found)  # the name says what is kept under it


def _kept_here() -> dict[tuple[object, ...], object]:
    mounts = cast(
        "dict[str, dict[str, dict[tuple[object, ...], object]]]",
        current_app.extensions.setdefault("molds", {}),
    )
    if request.root_path not in mounts and len(mounts) >= MOST_MOUNTS:
        mounts.clear()
    return mounts.setdefault(request.root_path, {}).setdefault(current_language(), {})


class Pieces(dict[Key, Made]):
    """What `make` gives for each key, made once; when there are too many it begins anew."""

    def __init__(self, make: Callable[[Key], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Made:
        if len(self) >= MOST_KEPT:
            self.clear()
        made = self[key] = self._make(key)
        return made


def macro(template: str, name: str) -> Callable[..., Markup]:
    """The macro of that name, to be called from Python."""
    return cast(
        "Callable[..., Markup]", getattr(current_app.jinja_env.get_template(template).module, name)
    )  # a macro is an attribute of its template
