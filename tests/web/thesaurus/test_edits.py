"""A coordinator adds a term or takes one away: what it would change, the change itself, its undoing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune, User
from passerelle.moderation.models import ThesaurusEdit
from passerelle.moderation.thesaurus import LONGEST, Word, add_term, edits_in_force, undo
from passerelle.sheets.models import RevisionStatus
from passerelle.vocabulary import Edit, EditKind, base_thesaurus
from passerelle.web.keeper import services_of
from tests.factories import NOON, Factories
from tests.web.review.desk import Desk, words

GROUP = base_thesaurus().concept("group")
ADD, AWAY = "/en/thesaurus/group/add", "/en/thesaurus/group/take-away"
NEW = {"language": "nl", "term": "kwetterkring"}


BARE: dict[str, object] = {
    "summary": "x.",
    "activities": "y.",
    "violence_forms": (),
    "target_groups": (),
    "partnerships": (),
}


def query(path: str, **given: str) -> str:
    return path + "?" + "&".join(f"{name}={value}" for name, value in given.items())


def edits(session: Session) -> list[Edit]:
    session.commit()
    return list(edits_in_force(session))


def test_a_preview_says_what_would_change_and_changes_nothing(
    desk: Desk, session: Session, make: Factories, quaregnon: Commune
) -> None:
    make.sheet(
        of=quaregnon,
        status=RevisionStatus.PUBLISHED,
        language="nl",
        title="Onze kwetterkring",
        **BARE,  # type: ignore[arg-type]  # only contents
    )
    session.commit()
    services_of(desk.client.application).search.catch_up()

    page = words(desk.read(query(ADD, **NEW)))

    assert "Add “kwetterkring” to “Discussion group”?" in page
    assert "One published sheet has this term, and would also be found under the concept." in page
    assert "Onze kwetterkring" in page
    assert "Whoever looks for “kwetterkring” would also find the sheets about:" in page
    assert f"{GROUP.label('fr')} FR" in page
    assert edits(session) == []


def test_a_term_nobody_uses_yet_may_be_added_too(desk: Desk) -> None:
    page = words(desk.read(query(ADD, **NEW)))

    assert "No published sheet in this language has this term." in page
    assert "Add the term" in page


def test_a_confirmed_term_is_added_and_said(desk: Desk, session: Session, an: User) -> None:
    desk.send(query(ADD, **NEW), ADD, typed={**NEW, "why": "  Zo heet het\r\nhier. "})

    row = session.scalars(select(ThesaurusEdit)).one()
    assert (row.term, row.language, row.made_by, row.reason) == (
        "kwetterkring",
        "nl",
        an.id,
        "Zo heet het\nhier.",
    )
    page = words(desk.read("/en/thesaurus/group"))
    assert "“kwetterkring” is added. The search takes it in now." in page
    assert "kwetterkring Added Take away" in page


def test_a_term_in_its_very_spelling_is_kept_as_such(desk: Desk, session: Session) -> None:
    desk.send(
        query(ADD, language="fr", term="KWX", exact="1"),
        ADD,
        typed={"language": "fr", "term": "KWX", "exact": "1"},
    )

    assert edits(session) == [Edit("group", "fr", "=KWX", EditKind.ADD)]
    assert "KWX only in this spelling" in words(desk.read("/en/thesaurus/group"))


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("", "Enter a term, as people type it in a search"),
        ("x" * (LONGEST + 1), "Shorten this: 80 characters are allowed"),
        ("x", "Enter at least 2 letters or digits, or tick that only this very spelling counts"),
        ("een twee drie vier vijf zes zeven acht negen", "Shorten this to 8 words at most"),
        ("thee; koffie", "Enter one term at a time, without a semicolon"),
        (GROUP.label("nl"), "The concept has this term already, in this language"),
        ("de van het", "The search passes these words over: they are too common"),
    ],
)
def test_what_cannot_be_added_is_said_and_stays_in_its_box(
    desk: Desk, session: Session, term: str, sentence: str
) -> None:
    asked = desk.read(query(ADD, language="nl", term=term), 422)
    sent = desk.send("/en/thesaurus/group", ADD, 422, {"language": "nl", "term": term})

    for page in (asked, sent):
        assert sentence in words(page)
        assert f'value="{term}"' in page or not term
        assert '<option value="nl" selected>' in page
        assert "Error:" in page
    assert edits(session) == []


def test_a_reason_that_is_too_long_is_given_back(desk: Desk, session: Session) -> None:
    page = desk.send(query(ADD, **NEW), ADD, 422, {**NEW, "why": "y" * 501})

    assert "y" * 501 in page
    assert "Shorten this: 500 characters are allowed" in words(page)
    assert edits(session) == []


def test_a_term_of_another_concept_is_added_after_a_warning_only(desk: Desk, session: Session) -> None:
    term = {"language": "nl", "term": base_thesaurus().concept("parentcafe").terms["nl"][1]}

    unwarned = desk.send("/en/thesaurus/group", ADD, 409, term)
    warned = desk.read(query(ADD, **term))

    for page in (unwarned, warned):
        assert "It is also a term of: mothers’ café. Whoever looks for it would find" in words(page)
        assert '<input type="hidden" name="knowing" value="parentcafe">' in page
    assert edits(session) == []
    desk.send(query(ADD, **term), ADD, typed={**term, "knowing": "parentcafe"})
    assert [each.term for each in edits(session)] == [term["term"]]


def test_a_term_is_taken_away_after_its_preview(desk: Desk, session: Session) -> None:
    term = {"language": "nl", "term": GROUP.terms["nl"][1]}
    preview = words(desk.read(query(AWAY, **term)))

    desk.send(query(AWAY, **term), AWAY, typed=term)

    assert f"Take “{term['term']}” away from “Discussion group”?" in preview
    assert edits(session) == [Edit("group", "nl", term["term"], EditKind.REMOVE)]
    page = words(desk.read("/en/thesaurus/group"))
    assert f"“{term['term']}” is taken away." in page
    assert f"{term['term']} Taken away" in page


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        (GROUP.label("nl"), "This term is the name that pages show for the concept, so it has to stay"),
        ("kwetterkring", "The concept does not have this term any more"),
    ],
)
def test_what_has_to_stay_or_is_gone_is_not_taken_away(
    desk: Desk, session: Session, term: str, sentence: str
) -> None:
    asked = desk.read(query(AWAY, language="nl", term=term), 422)
    sent = desk.send("/en/thesaurus/group", AWAY, 422, {"language": "nl", "term": term})

    assert sentence in words(asked)
    assert sentence in words(sent)
    assert edits(session) == []


def test_without_a_term_taking_away_begins_at_the_concept(desk: Desk) -> None:
    assert desk.get(AWAY).location == "/en/thesaurus/group"
    assert "Add a term to “Discussion group”" in words(desk.read(ADD))


def test_a_change_is_undone_with_one_button(desk: Desk, session: Session, an: User) -> None:
    number = add_term(session, Word("group", "nl", "kwetterkring"), an, NOON).id

    desk.send("/en/thesaurus/group", f"/en/thesaurus/edits/{number}/undo")

    assert edits(session) == []
    assert "The change of “kwetterkring” is undone." in words(desk.read("/en/thesaurus/group"))


def test_a_confirmed_term_finds_sheets_in_other_languages_until_it_is_undone(
    desk: Desk, session: Session, make: Factories, quaregnon: Commune
) -> None:
    make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, title=f"Notre {GROUP.label('fr')}", **BARE)  # type: ignore[arg-type]  # only contents
    session.commit()
    services_of(desk.client.application).search.catch_up()

    before = desk.read("/en/sheets?q=kwetterkring")
    desk.send(query(ADD, **NEW), ADD, typed=NEW)
    after = desk.read("/en/sheets?q=kwetterkring")
    number = session.scalars(select(ThesaurusEdit.id)).one()
    desk.send("/en/thesaurus/group", f"/en/thesaurus/edits/{number}/undo")
    undone = desk.read("/en/sheets?q=kwetterkring")

    found = ["1 sheet for “kwetterkring”" in words(page) for page in (before, after, undone)]
    assert found == [False, True, False]


def test_who_undoes_too_late_is_told(desk: Desk, session: Session, an: User) -> None:
    row = add_term(session, Word("group", "nl", "kwetterkring"), an, NOON)
    undo(session, row, an, NOON)

    desk.send("/en/thesaurus/group", f"/en/thesaurus/edits/{row.id}/undo")

    assert "Somebody has undone that before: nothing was changed." in words(desk.read("/en/thesaurus/group"))


def test_an_edit_that_does_not_exist_is_not_found(desk: Desk) -> None:
    desk.send("/en/thesaurus/group", "/en/thesaurus/edits/999/undo", 404)


def test_nothing_is_changed_without_the_token_of_the_form(desk: Desk, session: Session) -> None:
    answer = desk.post(ADD, "a page without a form", NEW)

    assert answer.status_code == 400
    assert edits(session) == []


def test_a_search_that_is_out_of_order_does_not_keep_anybody_from_editing(
    desk: Desk, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = services_of(desk.client.application).search.engine
    monkeypatch.setattr(engine, "search", _fails)

    page = words(desk.read(query(ADD, **NEW)))
    desk.send(query(ADD, **NEW), ADD, typed=NEW)

    assert "The search cannot say at the moment which sheets this concerns." in page
    assert len(edits(session)) == 1


def _fails(*_given: object) -> None:
    raise RuntimeError("no index today")
