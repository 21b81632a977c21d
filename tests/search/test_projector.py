"""What the index is given is what a visitor may read, and no more."""

from dataclasses import fields

from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.search.documents import SearchDocument
from passerelle.search.projector import BATCH, all_documents, documents_of
from passerelle.sheets.content import Contact, Cost, Partner
from passerelle.sheets.models import RevisionStatus, SheetStatus
from tests.factories import Factories

PUBLISHED = RevisionStatus.PUBLISHED


def never(number: int, problem: Exception) -> None:
    raise AssertionError(f"sheet {number} was not projected") from problem


def only(session: Session) -> SearchDocument:
    (document,) = all_documents(session, never)
    return document


def test_only_published_revisions_of_active_sheets_are_projected(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    online = make.sheet(of=quaregnon, status=PUBLISHED)
    for status in set(RevisionStatus) - {PUBLISHED}:
        make.sheet(of=quaregnon, status=status)
    make.sheet(of=quaregnon, status=PUBLISHED, sheet_status=SheetStatus.ARCHIVED)
    make.sheet(of=quaregnon, status=PUBLISHED, sheet_status=SheetStatus.REMOVED)

    documents = list(all_documents(session, never))

    assert [document.number for document in documents] == [online.id]


def test_the_published_text_is_shown_while_the_next_one_is_reviewed(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=PUBLISHED, title="Ce qui est en ligne")
    make.revision(sheet, status=RevisionStatus.SUBMITTED, title="Ce qui attend")

    document = only(session)

    assert document.title == "Ce qui est en ligne"
    assert document.revision_id == sheet.revisions[0].id
    assert document.content_hash == sheet.revisions[0].content_hash


def test_nothing_of_the_contact_is_projected(session: Session, make: Factories, quaregnon: Commune) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.DISCARDED)
    contact = Contact("Canarius Nom", "Fonction canari", "0499123456", "canari@commune.example")
    make.revision(sheet, status=PUBLISHED, contact=contact)

    document = only(session)

    assert not {"contact", "name", "phone", "email", "job_title"} & {each.name for each in fields(document)}
    assert "canari" not in repr(document).lower()


def test_partners_objectives_and_costs_are_plain_lines(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    make.sheet(
        of=quaregnon,
        status=PUBLISHED,
        objectives=("Rompre l'isolement", "Informer"),
        partnerships=(Partner("school", "École du Centre", "prête un local"), Partner("school", "", "")),
        costs=(Cost("human", "une assistante sociale", "0.5", "fte", "la commune", "12000"),),
    )

    document = only(session)

    assert document.texts["objectives"] == "Rompre l'isolement\nInformer"
    assert document.texts["partnerships"].startswith("École du Centre, prête un local")
    assert document.texts["costs"] == "une assistante sociale, la commune"
    assert document.partner_kinds == ("school",)


def test_the_inhabitants_are_those_the_sheet_declares(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED, inhabitants=18_988)

    assert only(session).inhabitants == 18_988


def test_a_commune_has_its_names_its_postal_codes_and_its_place(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED)
    make.sheet(of=make.commune("21009"), status=PUBLISHED)  # Ixelles, Elsene

    hainaut, brussels = all_documents(session, never)

    assert (hainaut.province, hainaut.region, hainaut.postal_codes) == ("hainaut", "wallonia", ("7390",))
    assert (brussels.province, brussels.region) == ("brussels", "brussels")
    assert (brussels.commune_names["fr"], brussels.commune_names["nl"]) == ("Ixelles", "Elsene")
    assert set(brussels.commune_names) == {"fr", "nl", "de", "en"}


def test_a_sheet_that_cannot_be_read_does_not_hide_the_others(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    strange, plain = (make.sheet(of=quaregnon) for _ in range(2))
    strange.revisions[0].content_json = {"title": "T", "partnerships": [{"unheard": "of"}]}
    for sheet in (strange, plain):
        revision = sheet.revisions[0]
        revision.content_hash, revision.published_at = "x", sheet.created_at
        revision.status = PUBLISHED
    session.flush()
    failed: dict[int, Exception] = {}

    documents = documents_of(session, [strange.id, plain.id], failed.__setitem__)

    assert [document.number for document in documents] == [plain.id]
    assert list(failed) == [strange.id]


def test_a_rebuild_reads_every_sheet_once_over_several_batches(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    numbers = [make.sheet(of=quaregnon, status=PUBLISHED).id for _ in range(BATCH + 3)]

    documents = [document.number for document in all_documents(session, never)]

    assert documents == numbers
