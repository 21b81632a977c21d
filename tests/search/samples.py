"""Sheets as the index sees them, made up for tests."""

import random
import re
from dataclasses import replace
from typing import Any

from passerelle.search.documents import SearchDocument
from passerelle.search.page import Fragment
from passerelle.vocabulary import FORMS, LANGUAGES, PARTNER_KINDS, TARGET_GROUPS

COMMUNES = {
    "53065": ({"fr": "Quaregnon", "nl": "Quaregnon"}, ("7390",), "hainaut", "wallonia"),
    "63023": ({"fr": "Eupen", "de": "Eupen"}, ("4700",), "liege", "wallonia"),
    "44021": ({"fr": "Gand", "nl": "Gent"}, ("9000",), "east_flanders", "flanders"),
    "21009": ({"fr": "Ixelles", "nl": "Elsene"}, ("1050",), "brussels", "brussels"),
}

CAFE = SearchDocument(
    number=1,
    revision_id=11,
    content_hash="cafe",
    ref="quaregnon-1",
    language="fr",
    title="Café des Mamans",
    summary="Groupe de discussion permettant de libérer la parole des femmes.",
    texts={
        "activities": "Un groupe de parole se réunit à la maison de quartier. L'école y participe.",
        "objectives": "Favoriser l'égalité et rompre l'isolement.",
        "target_groups_text": "Les mamans",
        "outreach": "Téléphone : 0800 30 030",
        "evaluation_method": "Comptage des présences.",
    },
    commune="53065",
    commune_names=COMMUNES["53065"][0],
    postal_codes=("7390",),
    province="hainaut",
    region="wallonia",
    violence_forms=("intrafamilial",),
    target_groups=("mothers",),
    partner_kinds=("cpas", "police"),
    starts="2013",
    ongoing=True,
    evaluated=True,
    published_at="2024-01-15T10:00:00+00:00",
)


def sheet(number: int, title: str = "Une fiche", **other: Any) -> SearchDocument:  # Any: one keyword a field
    """A sheet of Quaregnon that differs from `CAFE` in what is given, and has no words but those."""
    plain = replace(
        CAFE, number=number, revision_id=number + 10, content_hash=f"h{number}", ref=f"r{number}",
        title=title, summary="", texts={},
        violence_forms=(), target_groups=(), partner_kinds=(),
    )  # fmt: skip
    return replace(plain, **other)


def dutch(number: int, title: str, **other: Any) -> SearchDocument:  # Any: one keyword a field
    """A Dutch sheet of Ghent."""
    names, codes, province, region = COMMUNES["44021"]
    place: dict[str, Any] = {  # Any: one value a field
        "commune": "44021", "commune_names": names, "postal_codes": codes,
        "province": province, "region": region, "language": "nl",
    }  # fmt: skip
    return sheet(number, title, **{**place, **other})


WORDS = re.findall(r"\w+", "police école maison gewalt geweld praten jeunes ouders kind sport chant violence")


def random_sheets(count: int, seed: int) -> list[SearchDocument]:
    """`count` different sheets, the same for the same `seed`."""
    chance = random.Random(seed)
    return [_random_sheet(number, chance) for number in range(1, count + 1)]


def _random_sheet(number: int, chance: random.Random) -> SearchDocument:
    commune = chance.choice(sorted(COMMUNES))
    names, codes, province, region = COMMUNES[commune]
    return sheet(
        number,
        " ".join(chance.choices(WORDS, k=3)),
        summary=" ".join(chance.choices(WORDS, k=6)),
        texts={"activities": " ".join(chance.choices(WORDS, k=12))},
        language=chance.choice(LANGUAGES),
        commune=commune, commune_names=names, postal_codes=codes, province=province, region=region,
        violence_forms=tuple(chance.sample(FORMS.codes, k=chance.randint(0, 3))),
        target_groups=tuple(chance.sample(TARGET_GROUPS.codes, k=chance.randint(0, 2))),
        partner_kinds=tuple(chance.sample(PARTNER_KINDS.codes, k=chance.randint(0, 2))),
        starts=chance.choice([None, "2013", "2019-06", "2021-03-04"]),
        ends=chance.choice([None, "2020", "2031-06", "2026-11-22"]),
        ongoing=chance.choice([None, True, False]),
        evaluated=chance.random() < 0.5,
        inhabitants=chance.choice([None, 900, 10_000, 19_999, 60_000, 200_000]),
        published_at=f"20{chance.randint(10, 26)}-{chance.randint(1, 12):02}-01T00:00:00+00:00",
    )  # fmt: skip


def text_of(fragments: tuple[Fragment, ...]) -> str:
    """The whole text of marked fragments."""
    return "".join(fragment.text for fragment in fragments)


def marked(fragments: tuple[Fragment, ...]) -> list[str]:
    """The marked words among fragments."""
    return [fragment.text for fragment in fragments if fragment.marked]
