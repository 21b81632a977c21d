"""Read a page as a careful browser does, and say what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlsplit

import html5lib

UNLABELLED = frozenset({"hidden", "submit", "button", "image", "reset"})
RESOURCES = {
    "script": "src",
    "link": "href",
    "img": "src",
    "form": "action",
    "use": "href",
    "iframe": "src",
    "source": "srcset",
    "object": "data",
    "embed": "src",
}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers", "list", "form")


@dataclass(eq=False)
class Element:
    """One element of a page, with what surrounds it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    own_text: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words inside, with single spaces."""
        return " ".join(" ".join([*self.own_text, *(child.text for child in self.children)]).split())

    def all(self) -> Iterator[Element]:
        """This element and every one inside it."""
        yield self
        for child in self.children:
            yield from child.all()

    def lineage(self) -> Iterator[Element]:
        """This element, and what it stands in, outwards."""
        here: Element | None = self
        while here is not None:
            yield here
            here = here.parent

    @property
    def language(self) -> str:
        """The language of its words: the nearest `lang`."""
        return next((each.attributes["lang"] for each in self.lineage() if "lang" in each.attributes), "")


class Page:
    """A parsed page. Raises when it is not correct HTML5."""

    def __init__(self, markup: str) -> None:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(markup)
        self.root = _element(tree, None)
        self.elements = list(self.root.all())
        self.ids = Counter(each.attributes["id"] for each in self.elements if "id" in each.attributes)

    def tagged(self, *tags: str) -> list[Element]:
        """The elements with one of these tags, in order."""
        return [each for each in self.elements if each.tag in tags]

    def faults(self, language: str, host: str) -> list[str]:
        """Everything that is wrong with it as a page in `language` of `host`; empty when all is well."""
        checks = (self._frame(language), self._names(), self._references(), self._inline(), self._hosts(host))
        return [fault for check in checks for fault in check]

    def _frame(self, language: str) -> Iterator[str]:
        if len(headings := self.tagged("h1")) != 1:
            yield f"{len(headings)} h1"
        if self.root.attributes.get("lang") != language:
            yield f"lang is {self.root.attributes.get('lang')!r}"
        titles = [each.text for each in self.tagged("title") if each.parent and each.parent.tag == "head"]
        if len(titles) != 1 or not titles[0].strip(" –"):
            yield f"titles: {titles}"
        levels = [int(each.tag[1]) for each in self.tagged("h1", "h2", "h3", "h4", "h5", "h6")]
        jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        if jumps:
            yield f"headings jump: {jumps}"

    def _names(self) -> Iterator[str]:
        labelled = {each.attributes.get("for") for each in self.tagged("label") if each.text}
        for control in self.tagged("input", "select", "textarea"):
            if control.attributes.get("type") not in UNLABELLED and not _is_named(control, labelled):
                yield f"no label: {control.tag} {control.attributes.get('name')}"
        for each in self.tagged("button", "a", "legend", "summary", "th", "label"):
            if not each.text and not each.attributes.get("aria-label"):
                yield f"no words: {each.tag} {each.attributes}"

    def _references(self) -> Iterator[str]:
        yield from (f"id {name!r} stands {count} times" for name, count in self.ids.items() if count > 1)
        for each in self.elements:
            named = " ".join(each.attributes.get(name, "") for name in REFERENCES).split()
            if each.tag == "a" and each.attributes.get("href", "").startswith("#"):
                named.append(each.attributes["href"][1:])
            yield from (f"{each.tag} points to no {name!r}" for name in named if name not in self.ids)

    def _inline(self) -> Iterator[str]:
        for each in self.elements:
            if each.tag == "style" or "style" in each.attributes:
                yield f"style in the page: {each.tag}"
            if each.tag == "script" and ("src" not in each.attributes or each.text):
                yield "script in the page"
            yield from (f"{name} in the page" for name in each.attributes if name.startswith("on"))
            if (
                each.attributes.get("href", "")
                .strip()
                .lower()
                .startswith(("javascript:", "data:", "vbscript:"))
            ):
                yield f"an address that is a program: {each.attributes['href'][:40]}"

    def _hosts(self, host: str) -> Iterator[str]:
        for each in self.elements:
            if each.tag in RESOURCES:
                address = each.attributes.get(RESOURCES[each.tag], "")
                if urlsplit(address).netloc not in ("", host):
                    yield f"{each.tag} from another host: {address}"

    def links_elsewhere(self, host: str) -> list[Element]:
        """The links that leave the platform, but for telephone and mail."""
        return [each for each in self.tagged("a", "area") if _leaves(each.attributes.get("href", ""), host)]

    def own_paths(self, host: str) -> set[str]:
        """The paths of this platform that the page links to."""
        found = (urlsplit(each.attributes.get("href", "")) for each in self.tagged("a", "link"))
        return {
            each.path
            for each in found
            if each.path and each.netloc in ("", host) and each.scheme in ("", "http")
        }


def _element(node: object, parent: Element | None) -> Element:
    given = node.attrib  # type: ignore[attr-defined]  # an ElementTree of html5lib, which has no types
    tag = node.tag.split("}")[-1] if isinstance(node.tag, str) else "!"  # type: ignore[attr-defined]  # as above
    own = Element(tag, {str(key): str(value) for key, value in given.items()}, parent)
    if tag == "!":
        return own
    own.own_text.append(node.text or "")  # type: ignore[attr-defined]  # as above
    for child in node:  # type: ignore[attr-defined]  # as above
        own.children.append(_element(child, own))
        own.own_text.append(child.tail or "")
    return own


def _is_named(control: Element, labelled: set[str | None]) -> bool:
    attributes = control.attributes
    inside = any(each.tag == "label" and each.text for each in control.lineage())
    said = attributes.get("aria-label") or attributes.get("aria-labelledby")
    return inside or bool(said) or attributes.get("id") in labelled


def _leaves(address: str, host: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme not in ("", "tel", "mailto") and parts.netloc != host
