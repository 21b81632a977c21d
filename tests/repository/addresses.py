"""Every address that can be read, with values that lead somewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

LANGUAGES = ("fr", "nl", "de", "en")


@dataclass(frozen=True)
class Address:
    """One address that a browser can ask for."""

    endpoint: str
    path: str
    language: str | None  # of the page; None for what has no language


@dataclass(frozen=True)
class Values:
    """What stands in the addresses: `fixed` by the name of the part, the tokens by endpoint, every sheet."""

    fixed: dict[str, object]
    tokens: dict[str, str]
    sheets: tuple[int, ...]

    def of(self, rule: Rule) -> Iterator[dict[str, object]]:
        """The values of one route, once for each sheet where it names one; the language is left out."""
        known = self.fixed | {"token": self.tokens.get(rule.endpoint, "no such token")}
        fixed = {name: known[name] for name in rule.arguments - {"lang", "number"}}
        if "number" in rule.arguments:
            yield from (fixed | {"number": number} for number in self.sheets)
        else:
            yield fixed


def addresses(app: Flask, values: Values, language: str) -> Iterator[Address]:
    """One for each route that can be read, and for each sheet where the route names one."""
    router = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.endpoint.startswith("assets."):
            spoken = {"lang": language} if "lang" in rule.arguments else {}
            for given in values.of(rule):
                yield Address(rule.endpoint, router.build(rule.endpoint, given | spoken), spoken.get("lang"))
