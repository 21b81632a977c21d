"""One segment of the index as a search needs it: read once, valid for ever, since segments never change."""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from threading import RLock
from typing import Any, NamedTuple

from whoosh.reading import SegmentReader

from passerelle.search.analysis.folding import fold
from passerelle.search.analysis.questions import Sequence
from passerelle.search.documents import SearchDocument
from passerelle.search.whoosh_engine.bits import bits_of, documents_in
from passerelle.search.whoosh_engine.cache import WeightedCache
from passerelle.search.whoosh_engine.decoding import read_arrays as read_list
from passerelle.search.whoosh_engine.schema import (
    FACTS,
    SHEET,
    TERMS,
    WORDS,
    read_facts,
    read_sheet,
    read_words,
)

_KEPT = 64  # postings kept in memory for each document of the segment, of 8 bytes
_PLACES_KEPT = 8  # and places, of about 100 bytes


class Found(NamedTuple):
    """Documents of one segment, ascending, how strongly each is meant, and the same as a set."""

    documents: "array[int]"
    impacts: "array[float]"
    bits: int


@dataclass(slots=True)
class Facts:
    """What is known of every document of the segment, by its place; the position document has number 0."""

    numbers: "array[int]" = field(default_factory=lambda: array("q"))
    published: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    communes: list[str] = field(default_factory=list)
    commune_names: dict[str, dict[str, str]] = field(default_factory=dict)
    lasting: list[tuple[str | None, bool | None]] = field(default_factory=list)
    positions: dict[int, int] = field(default_factory=dict)


class Segment:
    """The facts, facet sets and posting lists of one segment."""

    def __init__(self, name: str, reader: SegmentReader) -> None:
        self.name = name
        self.size: int = reader.doc_count_all()
        self.facts = Facts()
        self.facets: dict[str, dict[str, int]] = {}
        self.accents: dict[str, str] = {}  # folded words of `spelling` that are written otherwise
        self._reader = reader
        self._lock = RLock()
        self._columns = {
            column: reader.column_reader(column, translate=False) for column in (FACTS, SHEET, WORDS)
        }
        self._found: WeightedCache[object, Found] = WeightedCache(_KEPT * (self.size + 64))
        self._places: WeightedCache[str, dict[int, bytes]] = WeightedCache(_PLACES_KEPT * (self.size + 64))
        self._read_facts()

    def facts_of(self, place: int) -> dict[str, Any]:  # Any: JSON, see schema.read_facts
        """The facts of the document at `place`, as they were stored."""
        return read_facts(self._columns[FACTS][place])

    def sheet(self, place: int) -> SearchDocument:
        """The whole document at `place`."""
        return read_sheet(self._columns[SHEET][place])

    def term(self, term: str) -> Found:
        """Where `term` stands."""
        found = self._found.get(term)
        if found is None:
            with self._lock:
                listed = read_list(self._reader, TERMS, term.encode())
            bits = bits_of(listed.documents, self.size) if listed.documents else 0
            found = Found(listed.documents, listed.weights, bits)
            self._found.put(term, found, len(listed.documents) + self.size // 64 + 8)
        return found

    def sequence(self, sequence: Sequence) -> Found:
        """Where the terms of `sequence` stand word by word."""
        found = self._found.get(sequence)
        if found is None:
            found = self._find_sequence(sequence)
            self._found.put(sequence, found, len(found.documents) + self.size // 64 + 8)
        return found

    @cached_property
    def spelling(self) -> dict[str, int]:
        """For each folded word how many documents have it, deleted ones too."""
        counts: Counter[str] = Counter()
        for place in range(self.size):
            counts.update(self.words(place))
        spelling: dict[str, int] = {}
        for word, count in counts.most_common():
            folded = intern(fold(word))
            spelling[folded] = spelling.get(folded, 0) + count
            if folded != word:
                self.accents.setdefault(folded, word)
        return spelling

    def words(self, place: int) -> list[str]:
        """The different words of the document at `place`, as written."""
        return read_words(self._columns[WORDS][place])

    def _find_sequence(self, sequence: Sequence) -> Found:
        near = -1
        for terms in filter(None, sequence):
            together = 0
            for term in terms:
                together |= self.term(term).bits
            near &= together
        places = {term: self._places_of(term) for terms in sequence for term in terms} if near else {}
        documents = [place for place in documents_in(near) if _follows(sequence, places, place)]
        first = next(filter(None, sequence))
        impacts = array("f", (max(self._impact(term, place) for term in first) for place in documents))
        return Found(array("I", documents), impacts, bits_of(documents, self.size))

    def _places_of(self, term: str) -> dict[int, bytes]:
        places = self._places.get(term)
        if places is None:
            with self._lock:
                listed = read_list(self._reader, TERMS, term.encode(), values=True)
            places = dict(zip(listed.documents, listed.values, strict=True))
            self._places.put(term, places, len(places))
        return places

    def _impact(self, term: str, document: int) -> float:
        found = self.term(term)
        place = bisect_left(found.documents, document)
        here = place < len(found.documents) and found.documents[place] == document
        return found.impacts[place] if here else 0.0

    def _read_facts(self) -> None:
        members: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place in range(self.size):
            stored = self.facts_of(place)
            if "position" in stored:
                self.facts.positions[place] = int(stored["position"])
            self._keep_facts(stored)
            for facet, values in _facet_values(stored):
                for value in values:
                    members[facet][value].append(place)
        self.facets = {
            facet: {value: bits_of(places, self.size) for value, places in by_value.items()}
            for facet, by_value in members.items()
        }

    def _keep_facts(self, stored: dict[str, Any]) -> None:  # Any: JSON, see schema.read_facts
        facts = self.facts
        facts.numbers.append(stored.get("number", 0))
        facts.published.append(stored.get("published_at", ""))
        facts.started.append(stored.get("starts") or "")
        facts.titles.append(fold(stored.get("title", ""))[:60])
        commune = stored.get("commune", "")
        facts.communes.append(commune)
        facts.commune_names.setdefault(commune, stored.get("commune_names", {}))
        facts.lasting.append((stored.get("ends"), stored.get("ongoing")))


def _follows(sequence: Sequence, places: dict[str, dict[int, bytes]], document: int) -> bool:
    """Whether the terms of `sequence` stand word by word somewhere in `document`."""
    starts: set[int] | None = None
    for offset, terms in enumerate(sequence):
        if not terms:
            continue
        here = {place - offset for term in terms for place in array("H", places[term].get(document, b""))}
        starts = here if starts is None else starts & here
        if not starts:
            return False
    return True


def _facet_values(stored: dict[str, Any]) -> list[tuple[str, list[str]]]:  # Any: JSON, see schema.read_facts
    if "number" not in stored:
        return []
    return [
        ("form", stored["violence_forms"]),
        ("group", stored["target_groups"]),
        ("region", [stored["region"]]),
        ("province", [stored["province"]]),
        ("commune", [stored["commune"]]),
        ("written", [stored["language"]]),
        ("evaluated", ["yes" if stored["evaluated"] else "no"]),
        ("partner", stored["partner_kinds"]),
    ]
