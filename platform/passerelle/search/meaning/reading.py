"""Choose what of a sheet is read for its meaning, in three parts: what it is, what is done, what for."""

from passerelle.search.documents import SearchDocument

LONGEST = 1200
"""How many characters of a part are read: a mean over more says less."""


def parts_of(sheet: SearchDocument) -> tuple[str, str, str]:
    """The texts of which a sheet's vectors are made, in their order; empty where the sheet says nothing."""
    texts = sheet.texts
    what = (sheet.title, sheet.summary)
    done = (texts.get("activities", ""),)
    purpose = (texts.get("objectives", ""), texts.get("target_groups_text", ""))
    return _joined(*what), _joined(*done), _joined(*purpose)


def _joined(*texts: str) -> str:
    return ". ".join(" ".join(text.split()).rstrip(".") for text in texts if text)[:LONGEST]
