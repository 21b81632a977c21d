"""Our own engine behind the same questions: with and without the thesaurus, with nearness of meaning."""

from collections.abc import Iterable
from pathlib import Path

from bench.peers.port import FACETS, Asked, Found
from passerelle.search.documents import SearchDocument
from passerelle.search.meaning.slots import SheetVectors
from passerelle.search.meaning.vectors import Vectors
from passerelle.search.page import Fragment, Hit
from passerelle.search.request import SearchRequest, Sort
from passerelle.search.whoosh_engine.engine import WhooshEngine


class Passerelle:
    """The search as the platform does it: all nine facets and more, of which four are handed over."""

    literal = False

    def build(self, documents: Iterable[SearchDocument], place: Path) -> None:
        """See `Peer.build`."""
        WhooshEngine(place).rebuild(documents, 0)

    def open(self, place: Path) -> None:
        """See `Peer.open`."""
        self._engine = WhooshEngine(place)
        self._engine.position()

    def search(self, asked: Asked) -> Found:
        """See `Peer.search`."""
        page = self._engine.search(self._request(asked))
        facets = {
            name: {each.value: each.count for each in page.facets[name] if each.count} for name in FACETS
        }
        return Found(page.total, [(hit.number, hit.title, _extract(hit)) for hit in page.hits], facets)

    def update(self, document: SearchDocument) -> None:
        """See `Peer.update`."""
        self._engine.put([document], 0)

    def _request(self, asked: Asked) -> SearchRequest:
        return SearchRequest(
            words=_written(asked),
            facets=asked.chosen,
            sort=Sort.NEWEST if asked.newest else Sort.RELEVANCE,
            language=asked.language,
            literal=self.literal,
        )


class Literal(Passerelle):
    """The words alone."""

    literal = True


class Nearness(Passerelle):
    """With sheets of nearby meaning, too.

    Only the first sheets are read for their meaning; the others are given the vectors of those in turns,
    since it costs a search the same whose they are.
    """

    read = 400

    def build(self, documents: Iterable[SearchDocument], place: Path) -> None:
        """See `Peer.build`."""
        made = list(documents)
        super().build(made, place)
        vectors = Vectors(place)
        known = vectors.read(made[: self.read])
        with vectors.store.open() as file:
            for start in range(0, len(made), self.read):
                some = zip(made[start : start + self.read], known, strict=False)
                file.keep([SheetVectors(each.number, each.content_hash, read.vectors) for each, read in some])

    def open(self, place: Path) -> None:
        """See `Peer.open`."""
        vectors = Vectors(place)
        vectors.prepare()
        self._engine = WhooshEngine(place, meaning=vectors)
        self._engine.position()


def _written(asked: Asked) -> str:
    words = " ".join(asked.words)
    if asked.mode == "phrase":
        return f'"{words}"'
    return f"{words}*" if asked.mode == "prefix" else words


def _extract(hit: Hit) -> str:
    marked = hit.highlights
    return "".join(map(_marked, marked.extract or marked.summary))


def _marked(fragment: Fragment) -> str:
    return f"<b>{fragment.text}</b>" if fragment.marked else fragment.text
