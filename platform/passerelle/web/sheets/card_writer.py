"""Write the cards of a page of results: twenty a page, so from pieces of the card's template made once."""

from collections.abc import Sequence

from passerelle.search.documents import SearchDocument
from passerelle.search.page import Fragment, Hit
from passerelle.vocabulary import FORMS, TARGET_GROUPS
from passerelle.web.languages import current_language
from passerelle.web.molds import Mold, Pieces, escaped, hole, macro, once
from passerelle.web.sheets.addresses import before_number
from passerelle.web.sheets.cards import place_of
from passerelle.web.sheets.words import labelled, years_line

TEMPLATE = "components/sheet.html"


Look = tuple[str, int, bool, bool]
"""What decides which parts a card has: its language, the rank of its title, whether extract and nearby."""


class CardWriter:
    """Writes cards for readers of one language, as the macro `card` would, ten times faster.

    Every text of a sheet is escaped here; all else comes from the template and from closed lists.
    """

    def __init__(self) -> None:
        self._language = current_language()
        self._before_number = before_number(self._language)
        marked = macro(TEMPLATE, "fragments")([(hole("word"), True)])
        self._before_mark, self._after_mark = Mold(marked, ["word"]).around()
        self._cards = Pieces(_mold_of_card)
        self._tabs = Pieces(self._tab_of)
        self._facts = Pieces(self._facts_of)
        self._groups = Pieces(self._groups_of)
        self._years = Pieces(_years_of)
        self._lines = Pieces(_mold_of_line)

    def write(self, hits: Sequence[Hit], level: int) -> str:
        """The cards of `hits`, one after the other."""
        return "\n".join([self._card(hit, level) for hit in hits])

    def _card(self, hit: Hit, level: int) -> str:
        sheet, texts, nearby = hit
        name = sheet.commune_names.get(self._language) or next(iter(sheet.commune_names.values()), "")
        values = [
            self._tabs[sheet.commune, name, sheet.language],
            f"{self._before_number}{sheet.number}",
            self._text(texts.title) or escaped(sheet.title),
            self._text(texts.summary) or escaped(sheet.summary),
        ]
        if texts.extract:
            values.append(self._text(texts.extract))
        values += (self._facts[sheet.violence_forms], self._line(sheet))
        return self._cards[sheet.language, level, bool(texts.extract), nearby].fill(values)

    def _text(self, fragments: Sequence[Fragment]) -> str:
        """The pieces of a text, escaped, those looked for marked."""
        before, after = self._before_mark, self._after_mark
        return "".join(
            [f"{before}{escaped(text)}{after}" if marked else escaped(text) for text, marked in fragments]
        )

    def _line(self, sheet: SearchDocument) -> str:
        groups, years = (
            self._groups[sheet.target_groups],
            self._years[sheet.starts, sheet.ends, sheet.ongoing],
        )
        mold = self._lines[bool(groups), bool(years), sheet.evaluated]
        return mold.fill([each for each in (groups, years) if each])

    def _tab_of(self, key: tuple[str, str, str]) -> str:
        nis, name, language = key
        commune, area = place_of(nis, name, self._language)
        return macro(TEMPLATE, "tab")(commune, area, language)

    def _facts_of(self, codes: tuple[str, ...]) -> str:
        return macro(TEMPLATE, "facts")(labelled(FORMS, codes, self._language))

    def _groups_of(self, codes: tuple[str, ...]) -> str:
        return escaped(", ".join(each.label for each in labelled(TARGET_GROUPS, codes, self._language)))


def write_cards(hits: Sequence[Hit], level: int = 2) -> str:
    """The cards of `hits` for the reader of this request, their titles being headings of that rank."""
    return once(("cards",), CardWriter).write(hits, level)


def _years_of(period: tuple[str | None, str | None, bool | None]) -> str:
    return escaped(years_line(*period) or "")


def _mold_of_card(look: Look) -> Mold:
    language, level, extract, nearby = look
    names = ["tab", "url", "title", "summary", *(["extract"] if extract else []), "facts", "line"]
    parts = {"extract": "", "nearby": nearby} | {name: hole(name) for name in names}
    return Mold(macro(TEMPLATE, "card_of")(level=level, language=language, **parts), names)


def _mold_of_line(has: tuple[bool, bool, bool]) -> Mold:
    names = [name for name, there in zip(("groups", "years"), has, strict=False) if there]
    groups, years = (hole(name) if name in names else "" for name in ("groups", "years"))
    return Mold(macro(TEMPLATE, "line")(groups, years, has[2]), names)
