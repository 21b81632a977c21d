"""The words of the values of the facets, in the four languages."""

from collections.abc import Mapping

from flask_babel import gettext

from passerelle.vocabulary import FORMS, LANGUAGE_NAMES, PARTNER_KINDS, PROVINCES, REGIONS, TARGET_GROUPS
from passerelle.vocabulary.communes import communes
from passerelle.web.molds import Pieces, once
from passerelle.web.sheets.words import known_commune, name_of

LISTS = {
    "form": FORMS,
    "group": TARGET_GROUPS,
    "region": REGIONS,
    "province": PROVINCES,
    "written": LANGUAGE_NAMES,
    "partner": PARTNER_KINDS,
}


def label_of(facet: str, value: str, language: str) -> str:
    """The words of one value of a facet; the value itself when nothing is known of it."""
    return once(("labels", language), lambda: _labels(language))[facet, value]


def _labels(language: str) -> Pieces[tuple[str, str], str]:
    return Pieces(lambda key: _label_of(key[0], key[1], language))


def alphabet(facet: str, language: str) -> Mapping[str, int]:
    """The place of each value of `facet` in the alphabetical order of their labels."""
    return once(("alphabet", facet, language), lambda: _alphabet(facet, language))


def _alphabet(facet: str, language: str) -> Mapping[str, int]:
    values = [each.nis for each in communes()] if facet == "commune" else LISTS[facet].codes
    in_order = sorted(values, key=lambda value: label_of(facet, value, language))
    return {value: place for place, value in enumerate(in_order)}


def _label_of(facet: str, value: str, language: str) -> str:
    if facet in LISTS:
        return LISTS[facet].label(value, language) if value in LISTS[facet] else value
    if facet == "commune":
        found = known_commune(value)
        return name_of(found, language) if found else value
    return _plain_labels().get((facet, value), value)


def _plain_labels() -> Mapping[tuple[str, str], str]:
    return {
        ("status", "running"): gettext("Running"),
        ("status", "finished"): gettext("Finished"),
        ("evaluated", "yes"): gettext("With an evaluation"),
        ("evaluated", "no"): gettext("Not evaluated yet"),
        ("size", "s1"): gettext("Fewer than 10,000 inhabitants"),
        ("size", "s2"): gettext("10,000 to 20,000 inhabitants"),
        ("size", "s3"): gettext("20,000 to 50,000 inhabitants"),
        ("size", "s4"): gettext("50,000 to 100,000 inhabitants"),
        ("size", "s5"): gettext("100,000 inhabitants or more"),
    }
