"""Keep the pages of results that are the same for everybody, and give them out before anything else is done.

A page is kept for one state of the index and one day: as soon as anything in the index changes, all are
forgotten. Who has a session of any kind is never given one, and leaves none behind.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from datetime import date
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, cast

from flask import Flask, current_app, g, request, session
from flask.wrappers import Response
from werkzeug.http import parse_etags
from werkzeug.sansio.http import parse_cookie

from passerelle.web.languages import LANGUAGES
from passerelle.web.services import Services, services

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Thing = TypeVar("Thing")

MOST_BYTES = 16 * 1024 * 1024  # of pages, and as many of parts of them, in one process
LONGEST_QUESTION = 2_000  # characters; a longer address is answered, and not kept
METHODS = ("GET", "HEAD")
PATHS = frozenset(f"/{language}/{page}" for language in LANGUAGES for page in ("sheets", "suggest"))
SIGNED_IN_COOKIES = ("remember_token",)  # beside the session's
OF_A_BODY = ("Content-Type", "Content-Length")
PLACE = "passerelle.place"  # in the environment of a request: where its page is kept


class State(NamedTuple):
    """What the pages are made of: what the index holds, and the day, on which a project ends."""

    generation: str
    day: date


class Shelf(Generic[Thing]):
    """Things made of one state, at most `most` bytes of them: what was not asked for longest goes first.

    Any thread may use it. What was put for one state is never given out for another.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = Lock()
        self._state: Hashable = None
        self._things: OrderedDict[Hashable, tuple[int, Thing]] = OrderedDict()
        self._bytes = 0

    def get(self, state: Hashable, key: Hashable) -> Thing | None:
        """What was put for exactly this state and key, if it is still there."""
        with self._lock:
            if self._state != state or key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key][1]

    def put(self, state: Hashable, key: Hashable, thing: Thing, size: int) -> None:
        """Keep `thing`, of so many bytes, and forget what belongs to other states."""
        with self._lock:
            if self._state != state:
                self._things.clear()
                self._state, self._bytes = state, 0
            self._bytes += size - self._things.pop(key, (0, thing))[0]
            self._things[key] = (size, thing)
            while self._bytes > self.most:
                self._bytes -= self._things.popitem(last=False)[1][0]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._things.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._things)


class Page(NamedTuple):
    """An answer as it was sent."""

    tag: str
    headers: list[tuple[str, str]]
    body: bytes


class Place(NamedTuple):
    """Where a page is kept: the state it is made of, and all of its request that it depends on."""

    state: State
    key: tuple[str, ...]


class PageCache:
    """Answers what is kept, and passes on the rest; the outermost part of the application.

    The name of the host is part of what a page is kept by, and only pages of hosts that the application
    trusts are kept: so no other host is ever answered from here.
    """

    def __init__(self, app: Flask, services: Services) -> None:
        self.pages: Shelf[Page] = Shelf(MOST_BYTES)
        self.parts: Shelf[object] = Shelf(MOST_BYTES)
        self._inner: WSGIApplication = app.wsgi_app
        self._personal = (app.config["SESSION_COOKIE_NAME"], *SIGNED_IN_COOKIES)
        self._services = services

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The kept page, or 304 for a browser that has it, or what the application answers."""
        if environ["PATH_INFO"] not in PATHS or environ["REQUEST_METHOD"] not in METHODS:
            return self._inner(environ, start_response)
        place = environ[PLACE] = self._place_of(environ)
        page = place and self.pages.get(*place)
        if not page:
            return self._inner(environ, start_response)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and parse_etags(known).contains_weak(page.tag):
            start_response("304 NOT MODIFIED", [each for each in page.headers if each[0] not in OF_A_BODY])
            return []
        start_response("200 OK", page.headers)
        return [page.body] if environ["REQUEST_METHOD"] == "GET" else []

    def _place_of(self, environ: "WSGIEnvironment") -> Place | None:
        """Where the page of this request is kept; None when it is nobody else's."""
        cookies = environ.get("HTTP_COOKIE", "")
        question = environ.get("QUERY_STRING", "")
        theme = ""
        if cookies:
            given = parse_cookie(cookies)  # as Flask reads them: what is not UTF-8 is no error
            if any(name in given for name in self._personal):
                return None
            theme = given.get("theme", "")
        if len(question) > LONGEST_QUESTION or len(theme) > len("light"):
            return None
        state = state_of(self._services)
        host, mount = environ.get("HTTP_HOST", ""), environ.get("SCRIPT_NAME", "")
        return state and Place(state, (host, mount, environ["PATH_INFO"], question, theme))


def state_of(services: Services) -> State | None:
    """What pages are made of now, as it is on disk; None while there is no index."""
    try:
        generation = services.search.engine.generation()
    except Exception:  # a damaged index can raise anything; the search itself says what is wrong
        return None
    return State(generation, services.clock().date())


def current_state() -> State | None:
    """What the page of this request is made of: looked up before its search, so that it is never too new."""
    place = cast("Place | None", request.environ.get(PLACE))
    return place.state if place else state_of(services())


def kept_parts() -> Shelf[object]:
    """Parts of pages that are the same for all readers, signed in or not."""
    return cast("PageCache", current_app.extensions["page_cache"]).parts


def keep_page(content: bytes) -> None:
    """The page that this request answers may be kept: it is the same for everybody.

    `content` is different when the page is: its ETag is made of it.
    """
    g.kept_content = content


def _is_personal(response: Response) -> bool:
    """Whether the answer leaves something in the browser that it is sent to."""
    return session.modified or "Set-Cookie" in response.headers


def init_page_cache(app: Flask) -> None:
    """Put the kept pages in front of `app`. Call it first: its hook must see answers as they leave."""
    cache = PageCache(app, app.extensions["passerelle"])
    app.extensions["page_cache"] = cache
    app.wsgi_app = cache  # type: ignore[method-assign]  # as Flask's documentation says

    @app.after_request
    def keep(response: Response) -> Response:
        place = cast("Place | None", request.environ.get(PLACE))
        if place is None or "kept_content" not in g or response.status_code != 200 or _is_personal(response):
            return response
        body = response.get_data()
        response.headers["Vary"] = "Cookie"
        response.headers["Cache-Control"] = "no-cache"
        response.set_etag(sha256(g.kept_content).hexdigest()[:20])
        page = Page(response.get_etag()[0] or "", list(response.headers), body)
        cache.pages.put(*place, page, size=len(body) + sum(map(len, place.key)))
        return response.make_conditional(request) if request.if_none_match else response  # type: ignore[return-value]  # it is the same object
