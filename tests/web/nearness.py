"""A meaning for tests of pages: what is near is said beforehand."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Flask

from passerelle.search.documents import SearchDocument
from passerelle.search.meaning.port import Near, NoMeaning
from passerelle.sheets.models import Sheet


class Said(NoMeaning):
    """The same sheets are near whatever is asked."""

    def __init__(self, near: Sequence[Near]) -> None:
        self._near = near

    def near_sheet(self, number: int, _limit: int, /) -> Sequence[Near]:
        """See `Meaning.near_sheet`."""
        return [near for near in self._near if near.number != number]

    def near_draft(self, _draft: SearchDocument, _limit: int, /) -> Sequence[Near]:
        """See `Meaning.near_draft`."""
        return self._near


def say_near(app: Flask, *sheets: Sheet) -> None:
    """From now on these published sheets are near everything, the first the nearest."""
    near = [
        Near(sheet.id, sheet.published.content_hash, 0.9 - place / 20)
        for place, sheet in enumerate(sheets)
        if sheet.published
    ]
    app.extensions["passerelle"] = replace(app.extensions["passerelle"], meaning=Said(near))
