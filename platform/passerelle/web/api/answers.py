"""Put what the API answers into plain JSON values: an explicit list of keys, so that nothing slips in."""

from collections.abc import Iterable, Mapping
from typing import Any

from passerelle.accounts.models import Commune
from passerelle.search.page import Fragment, Hit, SearchPage
from passerelle.search.request import SearchRequest
from passerelle.sheets.models import Revision, Sheet, SheetStatus
from passerelle.vocabulary import (
    COST_KINDS,
    COST_UNITS,
    EVALUATION_KINDS,
    FORMS,
    LANGUAGE_NAMES,
    LANGUAGES,
    PARTNER_KINDS,
    PROVINCES,
    REGIONS,
    SECTIONS,
    TARGET_GROUPS,
)
from passerelle.web.sheets.addresses import absolute, sheet_address
from passerelle.web.sheets.labels import label_of

JsonObject = dict[str, Any]  # Any: a JSON value; docs/api.md says its shape

LISTS = (
    FORMS,
    TARGET_GROUPS,
    PARTNER_KINDS,
    EVALUATION_KINDS,
    COST_KINDS,
    COST_UNITS,
    REGIONS,
    PROVINCES,
    LANGUAGE_NAMES,
    SECTIONS,
)
"""The closed lists whose codes stand in the answers."""

CONTENT = (
    "title",
    "summary",
    "starts",
    "ends",
    "ongoing",
    "duration_note",
    "activities",
    "violence_forms",
    "objectives",
    "target_groups",
    "target_groups_text",
    "partnerships",
    "outreach",
    "web_page",
    "innovation",
    "evaluation_method",
    "evaluation_kinds",
    "costs",
    "language",
    "inhabitants",
    "sheet_date",
)
"""The keys of a sheet that everybody may read, as in the interchange format; a new key is not among them."""


def answer_of(asked: SearchRequest, page: SearchPage) -> JsonObject:
    """One page of results for `asked`, with labels and names for a reader of its language."""
    language = asked.language
    return {
        "total": page.total,
        "page": page.page,
        "per_page": page.per_page,
        "suggestion": page.suggestion,
        "literal": asked.literal,
        "also": [
            {"words": list(each.words), "concept": each.concept, "terms": dict(each.terms)}
            for each in page.also
        ],
        "results": [_result(hit, language) for hit in page.hits],
        "facets": {
            facet: [
                {"value": each.value, "label": label_of(facet, each.value, language), "count": each.count}
                for each in values
            ]
            for facet, values in page.facets.items()
        },
    }


def sheet_of(sheet: Sheet, shown: Revision, language: str) -> JsonObject:
    """Everything public of `shown`, the revision of `sheet` that is online. Of the contact: the function."""
    content = shown.content.to_json()
    return {
        "number": sheet.id,
        "ref": sheet.ref,
        "commune": {"nis": sheet.commune_nis, "name": sheet.commune.name(language)},
        "contact": {"job_title": shown.contact.job_title},
        "archived": sheet.status == SheetStatus.ARCHIVED,
        "revision": shown.number,
        "published_at": shown.published_at.isoformat() if shown.published_at else None,
        "url": _address_of(sheet.id, language),
        **{key: content[key] for key in CONTENT},
    }


def communes_of(communes: Iterable[Commune], language: str) -> JsonObject:
    """All communes, each with its name for a reader of `language` and its names in the three languages."""
    return {
        "communes": [
            {
                "nis": commune.nis,
                "name": commune.name(language),
                "names": {"fr": commune.name_fr, "nl": commune.name_nl, "de": commune.name_de},
                "languages": commune.languages.split(","),
                "province": commune.province,
                "region": commune.region,
            }
            for commune in communes
        ]
    }


def vocabulary_in(language: str) -> JsonObject:
    """The closed lists in their order: codes, labels in `language`, and the codes above each code."""
    lists: Mapping[str, object] = {
        each.name: [
            {"code": term.code, "label": each.label(term.code, language), "broader": list(term.broader)}
            for term in each
        ]
        for each in LISTS
    }
    return {"language": language, "languages": list(LANGUAGES), "lists": lists}


def _result(hit: Hit, language: str) -> JsonObject:
    marked = hit.highlights
    return {
        "number": hit.number,
        "ref": hit.ref or None,
        "title": hit.title,
        "summary": hit.summary,
        "commune": {"nis": hit.commune, "name": hit.commune_names.get(language, "")},
        "language": hit.language,
        "violence_forms": list(hit.violence_forms),
        "target_groups": list(hit.target_groups),
        "starts": hit.starts,
        "ends": hit.ends,
        "ongoing": hit.ongoing,
        "url": _address_of(hit.number, language),
        "nearby": hit.nearby,
        "highlights": {
            "title": _fragments(marked.title),
            "summary": _fragments(marked.summary),
            "extract": _fragments(marked.extract),
            "section": marked.section or None,
        },
    }


def _fragments(fragments: Iterable[Fragment]) -> list[JsonObject]:
    return [{"text": each.text, "marked": each.marked} for each in fragments]


def _address_of(number: int, language: str) -> str:
    return absolute(sheet_address(number, language))
