"""SQLite's full-text search, with what Python has; facets by SQL."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.peers.port import (
    FACETS,
    HITS,
    VALUES,
    WIDTH,
    Asked,
    Found,
    body_of,
    day_of,
    escaped,
    one_slip_from,
    places_of,
)
from passerelle.search.documents import SearchDocument

TABLES = """
create table sheet (number integer primary key, title, summary, body, commune int, written int, day int,
                    form int, "group" int);
create index sheet_day on sheet (day, number);
create virtual table words using fts5 (title, summary, body, content='sheet', content_rowid='number',
                                       tokenize="unicode61 remove_diacritics 2");
create virtual table spelt using fts5vocab (words, row);
"""
MASKED = ("form", "group")  # stored as bit masks: a sheet has several
EXTRACT = "snippet(words, 2, '<b>', '</b>', '…', 32)"


class Fts5:
    """Words folded and in small letters, three weighted columns, facets as columns beside them."""

    def build(self, documents: Iterable[SearchDocument], place: Path) -> None:
        """See `Peer.build`."""
        self.open(place)
        self._base.executescript(TABLES)
        self._base.execute("begin")
        for document in documents:
            self._insert(document)
        self._base.execute("insert into words (words, rank) values ('rank', 'bm25(3.0, 2.0, 1.0)')")
        self._base.execute("commit")
        self._base.execute("insert into words (words) values ('optimize')")
        self._base.execute("analyze")
        self._base.execute("pragma wal_checkpoint(truncate)")
        self._base.close()

    def open(self, place: Path) -> None:
        """See `Peer.open`."""
        self._base = sqlite3.connect(place, isolation_level=None)
        for pragma in ("journal_mode=wal", "synchronous=normal", "mmap_size=2147418112", "cache_size=-65536"):
            self._base.execute(f"pragma {pragma}")

    def search(self, asked: Asked) -> Found:
        """See `Peer.search`."""
        words = asked.words
        total, facets = self._facets(asked, words)
        if not total and asked.mode == "typo":
            words = tuple(map(self._mended, words))
            total, facets = self._facets(asked, words)
        return Found(total, self._hits(asked, words), facets)

    def update(self, document: SearchDocument) -> None:
        """See `Peer.update`."""
        self._base.execute("begin immediate")
        old = self._base.execute(
            "select title, summary, body from sheet where number = ?", (document.number,)
        ).fetchone()
        if old:
            self._base.execute(
                "insert into words (words, rowid, title, summary, body) values ('delete', ?, ?, ?, ?)",
                (document.number, *old),
            )
            self._base.execute("delete from sheet where number = ?", (document.number,))
        self._insert(document)
        self._base.execute("commit")

    def _insert(self, document: SearchDocument) -> None:
        texts = (document.title, document.summary, body_of(document))
        commune, written = (places_of(document, name)[0] for name in ("commune", "written"))
        masks = [sum(1 << place for place in places_of(document, name)) for name in MASKED]
        self._base.execute(
            "insert into sheet values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (document.number, *texts, commune, written, day_of(document), *masks),
        )
        self._base.execute(
            "insert into words (rowid, title, summary, body) values (?, ?, ?, ?)", (document.number, *texts)
        )

    def _hits(self, asked: Asked, words: tuple[str, ...]) -> list[tuple[int, str, str]]:
        ticked = _ticked(asked)
        if not words:
            order = "day desc, number" if asked.newest else "number"
            rows = self._base.execute(
                f"select number, title, substr(summary, 1, {WIDTH}) from sheet s where 1 {ticked} order by {order} limit {HITS}"  # noqa: S608, E501 (nothing in it comes from outside)
            )
            return [(number, title, escaped(text)) for number, title, text in rows]
        question = _expression(asked, words)
        if not ticked and not asked.newest:
            return self._base.execute(
                f"select rowid, title, {EXTRACT} from words where words match ? order by rank limit {HITS}",  # noqa: S608 (as above)
                (question,),
            ).fetchall()
        order = "s.day desc, s.number" if asked.newest else "rank"
        first = self._base.execute(
            f"select s.number from words join sheet s on s.number = words.rowid where words match ? {ticked} order by {order} limit {HITS}",  # noqa: S608, E501 (as above)
            (question,),
        ).fetchall()
        numbers = ", ".join(str(number) for (number,) in first)
        rows = self._base.execute(
            f"select rowid, title, {EXTRACT} from words where words match ? and rowid in ({numbers})",  # noqa: S608 (as above)
            (question,),
        )
        known = {row[0]: row for row in rows}
        return [known[number] for (number,) in first]

    def _facets(self, asked: Asked, words: tuple[str, ...]) -> tuple[int, dict[str, dict[str, int]]]:
        source = (
            "words join sheet s on s.number = words.rowid where words match ?" if words else "sheet s where 1"
        )
        counted = " union all ".join(
            f'select {place}, "{name}", count(*) from hit group by 2'  # noqa: S608 (as above)
            for place, name in enumerate(FACETS)
        )
        rows = self._base.execute(
            f'with hit as materialized (select s.commune, s.written, s.form, s."group" from {source} {_ticked(asked)}) {counted}',  # noqa: S608, E501 (as above)
            (_expression(asked, words),) if words else (),
        )
        facets: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        total = 0
        for place, value, count in rows:
            name = FACETS[place]
            total += count if name == "written" else 0
            places = (
                [bit for bit in range(value.bit_length()) if value >> bit & 1] if name in MASKED else [value]
            )
            for each in places:
                code = VALUES[name][each]
                facets[name][code] = facets[name].get(code, 0) + count
        return total, facets

    def _mended(self, word: str) -> str:
        if self._base.execute("select 1 from spelt where term = ?", (word,)).fetchone():
            return word
        near = sorted(one_slip_from(word))
        gaps = ", ".join("?" * len(near))
        best = self._base.execute(
            f"select term from spelt where term in ({gaps}) order by doc desc limit 1",  # noqa: S608 (as above)
            near,
        ).fetchone()
        return str(best[0]) if best else word


def _ticked(asked: Asked) -> str:
    masks = {
        name: sum(1 << VALUES[name].index(value) for value in values) for name, values in asked.chosen.items()
    }
    return "".join(f' and (s."{name}" & {mask}) != 0' for name, mask in masks.items())


def _expression(asked: Asked, words: tuple[str, ...]) -> str:
    if asked.mode == "phrase":
        return f'"{" ".join(words)}"'
    if asked.mode == "prefix":
        return f'"{words[0]}"*'
    return " ".join(f'"{word}"' for word in words)
