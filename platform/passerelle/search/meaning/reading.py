"""Choose what of a sheet is read for its meaning: a few words on what it is, the whole, each sentence."""

import re

from passerelle.search.documents import SearchDocument
from passerelle.vocabulary import FORMS, TARGET_GROUPS

ROOM = 22
"""How many sentences of a sheet are kept apart; of more, the shortest neighbours are read as one."""

LONGEST = 1200
"""How many characters of one text are read: a vector of more says less."""

SHORTEST = 16
"""Shorter pieces are no sentences: they are read with what follows."""

_SECTIONS = ("activities", "objectives", "target_groups_text", "innovation", "outreach")
_ENDS = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")


def what_it_is(sheet: SearchDocument) -> str:
    """The sheet in a few words: title, summary, forms of violence and target groups."""
    labels = (FORMS.label(code, sheet.language) for code in FORMS.in_order(sheet.violence_forms))
    groups = (
        TARGET_GROUPS.label(code, sheet.language) for code in TARGET_GROUPS.in_order(sheet.target_groups)
    )
    return joined(sheet.title, sheet.summary, *labels, *groups)


def all_of(sheet: SearchDocument) -> str:
    """The sheet as one text, as much of it as is read in one go."""
    texts = (sheet.texts.get(section, "") for section in _SECTIONS)
    return joined(sheet.title, sheet.summary, *texts)


def sentences_of(sheet: SearchDocument) -> list[str]:
    """The sentences of the sheet, at least one and at most `ROOM`."""
    texts = (sheet.texts.get(section, "") for section in _SECTIONS)
    return fitted([sheet.title, *(each for text in (sheet.summary, *texts) for each in split(text))])


def split(text: str) -> list[str]:
    """`text` in sentences; a line end ends one, too."""
    found: list[str] = []
    short = ""
    for piece in _ENDS.split(text.strip()):
        whole = f"{short} {piece}".strip()
        if len(whole) < SHORTEST:
            short = whole
        else:
            found.append(whole[:LONGEST])
            short = ""
    return [*found, short] if short else found


def fitted(sentences: list[str]) -> list[str]:
    """`sentences`, or so many of them joined to their neighbours that no more than `ROOM` are left."""
    left = list(sentences)
    while len(left) > ROOM:
        at = min(range(len(left) - 1), key=lambda place: len(left[place]) + len(left[place + 1]))
        left[at : at + 2] = [f"{left[at]} {left[at + 1]}"[:LONGEST]]
    return left


def joined(*texts: str) -> str:
    """`texts` one after the other, as sentences."""
    return ". ".join(" ".join(text.split()).rstrip(".") for text in texts if text.strip())[:LONGEST]
