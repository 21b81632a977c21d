"""Make the home page from one answer of the search: nothing on it is invented, everything is counted."""

from dataclasses import dataclass
from operator import attrgetter

from flask_babel import format_decimal, ngettext

from passerelle.search.page import FacetValue, SearchPage
from passerelle.search.request import SearchRequest
from passerelle.vocabulary import FORMS, PARTNER_KINDS, TARGET_GROUPS
from passerelle.web.public.country import OUTLINE, Dot, dot_at
from passerelle.web.sheets.addresses import search_address
from passerelle.web.sheets.cards import Card, card_of
from passerelle.web.sheets.words import known_commune, name_of

NEWEST = 3
GROUPS_SEEN = 9
PLACES_SEEN = 12


@dataclass(frozen=True)
class Door:
    """A way into the sheets: a form or a group, with how many sheets it has."""

    code: str
    label: str
    url: str
    count: int


@dataclass(frozen=True)
class Place:
    """A commune with published sheets; without a dot when its place on the map is not known."""

    nis: str
    name: str
    count: int
    sheets: str
    dot: Dot | None


@dataclass(frozen=True)
class Home:
    """What the home page shows."""

    total: int
    forms: tuple[Door, ...]
    groups: tuple[Door, ...]
    more_groups: tuple[Door, ...]
    newest: tuple[Card, ...]
    places: tuple[Place, ...]
    figures: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, str], ...]
    outline: str = OUTLINE

    @property
    def dots(self) -> list[Dot]:
        """The dots of the map, the largest first so that none hides another."""
        return sorted((each.dot for each in self.places if each.dot), key=attrgetter("radius"), reverse=True)

    @property
    def first_places(self) -> tuple[Place, ...]:
        """The communes with most sheets."""
        return self.places[:PLACES_SEEN]


def question(language: str) -> SearchRequest:
    """The search that the home page is made of: everything, the newest first."""
    return SearchRequest(per_page=NEWEST, language=language)


def home_of(page: SearchPage, language: str) -> Home:
    """The home page for a reader of `language`, from the answer to `question`."""
    groups = sorted(_doors(page, "group", language), key=lambda door: -door.count)
    places = _places(page.facets.get("commune", ()), language)
    return Home(
        total=page.total,
        forms=_doors(page, "form", language),
        groups=tuple(groups[:GROUPS_SEEN]),
        more_groups=tuple(groups[GROUPS_SEEN:]),
        newest=tuple(card_of(hit, language) for hit in page.hits),
        places=places,
        figures=_figures(page, len(places)),
        examples=_examples(language),
    )


def _doors(page: SearchPage, facet: str, language: str) -> tuple[Door, ...]:
    terms = FORMS if facet == "form" else TARGET_GROUPS
    counts = {each.value: each.count for each in page.facets.get(facet, ())}
    everything = SearchRequest(language=language)
    return tuple(
        Door(code, label, search_address(everything.choosing(facet, code)), counts.get(code, 0))
        for code, label in terms.choices(language)
    )


def _places(communes: tuple[FacetValue, ...], language: str) -> tuple[Place, ...]:
    """The communes with sheets, those with most first."""
    found = [_place(each, language) for each in communes if each.count]
    return tuple(sorted(found, key=lambda place: (-place.count, place.name)))


def _place(found: FacetValue, language: str) -> Place:
    commune = known_commune(found.value)
    return Place(
        nis=found.value,
        name=name_of(commune, language) if commune else found.value,
        count=found.count,
        sheets=ngettext("%(num)s sheet", "%(num)s sheets", found.count),
        dot=dot_at(commune.centre, found.count) if commune and commune.centre else None,
    )


def _figures(page: SearchPage, communes: int) -> tuple[tuple[str, str], ...]:
    languages = sum(1 for each in page.facets.get("written", ()) if each.count)
    return (
        (format_decimal(page.total), ngettext("published sheet", "published sheets", page.total)),
        (format_decimal(communes), ngettext("municipality", "municipalities", communes)),
        (format_decimal(languages), ngettext("language", "languages", languages)),
    )


def _examples(language: str) -> tuple[tuple[str, str], ...]:
    """Words to try, each with its search: labels, which every sheet that has them is found by."""
    terms = (TARGET_GROUPS.term("mothers"), PARTNER_KINDS.term("school"), FORMS.term("intrafamilial"))
    words = tuple(term.labels[language] for term in terms)
    return tuple((each, search_address(SearchRequest(words=each, language=language))) for each in words)
