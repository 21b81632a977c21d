"""Look at a whole search, database and index, from outside."""

import zlib
from contextlib import suppress
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from passerelle.search.page import SearchPage
from passerelle.search.request import SearchRequest
from passerelle.search.service import SearchService
from passerelle.search.whoosh_engine.engine import WhooshEngine
from tests.factories import NOON


def service_in(folder: Path, sessions: sessionmaker[Session]) -> SearchService:
    """A search with its index in `folder`, as each process of an installation has one."""
    engine = WhooshEngine(folder, patience=0.5, today=NOON.date)
    return SearchService(engine, sessions, lambda: NOON)


def found(service: SearchService, words: str = "", **facets: str) -> list[int]:
    """The numbers of the sheets found, in the order of the page."""
    return [hit.number for hit in page_for(service, words, **facets).hits]


def page_for(service: SearchService, words: str = "", **facets: str) -> SearchPage:
    """The first page for `words` and one choice a facet, for a reader of French."""
    choices = {facet: (value,) for facet, value in facets.items()}
    return service.search(SearchRequest(words, choices, per_page=100, language="fr"))


def bytes_in(folder: Path) -> bytes:
    """Everything the files of `folder` hold, and everything packed in them, unpacked."""
    found = b""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            found += file.name.encode() + content + b"".join(_unpacked(content))
    return found


def _unpacked(content: bytes) -> list[bytes]:
    texts, place = [], content.find(b"\x78\x01")
    while place >= 0:
        with suppress(zlib.error):  # two bytes may only look like the beginning of something packed
            texts.append(zlib.decompressobj().decompress(content[place:]))
        place = content.find(b"\x78\x01", place + 1)
    return texts


def damage(folder: Path) -> None:
    """Put zeros in the middle of every file of the current index."""
    for file in (folder / "current").resolve().iterdir():
        content = bytearray(file.read_bytes())
        middle = len(content) // 2
        content[middle : middle + 64] = bytes(len(content[middle : middle + 64]))
        file.write_bytes(content)
