"""Make what a sheet's index card shows: from a search hit, or from a revision."""

from collections.abc import Sequence
from dataclasses import dataclass

from passerelle.search.page import Fragment, Hit
from passerelle.vocabulary import FORMS, TARGET_GROUPS
from passerelle.web.sheets.addresses import sheet_address
from passerelle.web.sheets.words import Labelled, known_commune, labelled, name_of, years_line

Text = str | Sequence[Fragment]


@dataclass(frozen=True)
class Card:
    """One sheet as `components/sheet.html: card` draws it; titles and texts are in `language`."""

    number: int
    url: str
    title: Text
    summary: Text
    extract: Text
    language: str
    commune_name: str
    province_name: str
    forms: tuple[Labelled, ...]
    groups: tuple[str, ...]
    years: str | None
    evaluated: bool
    status: str | None = None
    nearby: bool = False


def card_of(hit: Hit, language: str) -> Card:
    """The card of a sheet that the search found, for a reader of `language`; nothing else is asked."""
    name = hit.commune_names.get(language) or next(iter(hit.commune_names.values()), "")
    commune, area = place_of(hit.commune, name, language)
    return Card(
        number=hit.number,
        url=sheet_address(hit.number, language),
        title=hit.highlights.title or hit.title,
        summary=hit.highlights.summary or hit.summary,
        extract=hit.highlights.extract,
        language=hit.language,
        commune_name=commune,
        province_name=area,
        forms=labelled(FORMS, hit.violence_forms, language),
        groups=_group_names(hit.target_groups, language),
        years=years_line(hit.starts, hit.ends, hit.ongoing),
        evaluated=hit.evaluated,
        nearby=hit.nearby,
    )


def _group_names(codes: Sequence[str], language: str) -> tuple[str, ...]:
    return tuple(each.label for each in labelled(TARGET_GROUPS, codes, language))


def place_of(nis: str, name: str, language: str) -> tuple[str, str]:
    """The name of the commune and of where it lies; `name` when the list no longer has the commune."""
    found = known_commune(nis)
    if found is None:
        return name or nis, ""
    return name_of(found, language), found.area_name(language)
