"""Read a collection: sheets as the interchange writes them, and questions with judgments."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.documents import document_of
from passerelle.exchange.lines import SheetLine, UnreadableLine, lines_of, read_line
from passerelle.search.documents import SearchDocument
from passerelle.vocabulary import LANGUAGES

KINDS = ("keyword", "phrase", "question", "acronym", "noisy", "none")
"""Kinds of questions: single words, a few words, a whole sentence, letters, written wrong, without answer."""

GRADES = (1, 2, 3)  # has something to do with it; answers a part of it; is what was looked for

PUBLISHED = datetime(2026, 1, 1, 12, tzinfo=UTC)  # of every sheet: its age must not decide


class UnreadableCollection(ValueError):
    """A file of the collection is not in its format; the message names the line and what to mend."""


@dataclass(frozen=True)
class Query:
    """One question as somebody typed it, and how well each sheet answers it: ref -> grade."""

    id: str
    text: str
    language: str  # of the reader, and of the words
    kind: str
    judgments: Mapping[str, int]


@dataclass(frozen=True)
class Collection:
    """Sheets by their ref, in the order of the file, and what is asked of them."""

    name: str
    sheets: Mapping[str, SheetLine]
    queries: Sequence[Query]

    def language(self, ref: str) -> str:
        """The language the sheet is written in."""
        return self.sheets[ref].content.language


def read_collection(sheets: Path, queries: Path) -> Collection:
    """The collection of the two files. Raises `UnreadableCollection`, or `OSError` for a missing file."""
    known = read_sheets(sheets)
    return Collection(queries.stem, known, read_queries(queries, tuple(known)))


def read_sheets(file: Path) -> dict[str, SheetLine]:
    """The sheets of `file` by their ref; one without a ref is called by its place, from 1."""
    found: dict[str, SheetLine] = {}
    with file.open("rb") as opened:
        for place, line in enumerate((line for line in lines_of(opened) if line.strip()), 1):
            try:
                read = read_line(line.removeprefix("\ufeff"))
            except UnreadableLine as problem:
                raise UnreadableCollection(f"{file.name}, sheet {place}: {problem}") from problem
            ref = read.ref or str(place)
            if ref in found:
                raise UnreadableCollection(f"{file.name}, sheet {place}: the ref {ref} is there twice")
            found[ref] = read
    return found


def read_queries(file: Path, refs: Sequence[str]) -> list[Query]:
    """The questions of `file`; a judgment names a sheet by its ref, or by its place in the file of sheets."""
    by_place = {str(place): ref for place, ref in enumerate(refs, 1)}
    names = {**by_place, **{ref: ref for ref in refs}}
    found: dict[str, Query] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            query = _query(json.loads(line), names)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise UnreadableCollection(f"{file.name}, line {number}: {problem!r}") from problem
        if query.id in found:
            raise UnreadableCollection(f"{file.name}, line {number}: the id {query.id} is there twice")
        found[query.id] = query
    return list(found.values())


def documents(sheets: Mapping[str, SheetLine]) -> list[SearchDocument]:
    """What the index would hold if the sheets were online, numbered from 1 in their order."""
    return [document_of(number, line, PUBLISHED) for number, line in enumerate(sheets.values(), 1)]


def _query(given: Mapping[str, Any], names: Mapping[str, str]) -> Query:  # Any: JSON, checked value by value
    judgments = {names[str(name)]: int(grade) for name, grade in given["judgments"].items() if grade}
    query = Query(str(given["id"]), given["text"], given["language"], given.get("kind", "phrase"), judgments)
    if query.language not in LANGUAGES or query.kind not in KINDS:
        raise ValueError(f"language is one of {LANGUAGES}, kind one of {KINDS}")
    if not set(judgments.values()) <= set(GRADES):
        raise ValueError(f"a grade is one of {GRADES}")
    if bool(judgments) == (query.kind == "none"):
        raise ValueError("a question of the kind 'none' has no judgments, any other has some")
    return query
