"""The port behind which nearness of meaning works, with or without the package that computes it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from passerelle.search.documents import SearchDocument


class Near(NamedTuple):
    """A sheet whose meaning is near: its number, the text it had when it was read, and how near it is."""

    number: int
    content_hash: str
    closeness: float  # cosine, at most 1


class Meaning(Protocol):
    """Knows which sheets are near; it may know sheets that are gone, or changed since: the caller looks.

    Nothing it does raises: what cannot be known is not there. All methods may be called from any thread.
    """

    def near_words(
        self, words: str, limit: int, /, *, sure: bool = False, backed: Callable[[int], bool] | None = None
    ) -> Sequence[Near]:
        """At most `limit` sheets near what was typed, nearest first; none below the floor.

        When it is not `sure` (by the words found) that the question is about something the sheets speak of,
        the nearest must be nearer, or only those are there that are `backed`: their number has some of what
        was asked for. Nothing is found for nothing.
        """

    def near_sheet(self, number: int, limit: int, /) -> Sequence[Near]:
        """At most `limit` other sheets near the sheet `number`, nearest first; none below the floor."""

    def near_draft(self, draft: SearchDocument, limit: int, /) -> Sequence[Near]:
        """At most `limit` sheets near one somebody is writing, nearest first; none below the floor."""

    def version(self) -> str:
        """A name for what is known now: it differs after every change, so caches can be keyed by it."""


class NoMeaning:
    """What there is without the package: nothing is near."""

    def near_words(
        self,
        _words: str,
        _limit: int,
        /,
        *,
        sure: bool = False,  # noqa: ARG002 (the port)
        backed: Callable[[int], bool] | None = None,  # noqa: ARG002 (the port)
    ) -> Sequence[Near]:
        """See `Meaning.near_words`."""
        return ()

    def near_sheet(self, _number: int, _limit: int, /) -> Sequence[Near]:
        """See `Meaning.near_sheet`."""
        return ()

    def near_draft(self, _draft: SearchDocument, _limit: int, /) -> Sequence[Near]:
        """See `Meaning.near_draft`."""
        return ()

    def version(self) -> str:
        """See `Meaning.version`."""
        return ""
