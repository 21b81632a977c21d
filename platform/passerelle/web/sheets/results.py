"""Make the search page from an answer of the search."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import format_decimal, gettext, ngettext

from passerelle.search.page import NoteKind, SearchPage
from passerelle.search.request import SearchRequest, Sort
from passerelle.web.sheets.cards import Card, card_of
from passerelle.web.sheets.filters import (
    Chip,
    Filter,
    chips_of,
    feed_address,
    filters_of,
    label_of,
    search_address,
)

Ask = Callable[[SearchRequest], SearchPage]

MOST_WIDER = 3
MOST_TRIES = 8  # searches made to find the three
RELATED = 2


class SortLink(NamedTuple):
    """One order of the results."""

    label: str
    url: str
    current: bool


class Wider(NamedTuple):
    """A search that finds something where this one found nothing."""

    label: str
    url: str
    number: str


class Help(NamedTuple):
    """What a page without results offers instead."""

    wider: tuple[Wider, ...]
    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Broader:
    """Sheets about the broader form, apart from the results."""

    heading: str
    explanation: str
    cards: tuple[Card, ...]
    all_url: str
    all_label: str


@dataclass(frozen=True)
class Results:
    """Everything the search page shows; `words` are what was typed, `asked` what the links search for."""

    heading: str
    words: str
    asked: SearchRequest
    page: SearchPage
    cards: tuple[Card, ...]
    filters: tuple[Filter, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    sorts: tuple[SortLink, ...]
    remarks: tuple[str, ...]
    shown: str
    broader: Broader | None
    suggestion: str
    suggestion_url: str

    def address_of(self, number: int) -> str:
        """The address of another page of this answer."""
        return search_address(self.asked.on_page(number))

    @property
    def feed_url(self) -> str:
        """The feed of this search."""
        return feed_address(self.asked)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a new question keeps: the filters and the order."""
        return [pair for pair in self.asked.parameters() if pair[0] not in ("q", "page")]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of the filters sends along, so that ticking a box changes nothing else."""
        return [pair for pair in self.asked.parameters() if pair[0] in ("q", "sort")]


def results_of(request: SearchRequest, page: SearchPage) -> Results:
    """The search page for `request`, which `page` answers."""
    asked = request.about(page.suggestion) if page.corrected and page.suggestion else request
    offered = page.suggestion if page.suggestion and not page.corrected else ""
    return Results(
        heading=_heading(asked, page.total),
        words=request.words,
        asked=asked,
        page=page,
        cards=tuple(card_of(hit, request.language) for hit in page.hits),
        filters=filters_of(asked, page),
        chips=chips_of(asked),
        clear_url=search_address(SearchRequest(words=asked.words, language=asked.language)),
        sorts=_sorts(asked),
        remarks=tuple(_remarks(request, page)),
        shown=_shown(page),
        broader=_broader(asked, page),
        suggestion=offered,
        suggestion_url=search_address(request.about(offered)) if offered else "",
    )


def count_words(total: int) -> str:
    """So many sheets."""
    return str(ngettext("%(count)s sheet", "%(count)s sheets", total, count=format_decimal(total)))


def _heading(asked: SearchRequest, total: int) -> str:
    if total and asked.words:
        plural = ngettext(
            "%(count)s sheet for “%(words)s”",
            "%(count)s sheets for “%(words)s”",
            total,
            count=format_decimal(total),
            words=asked.words,
        )
        return str(plural)
    if total:
        return count_words(total)
    if asked.words:
        return str(gettext("No sheet for “%(words)s”", words=asked.words))
    return str(gettext("No sheet with these filters") if asked.facets else gettext("No sheet published yet"))


def _shown(page: SearchPage) -> str:
    if not page.hits:
        return ""
    if page.total == 1:
        return count_words(1)
    first, last, total = (format_decimal(number) for number in (page.first, page.last, page.total))
    return str(gettext("Sheets %(first)s to %(last)s of %(total)s", first=first, last=last, total=total))


def _sorts(asked: SearchRequest) -> tuple[SortLink, ...]:
    """The orders; without words relevance says nothing, and the newest come first by themselves."""
    labels = {
        Sort.RELEVANCE: gettext("Relevance"),
        Sort.NEWEST: gettext("Newest"),
        Sort.STARTED: gettext("Start of the project"),
        Sort.TITLE: gettext("Title"),
        Sort.COMMUNE: gettext("Municipality"),
    }
    current = asked.sort
    if not asked.words:
        labels = {Sort.RELEVANCE: labels.pop(Sort.NEWEST)} | {k: v for k, v in labels.items() if k != current}
    return tuple(_sort_links(asked, labels))


def _sort_links(asked: SearchRequest, labels: dict[Sort, str]) -> Iterator[SortLink]:
    for sort, label in labels.items():
        yield SortLink(label, search_address(asked.sorted_by(sort)), sort is asked.sort)


def _remarks(request: SearchRequest, page: SearchPage) -> Iterator[str]:
    """What the reader should know of how the words were read, a sentence each."""
    if page.corrected and page.suggestion:
        yield gettext(
            "No sheet contains “%(words)s”. These are the results for “%(other)s”.",
            words=request.words,
            other=page.suggestion,
        )
    for note in page.notes:
        words = ", ".join(note.words)
        match note.kind:
            case NoteKind.IGNORED:
                yield gettext("Too common to look for, and left out: %(words)s.", words=words)
            case NoteKind.CUT:
                yield gettext("Your question is long. Not looked for: %(words)s.", words=words)
            case NoteKind.SOME if page.hits:
                yield gettext(
                    "No sheet has all your words. These have most of them; not found: %(words)s.", words=words
                )


def _broader(asked: SearchRequest, page: SearchPage) -> Broader | None:
    group = page.broader
    if group is None or not group.hits:
        return None
    form = label_of("form", group.form, asked.language)
    return Broader(
        heading=gettext("Also about: %(form)s", form=form),
        explanation=gettext(
            "This form is broader than the one you chose: these sheets concern it without naming yours."
        ),
        cards=tuple(card_of(hit, asked.language) for hit in group.hits),
        all_url=search_address(asked.choosing("form", group.form)),
        all_label=gettext("See all sheets about: %(form)s", form=form),
    )


def help_for(asked: SearchRequest, ask: Ask) -> Help:
    """What helps when `asked` found nothing: at most three searches that drop one choice and find something.

    With them some sheets of the first of these, or else the newest of all.
    """
    found: list[Wider] = []
    related: tuple[Card, ...] = ()
    for label, request in list(_one_choice_less(asked))[:MOST_TRIES]:
        page = ask(request)
        if page.total and not page.corrected:
            found.append(Wider(label, search_address(request), count_words(page.total)))
            related = related or tuple(card_of(hit, asked.language) for hit in page.hits[:RELATED])
        if len(found) == MOST_WIDER:
            break
    if related:
        return Help(tuple(found), gettext("Related sheets"), related)
    newest = ask(SearchRequest(per_page=RELATED, language=asked.language)).hits
    return Help((), gettext("Newest sheets"), tuple(card_of(hit, asked.language) for hit in newest))


def _one_choice_less(asked: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    """The searches one step wider than `asked`, the nearest first, each with what it is called."""
    for facet, values in asked.facets.items():
        for value in values:
            label = label_of(facet, value, asked.language)
            yield gettext("Without the filter “%(filter)s”", filter=label), asked.without(facet, value)
    if asked.words and asked.facets:
        plain = SearchRequest(words=asked.words, language=asked.language)
        yield gettext("“%(words)s” without any filter", words=asked.words), plain
        yield gettext("With these filters, without the words"), asked.about("")
    words = asked.words.split()
    for word in sorted(set(words), key=lambda each: (-len(each), each)) if len(words) > 1 else ():
        yield gettext("Only “%(words)s”", words=word), asked.about(word)
