"""Lines become sheets: made once, changed by their `ref`, refused one by one with a reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.core.jobs import Job, JobKind
from passerelle.exchange.importing import REASON, Outcome, Taken, _Batch, import_lines
from passerelle.moderation import actions as moderation
from passerelle.moderation.models import Decision
from passerelle.sheets import actions as sheets
from passerelle.sheets.content import Contact
from passerelle.sheets.models import Revision, RevisionStatus, Sheet, SheetStatus
from tests.exchange.given import count, line, line_with, take, the_sheet
from tests.factories import COMPLETE, CONTACT, NOON, Factories

LATER = NOON + timedelta(hours=1)
CONTACT_KEYS = ("name", "job_title", "phone", "email")


def test_an_imported_sheet_is_a_draft_of_its_commune_that_nobody_wrote(session: Session) -> None:
    outcomes = take(session, line())

    sheet = the_sheet(session)
    assert outcomes == [Outcome(1, Taken.CREATED, sheet.id)]
    assert (sheet.commune_nis, sheet.ref, sheet.status) == ("53065", "cafe", SheetStatus.ACTIVE)
    draft = sheet.open
    assert draft is not None
    assert (draft.status, draft.created_by, draft.content) == (RevisionStatus.DRAFT, None, COMPLETE)
    assert count(session, Job) == 0


def test_a_published_import_is_online_with_its_decision_and_its_index_job(session: Session) -> None:
    take(session, line(), publish=True)

    sheet = the_sheet(session)
    assert sheet.published is not None
    assert sheet.published.content_hash == COMPLETE.hash
    assert sheet.published.published_at == NOON
    decision = session.scalars(select(Decision)).one()
    assert (decision.by_user_id, decision.to_status, decision.reason) == (None, "published", REASON)
    job = session.scalars(select(Job)).one()
    assert (job.kind, job.sheet_id) == (JobKind.INDEX, sheet.id)


@pytest.mark.parametrize("publish", [False, True])
def test_the_same_line_again_changes_nothing(session: Session, publish: bool) -> None:
    take(session, line(), publish=publish)
    before = (count(session, Revision), count(session, Decision), count(session, Job))

    outcomes = take(session, line(), publish=publish, at=LATER)

    assert [each.taken for each in outcomes] == [Taken.UNCHANGED]
    assert (count(session, Revision), count(session, Decision), count(session, Job)) == before
    assert the_sheet(session).revisions[0].updated_at == NOON


def test_a_known_ref_gets_a_new_text_and_never_a_twin(session: Session) -> None:
    take(session, line(), publish=True)

    outcomes = take(session, line(title="Café des voisins"), publish=True, at=LATER)

    sheet = the_sheet(session)
    assert outcomes == [Outcome(1, Taken.UPDATED, sheet.id)]
    assert sheet.published is not None
    assert (sheet.published.number, sheet.published.title) == (2, "Café des voisins")
    assert sheet.revisions[0].status == RevisionStatus.SUPERSEDED


def test_the_same_ref_twice_in_one_file_is_one_sheet(session: Session) -> None:
    outcomes = take(session, line(), line(), line(title="Café des voisins"), publish=True)

    assert [each.taken for each in outcomes] == [Taken.CREATED, Taken.UNCHANGED, Taken.UPDATED]
    assert the_sheet(session).id == outcomes[2].sheet


def test_the_same_ref_in_another_commune_is_another_sheet(session: Session) -> None:
    outcomes = take(session, line(), line(commune="Mons"))

    assert [each.taken for each in outcomes] == [Taken.CREATED, Taken.CREATED]
    assert count(session, Sheet) == 2


def test_sheets_without_ref_are_new_each_time(session: Session) -> None:
    take(session, line(ref=None))
    take(session, line(ref=None))

    assert count(session, Sheet) == 2


def test_a_new_text_of_a_published_sheet_is_a_draft_until_it_is_reviewed(session: Session) -> None:
    take(session, line(), publish=True)

    take(session, line(title="Café des voisins"))

    sheet = the_sheet(session)
    assert sheet.published is not None
    assert sheet.open is not None
    assert (sheet.published.title, sheet.open.title) == ("Café des parents", "Café des voisins")


def test_an_imported_draft_is_published_by_importing_it_again_with_publish(session: Session) -> None:
    take(session, line())

    outcomes = take(session, line(), publish=True)

    sheet = the_sheet(session)
    assert [each.taken for each in outcomes] == [Taken.UPDATED]
    assert sheet.published is not None
    assert len(sheet.revisions) == 1


@pytest.mark.parametrize("said", [None, {}, {"job_title": "Assistante sociale"}, {"name": "", "phone": ""}])
def test_what_a_file_does_not_say_of_the_contact_stays(
    session: Session, make: Factories, quaregnon: Commune, said: dict[str, str] | None
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    sheet.ref = "cafe"

    take(session, line(title="Café des voisins", contact=said), publish=True)

    published = the_sheet(session).published
    assert published is not None
    assert (published.title, published.contact) == ("Café des voisins", CONTACT)


def test_what_a_file_says_of_the_contact_takes_the_place_of_the_old(session: Session) -> None:
    take(session, line(contact={"name": "Prénom Nom", "phone": "065000000"}))

    take(session, line(contact={"phone": "065111111"}))

    draft = the_sheet(session).open
    assert draft is not None
    assert [getattr(draft.contact, key) for key in CONTACT_KEYS] == ["Prénom Nom", "", "065111111", ""]


def test_a_bad_line_does_not_stop_the_others(session: Session) -> None:
    lines = ["\ufeff" + line(), "", "  \r\n", "{", line("two", starts="yesterday"), line("three") + "\r\n"]

    outcomes = list(import_lines(session, lines, NOON, publish=True, first=201))

    assert [(each.line, each.taken) for each in outcomes] == [
        (201, Taken.CREATED),
        (204, Taken.REFUSED),
        (205, Taken.REFUSED),
        (206, Taken.CREATED),
    ]
    assert [each.reason for each in outcomes[1:3]] == ["this is not JSON", "starts: not a date"]
    assert count(session, Sheet) == 2


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"title": ""}, "title: missing"),
        ({"language": "lu"}, "language: unknown language"),
        ({"sheet_date": "June"}, "sheet_date: not a date"),
        ({"starts": "2013-02-30"}, "starts: not a date"),
        ({"violence_forms": ["war"]}, "violence_forms: unknown code"),
        ({"target_groups": ["mamans"]}, "target_groups: unknown code"),
        ({"partnerships": [{}, {"kind": "circus"}]}, "partnerships[2].kind: unknown code"),
        ({"costs": [{"what": "a", "quantity": "many"}]}, "costs[1].quantity: not a number"),
        ({"costs": [{"what": "a", "euros": -5}]}, "costs[1].euros: negative"),
        ({"costs": [{"what": "a", "euros": 1e300}]}, "costs[1].euros: not a number"),
        ({"activities": "x" * 210_000}, "sheet: sheet too large (200)"),
    ],
)
def test_not_even_a_draft_holds_what_means_nothing(
    session: Session, given: dict[str, object], reason: str
) -> None:
    (outcome,) = take(session, line_with(given))

    assert (outcome.taken, outcome.reason) == (Taken.REFUSED, reason)
    assert count(session, Sheet) == 0


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"summary": "", "objectives": []}, "summary: missing; objectives: missing"),
        ({"title": "x" * 151}, "title: too long (150)"),
        ({"starts": "2019", "ends": "2018", "ongoing": None}, "ends: ends before start"),
        ({"web_page": "javascript:alert(1)"}, "web_page: not a link"),
        ({"contact": {"email": "nobody"}}, "contact_email: not an email"),
    ],
)
def test_only_a_complete_sheet_is_published(session: Session, given: dict[str, object], reason: str) -> None:
    (as_draft,) = take(session, line_with(given))
    (online,) = take(session, line_with(given), publish=True)

    assert as_draft.taken is Taken.CREATED
    assert (online.taken, online.reason) == (Taken.REFUSED, reason)


def test_a_refused_line_leaves_no_trace(session: Session) -> None:
    take(session, line(), publish=True)
    before = count(session, Revision)

    take(session, line(summary=""), publish=True)

    assert count(session, Revision) == before
    assert the_sheet(session).open is None


def rows(session: Session, of: type[Revision] | type[Decision] | type[Job]) -> list[dict[str, object]]:
    """What the table holds, without what only says which row it is."""
    session.expire_all()
    left_out = {"id", "sheet_id", "revision_id"}
    columns = [column.key for column in of.__mapper__.column_attrs if column.key not in left_out]
    return [
        {key: getattr(row, key) for key in columns} for row in session.scalars(select(of).order_by(of.id))
    ]


def test_sheets_written_together_are_those_written_one_by_one(session: Session, make: Factories) -> None:
    take(session, line("together"), publish=True)
    alone = sheets.start_sheet(session, make.commune("53065"), COMPLETE, Contact(), None, NOON, ref="alone")
    moderation.publish_unreviewed(session, alone, NOON, REASON)

    for table in (Revision, Decision, Job):
        together, by_itself = rows(session, table)
        assert together == by_itself


def test_an_identifier_that_somebody_took_meanwhile_is_found_and_not_doubled(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(session, line("taken"), publish=True)
    monkeypatch.setattr(_Batch, "_known", lambda _batch, _keys: set())  # as it was when the batch began

    outcomes = take(session, line("one"), line("taken", title="Café des voisins"), line("two"), publish=True)

    assert [each.taken for each in outcomes] == [Taken.CREATED, Taken.UPDATED, Taken.CREATED]
    assert count(session, Sheet) == 3


def test_many_lines_keep_their_order_and_their_numbers(session: Session) -> None:
    lines = [line(f"sheet-{number}") if number % 7 else "{" for number in range(1, 451)]

    outcomes = take(session, *lines, publish=True)

    assert [each.line for each in outcomes] == list(range(1, 451))
    assert [each.taken is Taken.REFUSED for each in outcomes] == [n % 7 == 0 for n in range(1, 451)]
    numbers = [each.sheet for each in outcomes if each.sheet is not None]
    assert numbers == sorted(numbers)
