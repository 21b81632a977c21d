"""Without an index the database answers: plainly, exactly in what is chosen, and for any text."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.search import fallback
from passerelle.search.page import NoteKind, SearchPage
from passerelle.search.request import FACETS, SearchRequest
from passerelle.sheets.content import Partner
from passerelle.sheets.models import RevisionStatus, SheetStatus
from tests.factories import COMPLETE, Factories

PUBLISHED = RevisionStatus.PUBLISHED
TODAY = date(2026, 6, 15)


def ask(session: Session, words: str = "", page: int = 1, **facets: str | tuple[str, ...]) -> SearchPage:
    chosen = {name: value if isinstance(value, tuple) else (value,) for name, value in facets.items()}
    return fallback.search(
        session, SearchRequest(words, chosen, page=page, per_page=10, language="fr"), TODAY
    )


def titles(page: SearchPage) -> list[str]:
    return [hit.title for hit in page.hits]


def counts(page: SearchPage, facet: str) -> dict[str, int]:
    return {each.value: each.count for each in page.facets[facet] if each.count}


def test_words_are_found_whatever_their_case_and_accents(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED, title="L’ÉCOLE des pères")
    make.sheet(of=quaregnon, status=PUBLISHED, title="Straße", summary="Ein Weg für alle, un cœur à prendre")

    assert titles(ask(session, "école")) == ["L’ÉCOLE des pères"]
    assert titles(ask(session, "ECOLE")) == ["L’ÉCOLE des pères"]
    assert titles(ask(session, "l'ecole peres")) == ["L’ÉCOLE des pères"]
    assert titles(ask(session, "strasse")) == ["Straße"]
    assert titles(ask(session, "coeur")) == ["Straße"]


def test_phrases_exclusions_and_common_words_are_understood(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED, title="Café des mamans")
    make.sheet(of=quaregnon, status=PUBLISHED, title="Mamans au café")

    assert titles(ask(session, '"café des mamans"')) == ["Café des mamans"]
    assert titles(ask(session, "mamans -au")) == ["Café des mamans"]
    assert len(titles(ask(session, "les mamans pour le café"))) == 2


def test_only_what_is_public_is_found(session: Session, make: Factories, quaregnon: Commune) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED, title="En ligne")
    make.sheet(of=quaregnon, status=RevisionStatus.SUBMITTED, title="En examen")
    make.sheet(of=quaregnon, status=PUBLISHED, title="Archivée", sheet_status=SheetStatus.ARCHIVED)
    make.sheet(of=quaregnon, status=PUBLISHED, title="Retirée", sheet_status=SheetStatus.REMOVED)

    page = ask(session)

    assert titles(page) == ["En ligne"]
    assert page.degraded


def test_signs_with_a_meaning_in_sql_have_none(session: Session, make: Factories, quaregnon: Commune) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED, title="Cent pour cent, 100% sûr")
    make.sheet(of=quaregnon, status=PUBLISHED, title="Tout autre chose")

    assert titles(ask(session, "100%")) == ["Cent pour cent, 100% sûr"]
    assert titles(ask(session, "z%")) == []
    assert titles(ask(session, "chose_zut")) == []
    assert len(titles(ask(session, "% _ \\ '"))) == 2, "signs alone ask nothing"


def test_choices_are_or_inside_and_across_facets_and(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    ghent = make.commune("44021")
    make.sheet(of=quaregnon, status=PUBLISHED, title="A", violence_forms=("partner",))
    make.sheet(
        of=quaregnon, status=PUBLISHED, title="B", violence_forms=("honour",), ends="2020", ongoing=False
    )
    make.sheet(of=ghent, status=PUBLISHED, title="C", violence_forms=("intrafamilial",), language="nl")
    make.sheet(of=ghent, status=PUBLISHED, title="D", partnerships=(Partner("police", "Politie", ""),))

    assert set(titles(ask(session, form=("partner", "honour")))) == {"A", "B"}
    assert titles(ask(session, form=("partner", "honour"), status="finished")) == ["B"]
    assert set(titles(ask(session, form="intrafamilial"))) == {"A", "C", "D"}, "it is broader than partner"
    assert titles(ask(session, region="flanders", written="nl")) == ["C"]
    assert titles(ask(session, partner="police")) == ["D"]
    assert titles(ask(session, commune="44021", province="hainaut")) == []


def test_counts_leave_the_choice_of_their_own_facet_aside(
    session: Session, make: Factories, quaregnon: Commune
) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED, violence_forms=("partner",), language="fr")
    make.sheet(of=quaregnon, status=PUBLISHED, violence_forms=("honour",), language="fr")
    make.sheet(of=quaregnon, status=PUBLISHED, violence_forms=("honour",), language="de")

    page = ask(session, form="partner")

    assert counts(page, "form") == {"intrafamilial": 1, "partner": 1, "honour": 2}
    assert counts(page, "written") == {"fr": 1}
    assert [each.value for each in page.facets["form"] if each.chosen] == ["partner"]
    assert set(page.facets) == set(FACETS)


def test_pages_are_cut_newest_first(session: Session, make: Factories, quaregnon: Commune) -> None:
    numbers = [make.sheet(of=quaregnon, status=PUBLISHED).id for _ in range(23)]

    pages = [ask(session, page=number) for number in (1, 2, 3, 4)]

    assert [[hit.number for hit in page.hits] for page in pages[:3]] == [
        numbers[:-11:-1],
        numbers[-11:-21:-1],
        numbers[-21::-1],
    ]
    assert (pages[3].total, pages[3].hits) == (23, ())


def test_a_hit_shows_its_texts_unmarked(session: Session, make: Factories, quaregnon: Commune) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED)

    (hit,) = ask(session, "café").hits

    assert [fragment.text for fragment in hit.highlights.title] == [COMPLETE.title]
    assert [fragment.text for fragment in hit.highlights.summary] == [COMPLETE.summary]
    assert (hit.commune_names["fr"], hit.province, hit.evaluated) == ("Quaregnon", "hainaut", True)


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE sheets; --",
        "%" * 256,
        "_" * 256,
        '"' * 255,
        "-" * 200,
        "\\",
        "\x00\ud800 café",
        "oe" * 128,
        "(((((((((",
        "🦄 " * 80,
        "a" * 256,
        "ß",
        "العربية Ελληνικά",
        " ".join(str(number) for number in range(90)),
        "*:*",
        "/.*/",
    ],
)
def test_any_text_gets_an_answer(session: Session, make: Factories, quaregnon: Commune, text: str) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED)

    page = ask(session, text)

    assert page.total in {0, 1}


def test_words_beyond_the_limits_are_named(session: Session, make: Factories, quaregnon: Commune) -> None:
    make.sheet(of=quaregnon, status=PUBLISHED)

    (note,) = ask(session, " ".join(f"w{number}" for number in range(40))).notes

    assert note.kind is NoteKind.CUT
    assert "w39" in note.words
