"""What of a view depends on the day and on who reads: which sheets are running, fresh, in their language."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from passerelle.search.whoosh_engine.columns import NOT_SAID, YES
from passerelle.search.whoosh_engine.facets import Facets
from passerelle.search.whoosh_engine.tuning import FINISHED, OWN_LANGUAGE, STALE, STALE_AFTER_YEARS
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import LANGUAGES


class Day:
    """One view on one day."""

    def __init__(self, view: View, today: date) -> None:
        self.view = view
        columns = view.columns
        over = (columns.ends > 0) & (columns.ends < _number(today))
        said = (columns.ends > 0) | (columns.ongoing != NOT_SAID)
        self.running = (columns.ongoing == YES) | ((columns.ends > 0) & ~over)
        self.finished = said & ~self.running
        self.stale = (columns.published > 0) & (columns.published < _seconds(today, STALE_AFTER_YEARS))
        self._factors: dict[str, NDArray[np.float32]] = {}

    @cached_property
    def facets(self) -> Facets:
        """The facets of the view on this day."""
        return Facets(self.view, self.running, self.finished)

    def factors(self, language: str) -> NDArray[np.float32]:
        """What the score of every document is multiplied by for a reader of `language`."""
        factors = self._factors.get(language)
        if factors is None:
            own = self.view.columns.language == LANGUAGES.index(language)
            factors = np.where(own, np.float32(OWN_LANGUAGE), np.float32(1))
            factors *= np.where(self.finished, np.float32(FINISHED), np.float32(1))
            factors *= np.where(self.stale, np.float32(STALE), np.float32(1))
            self._factors[language] = factors
        return factors

    def reasons(self, document: int, language: str) -> Iterator[tuple[str, float]]:
        """The same for one document, each factor with its name; those of 1 are left out."""
        if self.view.columns.language[document] == LANGUAGES.index(language):
            yield "written in the language of the reader", OWN_LANGUAGE
        if self.finished[document]:
            yield "finished", FINISHED
        if self.stale[document]:
            yield "published long ago", STALE


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _seconds(day: date, years_before: int) -> float:
    first = day.replace(day=1, year=day.year - years_before)
    return datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()
