"""List the communes by province, with how many sheets each has published."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import ngettext

from passerelle.search.page import SearchPage
from passerelle.vocabulary import PROVINCES, REGIONS, provinces_of
from passerelle.vocabulary.communes import Commune, communes
from passerelle.web.sheets.words import name_of

LONGEST_NAME = 60  # characters that are looked for


@dataclass(frozen=True)
class Line:
    """A commune in the list; `sheets` says how many it has published, empty for none."""

    nis: str
    name: str
    other_names: str
    count: int
    sheets: str


@dataclass(frozen=True)
class Area:
    """A province, or Brussels, with its communes: those with sheets first, each part from A to Z."""

    code: str
    label: str
    region: str
    lines: tuple[Line, ...]

    @property
    def active(self) -> int:
        """How many of its communes have published sheets."""
        return sum(1 for line in self.lines if line.count)


def counts_of(page: SearchPage) -> Mapping[str, int]:
    """How many sheets each commune has published, by NIS code."""
    return {each.value: each.count for each in page.facets.get("commune", ())}


def directory(counts: Mapping[str, int], language: str, name: str = "") -> tuple[Area, ...]:
    """Every province with its communes, or those whose name has `name` in it in some language."""
    wanted = folded(name[:LONGEST_NAME])
    found = [each for each in communes() if not wanted or wanted in _spellings(each)]
    areas = (
        _area(code, region, [each for each in found if each.area == code], counts, language)
        for region in REGIONS.codes
        for code in provinces_of(region)
    )
    return tuple(area for area in areas if area.lines)


def _area(
    code: str, region: str, members: Iterable[Commune], counts: Mapping[str, int], language: str
) -> Area:
    lines = sorted(
        (_line(each, counts.get(each.nis, 0), language) for each in members),
        key=lambda line: (not line.count, folded(line.name)),
    )
    return Area(code, PROVINCES.label(code, language), REGIONS.label(region, language), tuple(lines))


def _line(commune: Commune, count: int, language: str) -> Line:
    name = name_of(commune, language)
    others = [each for _code, each in names_of(commune) if each not in name]
    sheets = ngettext("%(num)s sheet", "%(num)s sheets", count) if count else ""
    return Line(commune.nis, name, ", ".join(dict.fromkeys(others)), count, sheets)


def names_of(commune: Commune) -> tuple[tuple[str, str], ...]:
    """The names of a commune by language, those of its official languages first."""
    names = {"fr": commune.name_fr, "nl": commune.name_nl, "de": commune.name_de or ""}
    order = sorted(names, key=lambda code: (code not in commune.languages, code))
    return tuple((code, names[code]) for code in order if names[code])


def _spellings(commune: Commune) -> str:
    names = (*(name for _code, name in names_of(commune)), *commune.other_names, *commune.postal_codes)
    return "\n".join(folded(name) for name in names)


def folded(name: str) -> str:
    """`name` without case and accents, a hyphen as a space: how names are compared and sorted."""
    letters = unicodedata.normalize("NFKD", name.casefold().strip().replace("-", " "))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
