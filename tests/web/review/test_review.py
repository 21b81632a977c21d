"""The review page and its decisions, as a coordinator meets them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, Role, User
from passerelle.moderation import actions
from passerelle.moderation.models import Decision, ReviewComment
from passerelle.sheets.content import Contact
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from tests.factories import NOON, Factories
from tests.web.review.desk import Desk, words


@pytest.fixture
def waiting(make: Factories, session: Session, quaregnon: Commune, author: User) -> Sheet:
    """A new sheet that waits for review."""
    sheet = make.sheet(
        of=quaregnon,
        status=RevisionStatus.SUBMITTED,
        by=author,
        activities="Sofiane, 15 ans, y a témoigné. Appelez le 065 12 34 56.",
    )
    session.commit()
    return sheet


@pytest.fixture
def revised(make: Factories, session: Session, quaregnon: Commune, author: User) -> Sheet:
    """A published sheet whose next revision waits: a word of section 4 and a cost changed."""
    sheet = make.sheet(
        of=quaregnon, status=RevisionStatus.PUBLISHED, by=author, activities="Un samedi par mois."
    )
    second = make.revision(
        sheet, status=RevisionStatus.SUBMITTED, by=author, activities="Deux samedis par mois."
    )
    second.note = "Nous passons à deux samedis."
    session.commit()
    return sheet


def status_of(session: Session, sheet: Sheet) -> list[str]:
    """The states of the revisions, read anew."""
    session.expire_all()
    return [revision.status for revision in sheet.revisions]


def test_a_new_sheet_is_read_whole_with_a_box_beside_every_section(desk: Desk, waiting: Sheet) -> None:
    page = desk.read(f"/en/review/{waiting.id}")

    assert page.count('<textarea class="form-control" id="comment-') == 13
    assert "The whole sheet" in page
    assert "Differences" not in page
    assert "Claire Dubois" in words(page)


def test_what_may_betray_a_person_is_pointed_at(desk: Desk, waiting: Sheet) -> None:
    page = words(desk.read(f"/en/review/{waiting.id}"))

    assert "perhaps a first name and an age, “Sofiane, 15 ans”" in page
    assert "a phone number, “065 12 34 56”" in page


def test_the_contact_is_shown_to_the_coordinator(desk: Desk, waiting: Sheet) -> None:
    page = words(desk.read(f"/en/review/{waiting.id}"))

    assert "Prénom Nom · Assistante sociale · 065000000 · prevention@commune.example" in page


def test_a_private_mailbox_is_pointed_at(
    desk: Desk, make: Factories, session: Session, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    make.revision(sheet, status=RevisionStatus.SUBMITTED, contact=Contact("P. Nom", "", "", "p@gmail.com"))
    session.commit()

    page = words(desk.read(f"/en/review/{sheet.id}"))

    assert "This looks like a private mailbox." in page
    assert "Online now: Prénom Nom" in page


def test_a_revision_shows_its_differences_first_and_folds_the_rest(desk: Desk, revised: Sheet) -> None:
    page = desk.read(f"/en/review/{revised.id}")

    assert "One section changed" in page
    assert '<del><span class="visually-hidden">removed: </span>Un samedi</del>' in page
    assert '<ins><span class="visually-hidden">added: </span>Deux samedis</ins>' in page
    assert "12 sections unchanged" in page
    assert page.index("Deux samedis") < page.index("12 sections unchanged") < page.index("Short presentation")
    assert "Nous passons à deux samedis." in page


@pytest.mark.parametrize(("view", "says"), [("whole", "The whole sheet"), ("side", "Online now")])
def test_a_revision_can_be_read_whole_or_side_by_side(
    desk: Desk, revised: Sheet, view: str, says: str
) -> None:
    page = desk.read(f"/en/review/{revised.id}?view={view}")

    assert says in words(page)
    assert "<ins>" not in page
    assert ("Un samedi par mois." in page) is (view == "side")


def test_publishing_puts_the_sheet_online_and_says_so(desk: Desk, revised: Sheet, session: Session) -> None:
    desk.send(f"/en/review/{revised.id}", f"/en/review/{revised.id}/publish")

    assert status_of(session, revised) == ["superseded", "published"]
    assert "“Café des parents” is published." in words(desk.read("/en/review"))


def test_a_publication_never_swallows_comments(desk: Desk, waiting: Sheet, session: Session) -> None:
    page = desk.send(
        f"/en/review/{waiting.id}",
        f"/en/review/{waiting.id}/publish",
        422,
        typed={"comment-activities": "Sans le prénom, svp.", "checks": ["nobody", "codes"]},
    )

    assert "Sans le prénom, svp.</textarea>" in page
    assert page.count(" checked>") == 2
    assert status_of(session, waiting) == ["submitted"]


def test_asking_for_changes_sends_every_comment(desk: Desk, waiting: Sheet, session: Session) -> None:
    desk.send(
        f"/en/review/{waiting.id}",
        f"/en/review/{waiting.id}/changes",
        typed={
            "comment-activities": "Sans le prénom, svp.",
            "comment-header": "La date ?",
            "note": "Merci !",
        },
    )

    assert status_of(session, waiting) == ["changes_requested"]
    kept = session.scalars(select(ReviewComment).order_by(ReviewComment.id))
    assert {each.section: each.body for each in kept} == {
        "activities": "Sans le prénom, svp.",
        "header": "La date ?",
    }
    assert "Sans le prénom, svp." in words(desk.read(f"/en/review/{waiting.id}"))


def test_asking_for_changes_without_a_word_explains_and_keeps_the_page(
    desk: Desk, waiting: Sheet, session: Session
) -> None:
    page = desk.send(
        f"/en/review/{waiting.id}",
        f"/en/review/{waiting.id}/changes",
        422,
        {"checks": ["contact"], "note": "   "},
    )

    assert "<title>Error: " in page
    assert '<a href="#note">Say what should be changed' in page
    assert page.count(" checked>") == 1
    assert status_of(session, waiting) == ["submitted"]


def test_a_comment_that_is_too_long_is_kept_and_said(desk: Desk, waiting: Sheet, session: Session) -> None:
    long = "mot " * 1_300

    page = desk.send(
        f"/en/review/{waiting.id}", f"/en/review/{waiting.id}/changes", 422, typed={"comment-costs": long}
    )

    assert long.strip() in page
    assert status_of(session, waiting) == ["submitted"]


def test_declining_asks_for_the_reason_and_begins_with_the_comments(
    desk: Desk, waiting: Sheet, session: Session
) -> None:
    asked = desk.send(
        f"/en/review/{waiting.id}",
        f"/en/review/{waiting.id}/decline",
        200,
        typed={"comment-costs": "Trop cher.", "note": "Bonjour,"},
    )
    assert "Bonjour,\n\nAnnual cost: Trop cher.</textarea>" in asked

    desk.send(f"/en/review/{waiting.id}/decline", typed={"reason": "Un autre sujet."})

    assert status_of(session, waiting) == ["declined"]
    last = session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    assert last is not None
    assert last.reason == "Un autre sujet."


@pytest.mark.parametrize("reason", ["", "x" * 5_001])
def test_declining_without_a_readable_reason_keeps_what_was_typed(
    desk: Desk, waiting: Sheet, session: Session, reason: str
) -> None:
    page = desk.send(f"/en/review/{waiting.id}/decline", None, 422, {"reason": reason})

    assert f"{reason}</textarea>" in page
    assert status_of(session, waiting) == ["submitted"]


@pytest.mark.parametrize("move", ["publish", "changes", "decline"])
def test_the_slower_of_two_coordinators_hears_who_was_faster_and_keeps_the_text(
    desk: Desk, make: Factories, waiting: Sheet, session: Session, move: str
) -> None:
    page = desk.read(f"/en/review/{waiting.id}")
    karim = make.coordinator(name="Karim Haddad")
    actions.decline(session, waiting.revisions[0], karim, NOON, 2, "Hors sujet.")
    session.commit()
    typed: dict[str, str] = {
        "publish": {},
        "changes": {"comment-costs": "Trop cher."},
        "decline": {"reason": "Non."},
    }[move]

    answer = desk.post(f"/en/review/{waiting.id}/{move}", page, typed)

    assert answer.status_code == 409
    assert "Karim Haddad declined it" in words(answer.text)
    assert all(text in words(answer.text) for text in ("15 June 2026", "Hors sujet.", *typed.values()))
    assert status_of(session, waiting) == ["declined"]


def test_a_text_that_was_taken_back_and_sent_again_is_read_again_before_it_is_published(
    desk: Desk, waiting: Sheet, session: Session, author: User
) -> None:
    page = desk.read(f"/en/review/{waiting.id}")
    revision = waiting.revisions[0]
    actions.withdraw(session, revision, author, NOON, 2)
    actions.submit(session, revision, author, NOON, 3)
    session.commit()

    answer = desk.post(f"/en/review/{waiting.id}/changes", page, {"comment-costs": "Trop cher."})

    assert answer.status_code == 409
    assert "Claire Dubois sent it for review" in words(answer.text)
    assert "Trop cher.</textarea>" in answer.text
    assert 'name="seen" value="1.4"' in answer.text
    assert status_of(session, waiting) == ["submitted"]


def test_a_decision_on_one_revision_never_hits_the_next_one(
    desk: Desk, make: Factories, waiting: Sheet, session: Session, author: User
) -> None:
    page = desk.read(f"/en/review/{waiting.id}")
    actions.publish(session, waiting.revisions[0], make.coordinator(), NOON, 2)
    make.revision(waiting, status=RevisionStatus.SUBMITTED, by=author)
    session.commit()

    answer = desk.post(f"/en/review/{waiting.id}/publish", page)

    assert answer.status_code == 409
    assert status_of(session, waiting) == ["published", "submitted"]


@pytest.mark.parametrize("seen", ["", "1.", "1.x", "9.2", "1.99999999999999999999", "²"])
def test_a_decision_without_a_version_that_was_seen_decides_nothing(
    desk: Desk, waiting: Sheet, session: Session, seen: str
) -> None:
    page = desk.read(f"/en/review/{waiting.id}")

    answer = desk.post(f"/en/review/{waiting.id}/publish", page, {"seen": seen})

    assert answer.status_code == 409
    assert status_of(session, waiting) == ["submitted"]


def test_a_withdrawn_text_is_hidden_and_a_late_decision_hears_so(
    desk: Desk, waiting: Sheet, session: Session, author: User
) -> None:
    page = desk.read(f"/en/review/{waiting.id}")
    actions.withdraw(session, waiting.revisions[0], author, NOON, 2)
    session.commit()

    assert desk.get(f"/en/review/{waiting.id}").status_code == 404
    answer = desk.post(f"/en/review/{waiting.id}/publish", page)

    assert answer.status_code == 409
    assert "Claire Dubois took the sheet back" in words(answer.text)
    assert "Café des parents" not in answer.text


def test_a_contributor_reads_the_review_but_decides_nothing(
    app: Flask, waiting: Sheet, session: Session, author: User
) -> None:
    theirs = Desk(app, session, author)

    page = theirs.read(f"/en/review/{waiting.id}")

    assert "comment-" not in page
    assert "Publish" not in words(page)
    assert theirs.post(f"/en/review/{waiting.id}/publish", page).status_code == 403
    assert status_of(session, waiting) == ["submitted"]


def test_a_coordinator_of_the_same_commune_reads_but_does_not_decide(
    app: Flask, make: Factories, waiting: Sheet, session: Session, quaregnon: Commune
) -> None:
    own = Desk(app, session, make.coordinator(of=quaregnon, role=Role.READER))

    page = own.read(f"/en/review/{waiting.id}")

    assert "comment-" not in page
    assert own.post(f"/en/review/{waiting.id}/publish", page).status_code == 403


@pytest.mark.parametrize(
    "move",
    [("archive", "active", "archived"), ("restore", "archived", "active"), ("remove", "active", "removed")],
)
def test_a_whole_sheet_is_moved_after_a_reason(
    desk: Desk, make: Factories, session: Session, quaregnon: Commune, move: tuple[str, str, str]
) -> None:
    verb, before, after = move
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, sheet_status=SheetStatus(before))
    session.commit()
    address = f"/en/review/{sheet.id}/{verb}"
    desk.read(address)

    unanswered = desk.send(address, None, 422, {"reason": "  "})
    assert "Say why: those concerned will read it" in words(unanswered)
    session.expire_all()
    assert sheet.status == before
    desk.send(address, typed={"reason": "Le projet est fini."})

    session.expire_all()
    assert (sheet.status, sheet.status_reason) == (after, "Le projet est fini.")


def test_a_manager_archives_a_sheet_of_the_commune_and_a_contributor_does_not(
    app: Flask, make: Factories, session: Session, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    manager = Desk(app, session, make.user(of=quaregnon, role=Role.MANAGER))
    contributor = Desk(app, session, make.user(of=quaregnon, role=Role.CONTRIBUTOR))
    session.commit()
    address = f"/en/review/{sheet.id}/archive"
    contributor.read(address, 403)
    manager.read(address)

    manager.send(address, typed={"reason": "Le projet a pris fin."})

    session.expire_all()
    assert sheet.status == "archived"
    assert "The sheet is archived." in words(manager.read("/en/my"))


def test_moving_a_sheet_a_second_time_says_what_happened(
    desk: Desk, make: Factories, session: Session, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    session.commit()
    page = desk.read(f"/en/review/{sheet.id}/archive")
    actions.archive(session, sheet, make.coordinator(name="Karim Haddad"), NOON, "Fini.")
    session.commit()

    answer = desk.post(f"/en/review/{sheet.id}/archive", page, {"reason": "Fini aussi."})

    assert answer.status_code == 409
    assert "Karim Haddad archived the sheet" in words(answer.text)
    assert "Fini aussi." in words(answer.text)


def test_an_administrator_removes_a_sheet_and_comes_back_to_the_dashboard(
    app: Flask, make: Factories, session: Session, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED)
    session.commit()
    desk = Desk(app, session, make.administrator())
    page = desk.read(f"/en/review/{sheet.id}/remove")

    answer = desk.post(f"/en/review/{sheet.id}/remove", page, {"reason": "Un tribunal."})

    assert answer.location == "/en/my"


def test_hostile_text_stays_text_on_the_review_page(
    desk: Desk, make: Factories, session: Session, quaregnon: Commune, author: User
) -> None:
    evil = "<script>alert(1)</script>"
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, title=evil, by=author)
    make.revision(
        sheet, status=RevisionStatus.SUBMITTED, by=author, title=f"{evil}!", objectives=(evil,), summary=evil
    )
    session.commit()

    for view in ("differences", "whole", "side"):
        assert evil not in desk.read(f"/en/review/{sheet.id}?view={view}")
    kept = desk.send(
        f"/en/review/{sheet.id}", f"/en/review/{sheet.id}/publish", 422, {"note": f"{evil}\x00\x07"}
    )
    assert evil not in kept
    assert "&lt;script&gt;" in kept


def test_a_comment_full_of_unstorable_characters_is_kept_without_them(
    desk: Desk, waiting: Sheet, session: Session
) -> None:
    desk.send(
        f"/en/review/{waiting.id}", f"/en/review/{waiting.id}/changes", typed={"note": "Le\x00 nom\x07 ?"}
    )

    assert status_of(session, waiting) == ["changes_requested"]


def test_how_long_a_sheet_waits_stands_on_its_page(desk: Desk, waiting: Sheet, session: Session) -> None:
    waiting.revisions[0].submitted_at = NOON - timedelta(days=20)
    session.commit()

    page = words(desk.read(f"/en/review/{waiting.id}"))

    assert "In review for 20 days" in page
    assert "longer than the ten working days we promise" in page
