"""tantivy, a native engine, as its Python package offers it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import tantivy

from bench.peers.port import FACETS, HITS, VALUES, WIDTH, Asked, Found, body_of, day_of, escaped, places_of
from passerelle.search.documents import SearchDocument

TEXTS = {"title": 3.0, "summary": 2.0, "body": 1.0}
HEAP = 256_000_000  # bytes of its writer when building
SMALL_HEAP = 32_000_000

Query = tantivy.Query
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


class Tantivy:
    """Words folded and in small letters, three weighted fields, facets as fast fields."""

    def build(self, documents: Iterable[SearchDocument], place: Path) -> None:
        """See `Peer.build`; two threads."""
        place.mkdir()
        index = _prepared(tantivy.Index(_schema(), path=str(place)))
        writer = index.writer(HEAP, num_threads=2)
        for document in documents:
            writer.add_document(_row(document))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, place: Path) -> None:
        """See `Peer.open`."""
        self._index = _prepared(tantivy.Index.open(str(place)))
        self._index.reload()
        self._searcher = self._index.searcher()
        self._writer: tantivy.IndexWriter | None = None

    def search(self, asked: Asked) -> Found:
        """See `Peer.search`; it counts facets by aggregation and makes extracts with its own generator."""
        query = self._query(asked)
        searcher = self._searcher
        best: Any = searcher.search(query, HITS, order_by_field="day" if asked.newest else None)
        wanted = {name: {"terms": {"field": name, "size": len(VALUES[name])}} for name in FACETS}
        counts = searcher.aggregate(query, wanted)
        extracts = self._extracts(query) if asked.words else None
        hits = []
        for _, address in best.hits:
            row: Any = searcher.doc(address)
            extract = extracts.snippet_from_doc(row).to_html() if extracts else _start(row)
            hits.append((row.get_first("number"), row.get_first("title"), extract))
        facets = {
            name: {VALUES[name][int(each["key"])]: each["doc_count"] for each in counts[name]["buckets"]}
            for name in FACETS
        }
        return Found(best.count, hits, facets)

    def update(self, document: SearchDocument) -> None:
        """See `Peer.update`."""
        if self._writer is None:
            self._writer = self._index.writer(SMALL_HEAP, num_threads=1)
        # By query: deleting by a term takes a signed number, which no unsigned field has.
        self._writer.delete_documents_by_query(
            Query.term_query(self._index.schema, "number", document.number)
        )
        self._writer.add_document(_row(document))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _extracts(self, query: "tantivy.Query") -> "tantivy.SnippetGenerator":
        made = tantivy.SnippetGenerator.create(self._searcher, query, self._index.schema, "body")
        made.set_max_num_chars(WIDTH)
        return made

    def _query(self, asked: Asked) -> "tantivy.Query":
        schema = self._index.schema
        words: list[Any] = list(asked.words)  # Any: a word, or a word and its place
        parts = [] if words else [Query.all_query()]
        if words and asked.mode == "phrase":
            parts.append(_anywhere(lambda name: Query.phrase_query(schema, name, words)))
        elif words and asked.mode == "prefix":
            parts.append(_anywhere(lambda name: Query.regex_query(schema, name, words[0] + ".*")))
        elif words and asked.mode == "typo":
            parts.append(_anywhere(lambda name: Query.fuzzy_term_query(schema, name, words[0], distance=1)))
        else:
            for word in words:
                parts.append(_anywhere(lambda name, word=word: Query.term_query(schema, name, word)))  # type: ignore[misc]  # word is bound
        for name, values in asked.chosen.items():
            any_of = [(SHOULD, Query.term_query(schema, name, VALUES[name].index(each))) for each in values]
            parts.append(Query.const_score_query(Query.boolean_query(any_of), 0.0))
        return parts[0] if len(parts) == 1 else Query.boolean_query([(MUST, part) for part in parts])


def _anywhere(make: Callable[[str], "tantivy.Query"]) -> "tantivy.Query":
    weighted = [(SHOULD, Query.boost_query(make(name), weight)) for name, weight in TEXTS.items()]
    return Query.boolean_query(weighted)


def _schema() -> "tantivy.Schema":
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True, indexed=True, fast=True)
    for name in TEXTS:
        builder.add_text_field(name, stored=True, tokenizer_name="folded")
    for name in (*FACETS, "day"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


def _prepared(index: "tantivy.Index") -> "tantivy.Index":
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    folded = words.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()
    index.register_tokenizer("folded", folded)
    return index


def _row(document: SearchDocument) -> "tantivy.Document":
    row = tantivy.Document(title=document.title, summary=document.summary, body=body_of(document))
    row.add_unsigned("number", document.number)
    row.add_unsigned("day", day_of(document))
    for name in FACETS:
        for place in places_of(document, name):
            row.add_unsigned(name, place)
    return row


def _start(row: "tantivy.Document") -> str:
    return escaped(str(row.get_first("summary"))[:WIDTH])
