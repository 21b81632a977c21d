"""The values the facets can have."""

from passerelle.search.documents import FINISHED, RUNNING, SIZE_CLASSES
from passerelle.vocabulary import FORMS, LANGUAGES, PARTNER_KINDS, PROVINCES, REGIONS, TARGET_GROUPS

YES = "yes"
NO = "no"


def closed_values(facet: str) -> tuple[str, ...]:
    """Every value `facet` can have, in the order in which people see them; none for communes: too many."""
    return {
        "form": FORMS.codes,
        "group": TARGET_GROUPS.codes,
        "region": REGIONS.codes,
        "province": PROVINCES.codes,
        "written": LANGUAGES,
        "size": SIZE_CLASSES,
        "status": (RUNNING, FINISHED),
        "evaluated": (YES, NO),
        "partner": PARTNER_KINDS.codes,
    }.get(facet, ())
