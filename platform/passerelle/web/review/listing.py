"""Make the queue: which revisions a coordinator sees, in which words, on which page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from passerelle.moderation.comparison import changed_sections
from passerelle.moderation.models import Decision
from passerelle.moderation.promise import late_before
from passerelle.moderation.queries import (
    Change,
    QueueFilter,
    Tab,
    by_status,
    comment_counts,
    communes_of,
    how_many,
    last_decisions,
    late,
    queue,
    tab_of,
)
from passerelle.sheets.models import Revision
from passerelle.vocabulary import LANGUAGE_NAMES, PROVINCES, SHEET_LANGUAGES
from passerelle.web.review.words import age_words, decision_words
from passerelle.web.sheets.page import commune_words

PER_PAGE = 20
MOST_PAGES = 1_000


@dataclass(frozen=True)
class QueueRow:
    """One revision of the queue."""

    number: int
    url: str
    title: str
    language: str
    commune: str
    since: datetime | None
    age: str
    is_late: bool
    change: str
    detail: str
    decision: str
    reason: str


@dataclass(frozen=True)
class QueuePage:
    """One page of one tab, and how many revisions the tabs hold."""

    wanted: QueueFilter
    rows: tuple[QueueRow, ...]
    total: int
    page: int
    counts: Mapping[Tab, int]
    late: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))

    @property
    def is_filtered(self) -> bool:
        """Whether some of the tab is left out."""
        return self.wanted != QueueFilter(self.wanted.tab)


def read_filter(args: MultiDict[str, str]) -> QueueFilter:
    """The filter an address asks for; what makes no sense is as if it were not there."""
    tab, change = args.get("tab", ""), args.get("change", "")
    language, province, commune = (args.get(name, "") for name in ("written", "province", "commune"))
    return QueueFilter(
        Tab(tab) if tab in list(Tab) else Tab.WAITING,
        Change(change) if change in list(Change) else None,
        language if language in SHEET_LANGUAGES else "",
        province if province in PROVINCES else "",
        commune if commune.isascii() and commune.isdigit() and len(commune) == 5 else "",
    )


def read_page(args: MultiDict[str, str]) -> int:
    """The number of the page an address asks for, from 1 to 1,000."""
    asked = args.get("page", "1")
    return (
        min(max(int(asked), 1), MOST_PAGES) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    )


def address_of(wanted: QueueFilter, page: int = 1) -> str:
    """The address of a page of the queue; what is not chosen does not stand in it."""
    values: dict[str, Any] = {  # Any: the parameters of `url_for`
        "tab": wanted.tab.value if wanted.tab is not Tab.WAITING else None,
        "change": wanted.change.value if wanted.change else None,
        "written": wanted.language or None,
        "province": wanted.province or None,
        "commune": wanted.commune or None,
        "page": page if page > 1 else None,
    }
    return url_for("review.queue", **values)


def queue_page(
    session: Session, mine: ColumnElement[bool], asked: tuple[QueueFilter, int], at: datetime, language: str
) -> QueuePage:
    """The page that a coordinator asked for; `mine` are the revisions in scope."""
    wanted, number = asked
    query = queue(mine, wanted, at)
    counts = dict.fromkeys(Tab, 0)
    for status, count in session.execute(by_status(mine, at)):
        counts[tab_of(status)] += count
    return QueuePage(
        wanted,
        _rows(session, query.limit(PER_PAGE).offset((number - 1) * PER_PAGE), at, language),
        session.scalar(how_many(query)) or 0,
        number,
        counts,
        session.scalar(late(mine, late_before(at), at)) or 0,
    )


def choices_of(
    session: Session, mine: ColumnElement[bool], wanted: QueueFilter, at: datetime, language: str
) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer, by the name of the parameter, "everything" first."""
    communes = session.scalars(communes_of(mine, wanted.tab, at))
    names = sorted((commune_words(commune, language)[0], commune.nis) for commune in communes)
    return {
        "change": [("", gettext("All")), ("new", gettext("New sheets")), ("changed", gettext("Revisions"))],
        "written": [
            ("", gettext("All languages")),
            *((code, LANGUAGE_NAMES.label(code, code)) for code in SHEET_LANGUAGES),
        ],
        "province": [("", gettext("All provinces")), *PROVINCES.choices(language)],
        "commune": [("", gettext("All municipalities")), *((nis, name) for name, nis in names)],
    }


def _rows(session: Session, query: Select[Revision], at: datetime, language: str) -> tuple[QueueRow, ...]:
    revisions = session.scalars(query).unique().all()
    numbers = [revision.id for revision in revisions]
    comments = dict(session.execute(comment_counts(numbers)).all())
    decisions = {each.revision_id: each for each in session.scalars(last_decisions(numbers))}
    return tuple(
        _row(revision, comments.get(revision.id, 0), decisions.get(revision.id), (at, language))
        for revision in revisions
    )


def _row(
    revision: Revision, comments: int, decision: Decision | None, reader: tuple[datetime, str]
) -> QueueRow:
    at, language = reader
    tab = tab_of(revision.status)
    since = revision.submitted_at if tab is Tab.WAITING or decision is None else decision.at
    change, detail = _change(revision, comments)
    decided = decision if tab is not Tab.WAITING else None
    return QueueRow(
        revision.sheet_id,
        _address(revision, tab),
        revision.title,
        str(revision.content_json.get("language", "")),
        commune_words(revision.sheet.commune, language)[0],
        since,
        age_words(since, at),
        tab is Tab.WAITING and since is not None and since < late_before(at),
        change,
        detail,
        decision_words(decided) if decided else "",
        decided.reason if decided and decided.by_user_id else "",  # a command speaks English
    )


def _address(revision: Revision, tab: Tab) -> str:
    """Where the row leads: nowhere for a declined text, which nobody can open any more."""
    if tab is Tab.DECLINED:
        return ""
    page = "sheets.show" if tab is Tab.PUBLISHED else "review.show"
    return url_for(page, number=revision.sheet_id)


def _change(revision: Revision, comments: int) -> tuple[str, str]:
    """What kind of change it is, and how large."""
    detail = ""
    if comments:
        detail = ngettext("answers one comment", "answers %(num)s comments", comments)
    earlier = _before(revision.sheet.revisions, revision)
    if earlier is None:
        return str(gettext("New")), str(detail)
    changed = len(changed_sections(earlier.content, revision.content))
    detail = detail or ngettext("one section changed", "%(num)s sections changed", changed)
    return str(gettext("Revision")), str(detail)


def _before(revisions: Sequence[Revision], revision: Revision) -> Revision | None:
    """The last revision before this one that was online."""
    live = [each for each in revisions if each.number < revision.number and each.published_at is not None]
    return live[-1] if live else None
