"""The port behind which a search engine works: what it must do, and how it may fail."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from passerelle.search.documents import SearchDocument
from passerelle.search.explanation import Explanation
from passerelle.search.page import SearchPage
from passerelle.search.request import SearchRequest
from passerelle.vocabulary.thesaurus import Edit, Thesaurus

Progress = Callable[[int], None]
"""Called now and then during a rebuild with the number of sheets read so far."""


class SearchError(Exception):
    """The search cannot do what was asked; the message never holds a path or a word of a visitor."""


class IndexUnusable(SearchError):
    """There is no index, or it is damaged, or its folder is not safe: build it again (`rebuild`)."""


class IndexBusy(SearchError):
    """Somebody else is writing to the index: the work remains to be done, try again later."""


class Entry(NamedTuple):
    """What the index says it holds of one sheet; the consistency check compares it with the database."""

    number: int
    revision_id: int
    content_hash: str


class SearchEngine(Protocol):
    """Stores public sheets and finds them again.

    `position` is the number of the last job whose consequences are in the index. It is stored in the index
    itself, in the same commit as the sheets, so that a crash repeats work and never skips it.

    Every method but `rebuild`, `alone` and `close` raises `IndexUnusable` when the index is missing or
    damaged, whatever the damage. `put`, `remove`, `rebuild`, `tidy` and `alone` raise `IndexBusy` when
    another writer does not let go in time. Searching never waits for a writer. All methods may be called
    from any thread.
    """

    def put(self, documents: Iterable[SearchDocument], position: int) -> None:
        """Afterwards exactly these versions of the sheets are found, and `position()` is `position`.

        With no documents only the position moves. Putting the same again changes nothing.
        """

    def remove(self, numbers: Iterable[int], position: int, *, forget: bool = False) -> None:
        """Afterwards the sheets are found nowhere; numbers that are not in the index are no error.

        With `forget` their words have also left the vocabulary and the files, which may take seconds.
        """

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        position: int,
        progress: Progress | None = None,
        *,
        edits: Iterable[Edit] = (),
    ) -> int:
        """Replace the whole index, whatever its condition; answers how many sheets it holds now.

        From now on sheets and questions are read with the shipped thesaurus and these `edits` of it; the
        index keeps them, and `put` and `remove` leave them as they are. Until it is complete the old index
        goes on answering; if `documents` raises, the old one stays.
        """

    def alone(self) -> AbstractContextManager[None]:
        """Until its end nobody but this thread writes, whatever process they are in; there need be no index.

        For who decides by what is in the index or the database, and writes by what was decided. This thread
        may write, and ask for it again.
        """

    def tidy(self) -> bool:
        """Merge some of what many small `put`s left behind; nothing a reader sees changes.

        For idle moments: it may take seconds. Answers whether there was anything to do, and maybe still is.
        """

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer any request, in time linear in its length; see `SearchPage`."""

    def explain(self, request: SearchRequest, number: int) -> Explanation | None:
        """Why the sheet `number` stands where it stands in the answer to `request`.

        None when the index holds no such sheet. For people who look after the search: it may take a while.
        """

    def complete(self, prefix: str, limit: int) -> list[str]:
        """At most `limit` words as sheets write them that begin with `prefix`, the most frequent first.

        Accents and capitals do not matter. What is not the beginning of a word has none.
        """

    def thesaurus(self) -> Thesaurus:
        """The thesaurus with which the index was written: the shipped one, with the edits of `rebuild`.

        An index written with another shipped thesaurus is unusable.
        """

    def position(self) -> int:
        """The number of the last job contained."""

    def contents(self) -> Iterator[Entry]:
        """All sheets in the index, in no particular order."""

    def sheets(self, numbers: Iterable[int]) -> list[SearchDocument]:
        """Those of the sheets `numbers` that are in the index, in the order of `numbers`."""

    def generation(self) -> str:
        """A name for what is visible now: it differs after every change, so caches can be keyed by it."""

    def is_stale(self) -> bool:
        """Whether something newer has been written than what this process last searched."""

    def verify(self) -> None:
        """Compare every file with its hash; raises `IndexUnusable` when one differs."""

    def close(self) -> None:
        """Let go of files and memory; a later call opens them again."""
