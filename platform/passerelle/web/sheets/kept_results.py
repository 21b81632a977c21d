"""Write the results of a search, and keep what was written as long as the index stays the same."""

from dataclasses import dataclass
from hashlib import sha256

from flask import request

from passerelle.search.request import SearchRequest
from passerelle.web.page_cache import current_state, kept_parts
from passerelle.web.services import services
from passerelle.web.sheets.addresses import absolute, search_address
from passerelle.web.sheets.result_writer import write
from passerelle.web.sheets.results import help_for, results_of


@dataclass(frozen=True, slots=True)
class Written:
    """The part of the page that is the same for all readers of a language, and what its frame says of it.

    `passing` is true for an answer that the next visitor should not get: that of the database, given while
    the index is being built.
    """

    main: bytes
    digest: bytes
    title: str
    feed_url: str
    canonical: str | None
    noindex: bool
    passing: bool


def write_results(asked: SearchRequest, *, for_member: bool = False) -> Written:
    """What the page says to `asked`: as it was written before, when the index is as it was then.

    Members are offered an order of their own. The results hold addresses: they are kept for each place under
    which the application is mounted.
    """
    state, parts = current_state(), kept_parts()
    key = ("results", request.root_path, asked.language, asked.mine, for_member, *asked.parameters())
    known = parts.get(state, key) if state else None
    if isinstance(known, Written):
        return known
    written = _write(asked, for_member=for_member)
    if state and not written.passing:
        parts.put(state, key, written, size=len(written.main))
    return written


def _write(asked: SearchRequest, *, for_member: bool) -> Written:
    ask = services().search.search
    results = results_of(asked, ask(asked), for_member=for_member)
    main = write(results, None if results.page.total else help_for(results.asked, ask)).encode()
    return Written(
        main=main,
        digest=sha256(main).digest(),
        title=results.heading,
        feed_url=results.links.feed,
        canonical=None if asked.words else absolute(search_address(asked)),
        noindex=bool(results.words) or len(results.chips) > 1,
        passing=results.page.degraded,
    )
