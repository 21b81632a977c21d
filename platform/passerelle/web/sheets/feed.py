"""Make an Atom feed from an answer of the search."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext

from passerelle.search.page import SearchPage
from passerelle.search.request import SearchRequest
from passerelle.web.services import services
from passerelle.web.sheets.addresses import absolute, feed_address, search_address
from passerelle.web.sheets.cards import card_of

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One sheet in the feed; `id` stays the same in every language and for ever."""

    id: str
    address: str
    language: str
    title: str
    summary: str
    commune: str
    updated: str


@dataclass(frozen=True)
class Feed:
    """A feed; `updated` is ISO 8601."""

    title: str
    address: str
    page: str
    updated: str
    entries: tuple[Entry, ...]


def feed_of(asked: SearchRequest, page: SearchPage, at: datetime) -> Feed:
    """The feed of the hits of `page`; an empty one was updated `at`."""
    host = urlsplit(services().settings.base_url).hostname
    entries = tuple(
        Entry(
            id=f"tag:{host},2026:sheets/{hit.number}",
            address=absolute(url_for("sheets.show", number=hit.number)),
            language=hit.language,
            title=_xml(hit.title),
            summary=_xml(hit.summary),
            commune=_xml(card_of(hit, asked.language).commune_name),
            updated=hit.published_at,
        )
        for hit in page.hits
    )
    site = services().settings.site_name
    name = gettext("%(site)s: new practice sheets", site=site)
    if asked.words:
        name = gettext("%(site)s: new practice sheets for “%(words)s”", site=site, words=asked.words)
    return Feed(
        title=_xml(name),
        address=absolute(feed_address(asked)),
        page=absolute(search_address(asked)),
        updated=max((entry.updated for entry in entries), default=at.isoformat()),
        entries=entries,
    )


def _xml(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
