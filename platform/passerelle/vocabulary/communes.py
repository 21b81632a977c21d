"""The 565 communes of Belgium: their names, their place, their official languages."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from passerelle.vocabulary.tables import Row, parts, read_table
from passerelle.vocabulary.terms import PROVINCES

GERMAN_COMMUNITY = "Ostbelgien"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune by its NIS code; the first of its official `languages` is its main one."""

    nis: str
    name_fr: str
    name_nl: str
    name_de: str | None
    province: str | None  # None in Brussels, which lies in no province
    region: str
    languages: tuple[str, ...]
    postal_codes: tuple[str, ...]
    other_names: tuple[str, ...] = ()  # in German or English, or of a commune that merged into this one
    centre: tuple[float, float] | None = None  # degrees north, degrees east (WGS 84)

    @property
    def area(self) -> str:
        """The code in `PROVINCES` of where it lies: its province, or `brussels`."""
        return self.province or self.region

    @property
    def german_speaking(self) -> bool:
        """Whether it belongs to the German-speaking Community."""
        return self.languages[0] == "de"

    @property
    def own_name(self) -> str:
        """The name in its main language."""
        return self._in(self.languages[0])

    def name(self, language: str) -> str:
        """The official name in that language, or else its own name (Gent, also in French)."""
        return self._in(language) if language in self.languages else self.own_name

    @property
    def full_name(self) -> str:
        """The name for headings that serve every reader: both names in Brussels (`Ixelles – Elsene`)."""
        names = [self._in(language) for language in self.languages] if self.region == "brussels" else []
        return " – ".join(dict.fromkeys(names)) or self.own_name

    def area_name(self, language: str) -> str:
        """Province, or Brussels, as shown beside the name: `Hainaut`, `Liège (Ostbelgien)`."""
        area = PROVINCES.label(self.area, language)
        return f"{area} ({GERMAN_COMMUNITY})" if self.german_speaking else area

    def _in(self, language: str) -> str:
        names = {"fr": self.name_fr, "nl": self.name_nl, "de": self.name_de}
        return names.get(language) or self.name_fr


class UnknownCommune(LookupError):
    """No commune of Belgium has that NIS code or name; `candidates` holds those that begin like it."""

    def __init__(self, message: str, candidates: tuple[Commune, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class AmbiguousCommune(LookupError):
    """Several communes have a name that is, or begins with, that text; `candidates` holds them."""

    def __init__(self, text: str, candidates: tuple[Commune, ...]) -> None:
        choices = ", ".join(f"{found.own_name} ({found.nis})" for found in candidates)
        super().__init__(f"{text!r} can be {choices}: write the NIS code")
        self.candidates = candidates


@cache
def communes() -> tuple[Commune, ...]:
    """Every commune, ordered by NIS code."""
    centres = {row["nis"]: (float(row["latitude"]), float(row["longitude"])) for row in read_table("centres")}
    return tuple(_commune(row, centres.get(row["nis"])) for row in read_table("communes"))


def _commune(row: Row, centre: tuple[float, float] | None) -> Commune:
    return Commune(
        nis=row["nis"],
        name_fr=row["fr"],
        name_nl=row["nl"],
        name_de=row["de"] or None,
        province=row["province"] or None,
        region=row["region"],
        languages=tuple(row["languages"].split()),
        postal_codes=tuple(row["postal_codes"].split()),
        other_names=parts(row["other_names"]),
        centre=centre,
    )


@cache
def _by_nis() -> Mapping[str, Commune]:
    return {found.nis: found for found in communes()}


def commune(nis: str) -> Commune:
    """The commune of that NIS code. Raises `UnknownCommune`."""
    try:
        return _by_nis()[nis]
    except KeyError:
        raise UnknownCommune(f"no commune of Belgium has the NIS code {nis!r}") from None


def find_commune(text: str) -> Commune:
    """The commune meant by a NIS code or by a name in any language, as people write them.

    Case, accents, hyphens and "Commune de", "Stad", "Gemeinde" before the name do not matter; a current
    name goes before that of a commune that merged. Raises `UnknownCommune` or `AmbiguousCommune`.
    """
    if (code := text.strip()) in _by_nis():
        return _by_nis()[code]
    for key in _readings(_key(text)):
        for names in (_by_name(), _by_other_name()):
            match names.get(key, ()):
                case (only,):
                    return only
                case (_, *_) as several:
                    raise AmbiguousCommune(text, tuple(several))
    raise _not_found(text[:80])


def _not_found(text: str) -> UnknownCommune | AmbiguousCommune:
    """What to say of a text that is no name: `Braine` begins three names, `Ottignies` one."""
    beginnings = tuple(f"{key} " for key in _readings(_key(text)))
    near = [found for key, (found, *_) in _by_name().items() if key.startswith(beginnings)]
    candidates = tuple(dict.fromkeys(near))
    if len(candidates) > 1:
        return AmbiguousCommune(text, candidates)
    hint = "".join(f", but there is {found.own_name} ({found.nis})" for found in candidates)
    return UnknownCommune(f"no commune of Belgium is called {text!r}{hint}: write its NIS code", candidates)


@cache
def _by_name() -> Mapping[str, tuple[Commune, ...]]:
    return _index({c: (c.name_fr, c.name_nl, c.name_de or "", c.full_name) for c in communes()})


@cache
def _by_other_name() -> Mapping[str, tuple[Commune, ...]]:
    return _index({c: c.other_names for c in communes()})


def _index(names: Mapping[Commune, tuple[str, ...]]) -> Mapping[str, tuple[Commune, ...]]:
    index: dict[str, dict[Commune, None]] = {}
    for found, spellings in names.items():
        for spelling in filter(None, spellings):
            for key in (_key(spelling), _key(spelling.translate(_UMLAUTS_WRITTEN_OUT))):
                index.setdefault(key, {})[found] = None
    return {key: tuple(found) for key, found in index.items()}


_UMLAUTS_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SAINTS = {"saint": "st", "sint": "st", "sankt": "st", "sainte": "ste"}
_NOT_LETTERS = re.compile(r"[^0-9a-z]+")


def _key(text: str) -> str:
    """`text` without case, accents and punctuation; every saint is `st`."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    words = _NOT_LETTERS.sub(" ", "".join(c for c in folded if not unicodedata.combining(c))).split()
    return " ".join(_SAINTS.get(word, word) for word in words)


_BEFORE_A_NAME = re.compile(
    r"^(?:l )?(?:administration communale|commune|ville|region"
    r"|gemeente|gemeentebestuur|stad|stadsbestuur|lokaal bestuur|gemeinde|gemeindeverwaltung|stadt"
    r"|municipality|city|town) "
)
# What joins the two, and what it leaves of the name: "commune du Roeulx" is Le Roeulx.
_JOINTS = (("de ", ""), ("d ", ""), ("du ", "le "), ("des ", "les "), ("van ", ""), ("von ", ""), ("of ", ""))


def _readings(key: str) -> list[str]:
    """The names a person may have meant, the most literal first."""
    readings = [key]
    rest = _BEFORE_A_NAME.sub("", key)
    if rest != key:
        readings.append(rest)
        readings += [left + rest.removeprefix(joint) for joint, left in _JOINTS if rest.startswith(joint)]
    return readings
