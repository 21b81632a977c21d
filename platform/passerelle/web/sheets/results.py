"""Make the search page from an answer of the search."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast

from babel.support import Translations
from flask_babel import get_translations, gettext

from passerelle.search.page import NoteKind, SearchPage
from passerelle.search.request import SearchRequest, Sort
from passerelle.web.molds import once
from passerelle.web.sheets.addresses import Links, search_address
from passerelle.web.sheets.cards import Card, card_of
from passerelle.web.sheets.labels import label_of
from passerelle.web.sheets.numbers import number_words

Ask = Callable[[SearchRequest], SearchPage]

MOST_WIDER = 3
MOST_TRIES = 8  # searches made to find the three
RELATED = 2
MOST_TERMS = 6  # that are named of all that was also looked for


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


class Chip(NamedTuple):
    """A filter in force, and the address of the same search without it."""

    label: str
    url: str


class Broader(NamedTuple):
    """What is said around the sheets about the broader form, which stand apart from the results."""

    heading: str
    explanation: str
    url: str
    label: str


class Also(NamedTuple):
    """What was looked for beside the words typed, each with its language, and the same search without it.

    `more` says that there is more than is shown. `meant` is the address with all of it, when it was left out.
    """

    terms: tuple[tuple[str, str], ...] = ()
    more: bool = False
    words_only: str = ""
    written_only: str = ""
    meant: str = ""


@dataclass(frozen=True)
class Results:
    """What the search page says; `words` are what was typed, `asked` what the links search for."""

    heading: str
    words: str
    asked: SearchRequest
    page: SearchPage
    links: Links
    chips: tuple[Chip, ...]
    sorts: tuple[SortLink, ...]
    remarks: tuple[str, ...]
    also: Also | None
    shown: str
    broader: Broader | None
    suggestion: str
    suggestion_url: str

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a new question keeps: the filters and the order."""
        return [pair for pair in self.asked.parameters() if pair[0] not in ("q", "page")]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of the filters sends along, so that ticking a box changes nothing else."""
        return [pair for pair in self.asked.parameters() if pair[0] in ("q", "literal", "sort")]


def results_of(request: SearchRequest, page: SearchPage, *, for_member: bool = False) -> Results:
    """The search page for `request`, which `page` answers; members are offered an order of their own."""
    asked = request.about(page.suggestion) if page.corrected and page.suggestion else request
    offered = page.suggestion if page.suggestion and not page.corrected else ""
    links = Links(asked)
    return Results(
        heading=_heading(asked, page.total),
        words=request.words,
        asked=asked,
        page=page,
        links=links,
        chips=tuple(_chips(asked, links)),
        sorts=tuple(_sorts(asked, links, for_member=for_member)),
        remarks=tuple(_remarks(request, page)),
        also=_also(asked, page),
        shown=_shown(page),
        broader=_broader(asked, page),
        suggestion=offered,
        suggestion_url=search_address(request.about(offered)) if offered else "",
    )


def _chips(asked: SearchRequest, links: Links) -> Iterator[Chip]:
    for facet, values in asked.facets.items():
        for value in values:
            yield Chip(label_of(facet, value, asked.language), links.without(facet, value))


def count_words(total: int) -> str:
    """So many sheets."""
    words = _words().ungettext("%(count)s sheet", "%(count)s sheets", total)
    return str(words) % {"count": number_words(total)}


def _words() -> Translations:
    """The catalogue of the reader's language: to ask Flask-Babel for each message takes longer."""
    return once(("catalogue",), lambda: cast("Translations", get_translations()))  # the package has no types


def _heading(asked: SearchRequest, total: int) -> str:
    if total and asked.words:
        words = _words().ungettext(
            "%(count)s sheet for “%(words)s”", "%(count)s sheets for “%(words)s”", total
        )
        return str(words) % {"count": number_words(total), "words": asked.words}
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
    words = once(("shown",), lambda: str(gettext("Sheets %(first)s to %(last)s of %(total)s")))
    numbers = {"first": page.first, "last": page.last, "total": page.total}
    return words % {name: number_words(number) for name, number in numbers.items()}


def _also(asked: SearchRequest, page: SearchPage) -> Also | None:
    if asked.literal:
        return Also(meant=search_address(asked.literally(False)))
    if not page.also:
        return None
    language = asked.language
    found = dict.fromkeys((code, term) for each in page.also for code, term in each.terms.items())
    seen: dict[str, tuple[str, str]] = {}
    for code, term in sorted(found, key=lambda each: each[0] != language):
        seen.setdefault(term.casefold(), (code, term))
    terms = tuple(seen.values())
    in_mine = "" if asked.chosen("written") else search_address(asked.choosing("written", language))
    return Also(
        terms=terms[:MOST_TERMS],
        more=len(terms) > MOST_TERMS,
        words_only=search_address(asked.literally()),
        written_only=in_mine,
    )


def _sorts(asked: SearchRequest, links: Links, *, for_member: bool) -> Iterator[SortLink]:
    """The orders; without words relevance says nothing, and the newest come first by themselves."""
    left_out, current = None, asked.sort
    if not asked.words:
        left_out, current = Sort.RELEVANCE, Sort.NEWEST if current is Sort.RELEVANCE else current
    for sort, label in once(("sorts",), _sort_labels).items():
        if sort is not left_out and (for_member or sort is not Sort.ALIKE):
            usual = not asked.words and sort is Sort.NEWEST
            yield SortLink(label, links.sorted_by(Sort.RELEVANCE if usual else sort), sort is current)


def _sort_labels() -> dict[Sort, str]:
    return {
        Sort.RELEVANCE: gettext("Relevance"),
        Sort.NEWEST: gettext("Newest"),
        Sort.STARTED: gettext("Start of the project"),
        Sort.TITLE: gettext("Title"),
        Sort.COMMUNE: gettext("Municipality"),
        Sort.ALIKE: gettext("Municipalities like mine"),
    }


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
        url=search_address(asked.choosing("form", group.form)),
        label=gettext("See all sheets about: %(form)s", form=form),
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
    if found:
        return Help(tuple(found), gettext("Related sheets"), related)
    newest = ask(SearchRequest(per_page=RELATED, language=asked.language)).hits
    return Help((), gettext("Newest sheets"), tuple(card_of(hit, asked.language) for hit in newest))


def _one_choice_less(asked: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    """The searches one step wider than `asked`, the nearest first, each with what it is called."""
    if asked.literal:
        yield gettext("With what your words mean"), asked.literally(False)
    for facet, values in asked.facets.items():
        label = ", ".join(label_of(facet, value, asked.language) for value in values)
        yield gettext("Without the filter “%(filter)s”", filter=label), asked.choosing(facet)
    if asked.words and asked.facets:
        plain = SearchRequest(words=asked.words, language=asked.language, literal=asked.literal)
        yield gettext("“%(words)s” without any filter", words=asked.words), plain
        yield gettext("With these filters, without the words"), asked.about("")
    words = asked.words.split()
    for word in sorted(set(words), key=lambda each: (-len(each), each)) if len(words) > 1 else ():
        yield gettext("Only “%(words)s”", words=word), asked.about(word)
