"""Answer an analysed question with Whoosh's own searcher over the same files: the reference of ours."""

import json
import struct
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.index import open_dir
from whoosh.query import And, Every, Or, Prefix, Term

from passerelle.search.analysis.questions import AnalysedQuestion, Sequence, Wanted
from passerelle.search.whoosh_engine.columns import RECORD
from passerelle.search.whoosh_engine.schema import SHEET, TERMS
from passerelle.vocabulary import LANGUAGES

_NUMBER = struct.Struct("<q")


class StockWhoosh:
    """A fresh searcher of the index that is current in `root`, opened as anybody would."""

    def __init__(self, root: Path) -> None:
        self._index = open_dir(str((root / "current").resolve()))
        self._searcher = self._index.searcher()
        reader = self._searcher.reader()
        self._sheets = reader.column_reader(SHEET)
        records = reader.column_reader(RECORD)
        self._numbers = {
            document: _NUMBER.unpack(records[document][: _NUMBER.size])[0]
            for document in self._searcher.docs_for_query(Every())
        }
        self._living = {document for document, number in self._numbers.items() if number}

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()
        self._index.close()

    def answers(self, question: AnalysedQuestion) -> set[int]:
        """The numbers of the sheets with every piece that must be there, and no excluded one."""
        required = [self.having(wanted) for wanted in question.wanted if not wanted.optional]
        barred: set[int] = set().union(*map(self.having, question.excluded))
        return self.living.intersection(*required) - barred

    @property
    def living(self) -> set[int]:
        """The numbers of all sheets."""
        return {self._numbers[document] for document in self._living}

    def having(self, wanted: Wanted) -> set[int]:
        """The numbers of the sheets with one piece of a question."""
        return {self._numbers[document] for document in self._having(wanted)}

    def counts(self, numbers: set[int], field: str) -> Counter[str]:
        """How many of the sheets `numbers` have each value of `field`, as the stored sheets say."""
        counts: Counter[str] = Counter()
        for document in self._living:
            if self._numbers[document] in numbers:
                stored: dict[str, Any] = json.loads(zlib.decompress(self._sheets[document]))  # Any: JSON
                value = stored[field]
                counts.update(value if isinstance(value, list) else [value])
        return counts

    def _having(self, wanted: Wanted) -> set[int]:
        choices = [Term(TERMS, term) for term in (*wanted.terms, *wanted.concepts)]
        choices += [Prefix(TERMS, f"{each}:{start}") for each in LANGUAGES for start in wanted.prefixes]
        found = self._documents(Or(choices)) if choices else set()
        for sequence in wanted.sequences:
            found |= self._following(sequence)
        needed = [self._having(part) for part in wanted.parts if not part.optional]
        return found | (set.intersection(*needed) if needed else set())

    def _documents(self, query: object) -> set[int]:
        return self._living & set(self._searcher.docs_for_query(query))

    def _following(self, sequence: Sequence) -> set[int]:
        """The documents in which the terms stand word by word, by the places that the postings hold."""
        near = self._documents(
            And([Or([Term(TERMS, term) for term in terms]) for terms in sequence if terms])
        )
        places = {term: self._places(term) for terms in sequence for term in terms}
        found = set()
        for document in near:
            starts = [
                {place - offset for term in terms for place in places[term].get(document, ())}
                for offset, terms in enumerate(sequence)
                if terms
            ]
            if set.intersection(*starts):
                found.add(document)
        return found

    def _places(self, term: str) -> dict[int, Iterable[int]]:
        reader = self._searcher.reader()
        found: dict[int, Iterable[int]] = {}
        if (TERMS, term.encode()) in reader:
            matcher = reader.postings(TERMS, term.encode())
            while matcher.is_active():
                found[matcher.id()] = array("H", matcher.value())
                matcher.next()
        return found
