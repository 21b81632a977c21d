"""All that can be searched at one moment: the segments of one generation, without what was deleted."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property, reduce
from itertools import accumulate, chain
from operator import or_

from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.questions import Wanted
from passerelle.search.documents import FINISHED, RUNNING, SearchDocument, status_on
from passerelle.search.engine import Entry, IndexUnusable
from passerelle.search.request import Sort
from passerelle.search.whoosh_engine.bits import all_of, bits_of
from passerelle.search.whoosh_engine.segment import Found, Segment


class View:
    """Documents 0 to `size`, numbered through all segments; it never changes, a commit makes another."""

    def __init__(self, generation: str, segments: list[Segment], deleted: list[frozenset[int]]) -> None:
        self.generation = generation
        self.segments = segments
        self.starts = [0, *accumulate(segment.size for segment in segments)]
        self.size = self.starts.pop()
        self._deleted = deleted
        self.numbers = list(chain.from_iterable(segment.facts.numbers for segment in segments))
        self.alive = self._alive()
        self.position = self._position()
        self.facets = self._facets()
        self._ranks: dict[tuple[Sort, str], list[int]] = {}

    def find(self, wanted: Wanted) -> list[tuple[int, Found]]:
        """Where `wanted` stands: the found documents of each segment, with the start of that segment."""
        return [
            (start, found)
            for start, segment in zip(self.starts, self.segments, strict=True)
            for found in chain(map(segment.term, wanted.terms), map(segment.sequence, wanted.sequences))
            if found.bits
        ]

    def bits_of(self, found: list[tuple[int, Found]]) -> int:
        """The living documents among `found`."""
        return self.alive & reduce(or_, (each.bits << start for start, each in found), 0)

    def status_on(self, today: date) -> dict[str, int]:
        """The living documents that are running and those that are finished."""
        members: dict[str, list[int]] = {RUNNING: [], FINISHED: []}
        lasting = list(chain.from_iterable(segment.facts.lasting for segment in self.segments))
        known = {
            (ends, ongoing): status_on(today, ends=ends, ongoing=ongoing) for ends, ongoing in set(lasting)
        }
        for document, times in enumerate(lasting):
            status = known[times]
            if status:
                members[status].append(document)
        return {status: bits_of(found, self.size) & self.alive for status, found in members.items()}

    def sheet(self, document: int) -> SearchDocument:
        """The whole of one document."""
        at = bisect_right(self.starts, document) - 1
        return self.segments[at].sheet(document - self.starts[at])

    def spelt(self, folded: str) -> int:
        """How many living sheets have the word `folded`."""
        everywhere = sum(segment.spelling.get(folded, 0) for segment in self.segments)
        return everywhere - self._gone_words[folded] if everywhere else 0

    def written(self, folded: str) -> str:
        """The word `folded` with the accents it has in most sheets of the first segment that has it."""
        having = next(segment for segment in self.segments if folded in segment.spelling)
        return having.accents.get(folded, folded)

    @cached_property
    def _gone_words(self) -> Counter[str]:
        gone: Counter[str] = Counter()
        for segment, deleted in zip(self.segments, self._deleted, strict=True):
            for place in deleted:
                gone.update(map(fold, segment.words(place)))
        return gone

    def entries(self) -> Iterator[Entry]:
        """What is held of every sheet."""
        for at, segment in enumerate(self.segments):
            for place in range(segment.size):
                if segment.facts.numbers[place] and place not in self._deleted[at]:
                    facts = segment.facts_of(place)
                    yield Entry(facts["number"], facts["revision_id"], facts["content_hash"])

    def documents_numbered(self, numbers: set[int]) -> list[int]:
        """The living documents of the sheets `numbers`; number 0 is the document of the position."""
        gone = {
            start + place
            for start, deleted in zip(self.starts, self._deleted, strict=True)
            for place in deleted
        }
        return [
            document
            for document, number in enumerate(self.numbers)
            if number in numbers and document not in gone
        ]

    def ranks(self, sort: Sort, language: str) -> list[int]:
        """The place of every document in the order `sort`, 0 for the first."""
        key = (sort, language if sort is Sort.COMMUNE else "")
        ranks = self._ranks.get(key)
        if ranks is None:
            ranks = [0] * self.size
            for rank, document in enumerate(self._ordered(*key)):
                ranks[document] = rank
            self._ranks[key] = ranks
        return ranks

    def _ordered(self, sort: Sort, language: str) -> list[int]:
        keys = list(chain.from_iterable(_sort_keys(segment, sort, language) for segment in self.segments))
        newest_first = sorted(range(self.size), key=self.numbers.__getitem__, reverse=True)
        latest_first = sort in {Sort.NEWEST, Sort.STARTED, Sort.RELEVANCE}
        return sorted(newest_first, key=keys.__getitem__, reverse=latest_first)

    def _alive(self) -> int:
        alive = bits_of((place for place, number in enumerate(self.numbers) if number), self.size)
        for start, segment, deleted in zip(self.starts, self.segments, self._deleted, strict=True):
            alive &= ~(bits_of(deleted, segment.size) << start)
        return alive & all_of(self.size)

    def _position(self) -> int:
        found = [
            position
            for segment, deleted in zip(self.segments, self._deleted, strict=True)
            for place, position in segment.facts.positions.items()
            if place not in deleted
        ]
        if len(found) != 1:
            raise IndexUnusable("the search index does not say how far it has come")
        return found[0]

    def _facets(self) -> dict[str, dict[str, int]]:
        facets: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for start, segment in zip(self.starts, self.segments, strict=True):
            for name, values in segment.facets.items():
                for value, bits in values.items():
                    facets[name][value] |= bits << start
        return {
            name: {value: living for value, bits in values.items() if (living := bits & self.alive)}
            for name, values in facets.items()
        }


def _sort_keys(segment: Segment, sort: Sort, language: str) -> list[str]:
    facts = segment.facts
    if sort is Sort.STARTED:
        return facts.started
    if sort is Sort.TITLE:
        return facts.titles
    if sort is not Sort.COMMUNE:
        return facts.published
    names = {
        nis: fold(labels.get(language) or min(labels.values(), default=nis))
        for nis, labels in facts.commune_names.items()
    }
    return [names[nis] for nis in facts.communes]
