"""Put the results into their page, whose frame is made once for all who have not signed in."""

from flask import current_app, render_template, request, url_for

from passerelle.web.context import current_theme
from passerelle.web.languages import LANGUAGES, LanguageLink, current_language, question_of_page
from passerelle.web.molds import Mold, as_written, escaped, hole, once
from passerelle.web.page_cache import keep_page
from passerelle.web.sheets.kept_results import Written

TEMPLATE = "sheets/search.html"


def page_of(written: Written) -> str | bytes:
    """The whole page for the reader of this request; one that is the same for everybody may be kept."""
    if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
        return render_template(
            TEMPLATE,
            main=as_written(written.main.decode()),
            title=written.title,
            feed_url=written.feed_url,
            canonical=written.canonical,
            noindex=written.noindex,
        )
    shape = (current_theme(), bool(written.canonical), written.noindex)
    frame = once(("frame", shape), lambda: _frame(*shape).encoded())
    before, after = _values(written)
    if not written.passing:
        keep_page(frame.fill([*before, written.digest, *after]))
    return frame.fill([*before, written.main, *after])


def _frame(theme: str | None, canonical: bool, noindex: bool) -> Mold:
    """The page for somebody who has not signed in, with holes for what differs from search to search."""
    here = current_language()
    links = [LanguageLink(code, name, hole(code), code == here) for code, name in LANGUAGES.items()]
    rendered = render_template(
        TEMPLATE,
        main=hole("main"),
        title=hole("title"),
        feed_url=hole("feed"),
        canonical=hole("canonical") if canonical else None,
        noindex=noindex,
        languages=links,
        theme=theme,
    )
    announced = ["canonical", *LANGUAGES] if canonical else []
    others = [code for code in LANGUAGES if code != here]
    return Mold(rendered, ["title", *announced, "feed", *others, "main", here])


def _values(written: Written) -> tuple[list[bytes], list[bytes]]:
    """What goes into the holes of the frame before and after the results."""
    question, here = escaped(question_of_page()), current_language()
    paths = once(("paths",), lambda: {code: url_for("sheets.search", lang=code) for code in LANGUAGES})
    links = {code: f"{path}{question}" for code, path in paths.items()}
    announced = [escaped(written.canonical), *links.values()] if written.canonical else []
    others = [link for code, link in links.items() if code != here]
    before = [escaped(written.title), *announced, escaped(written.feed_url), *others]
    return [each.encode() for each in before], [links[here].encode()]
