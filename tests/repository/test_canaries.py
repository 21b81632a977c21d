"""What is not for everybody is found nowhere: not on a page, in a feed, the index, a mail, a log or a job."""

import re
from collections.abc import Callable, Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select

from passerelle.core.database import reading
from passerelle.core.jobs import Job
from passerelle.exchange.exporting import export_lines
from passerelle.web.keeper import work_once
from tests.repository.conftest import (
    CANARY,
    COMMENT,
    FORMER,
    GONE,
    HIDDEN,
    LIVE,
    NOTE,
    REASON,
    Country,
    Visit,
)

OUTSIDERS = ("visitor", "reader", "stranger", "administrator")
NOBODYS = (*HIDDEN.values(), COMMENT, REASON, NOTE)
Says = Callable[[str], set[str]]
NOT_DIGITS = re.compile(r"[\s./()-]|&nbsp;|\u00a0")


def contact_in(text: str) -> set[str]:
    """What of the name, the phone and the e-mail of the contact stands in `text`, however it is written."""
    known = {part for part in (*CANARY.name.split(), CANARY.email) if part.lower() in text.lower()}
    return known | ({"phone"} if "477192837" in NOT_DIGITS.sub("", text) else set())


def hidden_in(text: str) -> set[str]:
    """The words of texts, comments and notes in `text` that are between a commune and its coordinators."""
    return {word for word in NOBODYS if word.lower() in text.lower()}


def said(visits: Iterable[Visit], who: Iterable[str], look: Says) -> dict[str, set[str]]:
    """What `look` finds in what these people were answered, and where."""
    found = {
        str(visit): look(visit.answer.text + str(visit.answer.headers))
        for visit in visits
        if visit.who in who
    }
    return {place: words for place, words in found.items() if words}


def test_the_canaries_are_where_they_may_be(visits: list[Visit]) -> None:
    """Else all that follows would prove nothing."""
    assert said(visits, ["reader"], contact_in)
    assert {*HIDDEN.values()} - {HIDDEN["thrown"]} <= set().union(
        *said(visits, ["contributor"], hidden_in).values()
    )
    assert {HIDDEN["submitted"], NOTE} <= set().union(*said(visits, ["coordinator"], hidden_in).values())


def test_no_page_feed_or_api_gives_a_contact_to_a_visitor(visits: list[Visit]) -> None:
    assert said(visits, ["visitor"], contact_in) == {}


def test_no_draft_comment_or_note_is_shown_outside_its_commune(visits: list[Visit]) -> None:
    assert said(visits, OUTSIDERS, hidden_in) == {}


def test_a_coordinator_reads_no_draft(visits: list[Visit]) -> None:
    def drafts(text: str) -> set[str]:
        return hidden_in(text) & {HIDDEN["draft"], HIDDEN["thrown"]}

    assert said(visits, ["coordinator"], drafts) == {}


def test_a_removed_sheet_is_gone_for_everybody_outside(visits: list[Visit]) -> None:
    assert (
        said(visits, ["visitor", "reader", "stranger"], lambda text: {GONE} if GONE in text else set()) == {}
    )


def test_what_was_replaced_stays_in_the_history_only(visits: list[Visit]) -> None:
    places = {
        visit.address.endpoint for visit in visits if visit.who == "visitor" and FORMER in visit.answer.text
    }

    assert places <= {"sheets.history", "sheets.revision"}


@pytest.mark.parametrize("word", [*HIDDEN.values(), COMMENT, GONE, "Zorglubine", CANARY.email, "477192837"])
def test_no_search_finds_or_suggests_them(country: Country, word: str) -> None:
    browser = country.browser_of(None)
    for asked in (word, word[:-2], f"{word[:-1]}y"):
        answer = browser.get("/api/v1/sheets", query_string={"q": asked}).get_json()
        page = browser.get("/fr/sheets", query_string={"q": asked}).text

        assert (answer["total"], answer["results"]) == (0, [])
        assert word.lower() not in str(answer["suggestion"]).lower()
        assert asked == word or word.lower() not in page.lower()


def test_search_finds_what_is_online(country: Country) -> None:
    answer = country.browser_of(None).get("/api/v1/sheets", query_string={"q": LIVE}).get_json()

    numbers = country.village.numbers
    assert {found["number"] for found in answer["results"]} == {numbers["live"], numbers["both"]}


def test_the_files_of_the_index_hold_what_is_online_and_nothing_else(country: Country) -> None:
    everything = b"".join(_files(country.services.settings.search_index)).lower().decode("latin-1")

    assert LIVE.lower() in everything
    assert hidden_in(everything) | contact_in(everything) == set()
    assert [
        word for word in (GONE, FORMER, "zorglub", "canari", "brouillonn") if word.lower() in everything
    ] == []


def _files(folder: Path) -> Iterable[bytes]:
    return (file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_the_export_holds_what_is_online_and_nothing_else(country: Country) -> None:
    with reading(country.services.sessions) as session:
        lines = list(export_lines(session))

    everything = "\n".join(lines)
    assert len(lines) == 2
    assert hidden_in(everything) | contact_in(everything) == set()
    assert [word for word in (GONE, FORMER) if word in everything] == []


@pytest.fixture(scope="session")
def mails(country: Country) -> list[EmailMessage]:
    """Everything that was sent."""
    with country.app.app_context():
        work_once(country.services)
    folder = Path(country.services.settings.mail_url.removeprefix("file:"))
    found = [message_from_bytes(content, policy=policy.default) for content in _files(folder)]
    return [mail for mail in found if isinstance(mail, EmailMessage)]


def test_mails_reach_the_commune_and_its_coordinators_only(
    country: Country, mails: list[EmailMessage]
) -> None:
    people = country.village.people
    allowed = {user.email for who, user in people.items() if user and who not in OUTSIDERS}

    assert mails
    assert {mail["To"] for mail in mails} <= allowed


def test_no_mail_carries_a_contact_or_the_text_of_a_sheet(mails: list[EmailMessage]) -> None:
    everything = "\n".join(_words_of(mail) for mail in mails)

    assert contact_in(everything) == set()
    assert [word for word in HIDDEN.values() if f"{word} de la commune" in everything] == []
    assert HIDDEN["draft"] not in everything


def test_comments_are_mailed_to_the_commune_only(country: Country, mails: list[EmailMessage]) -> None:
    author = country.village.people["contributor"]
    told = {mail["To"] for mail in mails if hidden_in(_words_of(mail)) & {COMMENT, REASON}}

    assert author is not None
    assert told == {author.email}


def _words_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return f"{mail.items()}\n{body.get_content() if body else ''}"


def test_jobs_and_logs_hold_numbers_only(country: Country, visits: list[Visit]) -> None:
    with reading(country.services.sessions) as session:
        payloads = [str(payload) for payload in session.scalars(select(Job.payload))]

    everything = "\n".join([*payloads, *country.log])
    assert visits
    assert payloads
    assert hidden_in(everything) | contact_in(everything) == set()
