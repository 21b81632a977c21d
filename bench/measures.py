"""Measure a platform: pages against the same pages rendered from fixed answers, publishing, memory."""

import time
from collections.abc import Sequence
from dataclasses import replace

from flask import Flask

from bench.generator import sheet
from bench.platforms import Platform, fetch, peak_memory
from bench.queries import Question
from passerelle.exchange.importing import import_lines
from passerelle.exchange.lines import write_line
from passerelle.search.page import SearchPage
from passerelle.search.request import SearchRequest
from passerelle.search.service import SearchService
from passerelle.web.services import Services

TOO_LONG = 30.0  # seconds after which a published sheet counts as lost
BETWEEN_LOOKS = 0.02  # seconds; looking all the time would take the processor from the work


class Rehearsed(SearchService):
    """A search that can play back what it answered before, at no cost."""

    def __init__(self, search: SearchService, services: Services) -> None:
        super().__init__(search.engine, services.sessions, services.clock)
        self.fixed = False
        self._known: dict[tuple[object, ...], SearchPage] = {}

    def search(self, request: SearchRequest) -> SearchPage:
        """The answer of the engine, or the same answer again."""
        key = (request.language, request.per_page, *request.parameters())
        if not self.fixed:
            self._known[key] = super().search(request)
        return self._known[key]


class Timed:
    """The milliseconds that pages took, live and fixed, by the kind of the question."""

    def __init__(self) -> None:
        self.live: dict[str, list[float]] = {}
        self.fixed: dict[str, list[float]] = {}

    def add(self, kind: str, live: float, fixed: float) -> None:
        """Note one pair."""
        self.live.setdefault(kind, []).append(live)
        self.fixed.setdefault(kind, []).append(fixed)


def pages(app: Flask, asked: Sequence[Question], rounds: int) -> Timed:
    """Each question `rounds` times, live and fixed right after each other, in turns.

    The first round warms everything up and is not counted: what is measured is a server that is running.
    """
    keep_no_pages(app)
    with app.app_context():
        found: Services = app.extensions["passerelle"]
        search = Rehearsed(found.search, found)
    app.extensions["passerelle"] = replace(found, search=search)
    timed = Timed()
    for turn in range(rounds + 1):
        for question in asked:
            live, fixed = _pair(app, search, question, fixed_first=turn % 2 == 1)
            if turn:
                timed.add(question.kind, live, fixed)
    return timed


def keep_no_pages(app: Flask) -> None:
    """Have every page written anew: what is kept would hide what it costs."""
    cache = app.extensions["page_cache"]
    cache.pages.most = cache.parts.most = 0


def _pair(app: Flask, search: Rehearsed, question: Question, *, fixed_first: bool) -> tuple[float, float]:
    took = {}
    for is_fixed in (True, False) if fixed_first else (False, True):
        search.fixed = is_fixed
        took[is_fixed] = _request(app, question.address)
    return took[False], took[True]


def _request(app: Flask, address: str) -> float:
    client = app.test_client()
    began = time.perf_counter()
    answer = client.get(address)
    body = answer.get_data()
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 200 or not body:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return took


def publishing(platform: Platform, first: int, count: int) -> list[float]:
    """The milliseconds from the commit of each of `count` new sheets until another process would find it.

    The jobs are done by the keeper of a web process, woken as the end of a request wakes it. A first sheet
    warms both up and is not counted: what is measured is a server that is running.
    """
    writer, reader = platform.app(), platform.app()
    keeper, written = writer.extensions["keeper"], writer.extensions["passerelle"]
    keeper.start()
    found: SearchService = reader.extensions["passerelle"].search
    took = []
    try:
        for number in range(first, first + count + 1):
            mark = f"zqx{number}"
            given = sheet(number)
            text = write_line(replace(given, content=replace(given.content, title=f"Essai {mark}")))
            with written.sessions() as session:
                list(import_lines(session, [text], written.clock(), publish=True))
                session.commit()
            began = time.perf_counter()
            keeper.poke()
            took.append(_until_found(found, mark, began))
    finally:
        keeper.stop()
    return took[1:]


def _until_found(search: SearchService, mark: str, began: float) -> float:
    asked = SearchRequest(words=mark, language="fr")
    while (took := time.perf_counter() - began) < TOO_LONG:
        if search.engine.search(asked).total:
            return (time.perf_counter() - began) * 1000
        time.sleep(BETWEEN_LOOKS)
    return took * 1000


def memory(platform: Platform, asked: Sequence[Question], *, meaning: bool) -> float:
    """The most memory, in megabytes, of the worker of a server that answers every question.

    With or without the reading of meanings.
    """
    with platform.served(PASSERELLE_MEANING="on" if meaning else "off") as (address, worker):
        for question in asked:
            fetch(address + question.address)
        return peak_memory(worker)
