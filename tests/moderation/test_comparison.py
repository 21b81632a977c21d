"""Two texts of a sheet beside each other: every word once, in the right place, in bounded time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.moderation.comparison import changed_sections, compare
from passerelle.moderation.words import Fragment, Kind, compare_values, compare_words
from passerelle.sheets.content import Cost, Partner, SheetContent
from tests.factories import COMPLETE

SAME, REMOVED, ADDED = Kind.SAME, Kind.REMOVED, Kind.ADDED


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """The comparison as plain pairs."""
    return [(piece.kind.value, piece.text) for piece in compare_words(before, after)]


def without(kind: Kind, found: tuple[Fragment, ...]) -> str:
    """The text that is left when the pieces of one kind are taken away."""
    return "".join(piece.text for piece in found if piece.kind is not kind)


def test_a_changed_phrase_is_one_change_and_not_a_rain_of_words() -> None:
    assert pieces("Un samedi par mois, à Hodimont.", "Deux samedis par mois, à Hodimont.") == [
        ("removed", "Un samedi"),
        ("added", "Deux samedis"),
        ("same", " par mois, à Hodimont."),
    ]


def test_a_sentence_that_was_added_begins_with_its_first_word() -> None:
    place = "à la maison de quartier de Hodimont."
    assert pieces(f"Un jour {place}", f"Deux jours {place} Un jeune y a témoigné.")[2:] == [
        ("same", f" {place}"),
        ("added", " Un jeune y a témoigné."),
    ]
    assert pieces("Un. Deux. Trois.", "Un. Trois.") == [
        ("same", "Un. "),
        ("removed", "Deux. "),
        ("same", "Trois."),
    ]


def test_equal_texts_are_one_piece_and_empty_texts_none() -> None:
    assert pieces("Le même texte.", "Le même texte.") == [("same", "Le même texte.")]
    assert pieces("", "") == []
    assert pieces("", "Tout neuf.") == [("added", "Tout neuf.")]
    assert pieces("Tout vieux.", "") == [("removed", "Tout vieux.")]


@given(st.text(alphabet="ab c.\n", max_size=60), st.text(alphabet="ab c.\n", max_size=60))
def test_both_texts_can_be_read_out_of_their_comparison(before: str, after: str) -> None:
    found = compare_words(before, after)

    assert without(ADDED, found) == before
    assert without(REMOVED, found) == after


def test_a_text_that_was_written_anew_is_shown_as_written_anew_instead_of_searched_for_ever() -> None:
    worst = " ".join("abcdefghij"[number * number % 10] for number in range(5_000))
    other = " ".join("klmnopqrst"[number % 7] for number in range(5_000))

    assert pieces(f"Avant. {worst}", f"Avant. {other}") == [
        ("same", "Avant. "),
        ("removed", worst),
        ("added", other),
    ]


def test_a_value_is_replaced_as_a_whole() -> None:
    assert compare_values("2013", "2014") == (Fragment(REMOVED, "2013"), Fragment(ADDED, "2014"))
    assert compare_values("", "2014") == (Fragment(ADDED, "2014"),)
    assert compare_values("", "") == ()


def test_the_sections_that_changed_come_first_in_the_order_of_the_fiche() -> None:
    after = replace(COMPLETE, objectives=("Autre chose",), title="Café", inhabitants=19_000)

    found = [(section.section.key, section.is_changed) for section in compare(COMPLETE, after)]

    assert found[:3] == [("header", True), ("title", True), ("objectives", True)]
    assert [key for key, _ in found[3:6]] == ["summary", "duration", "activities"]
    assert not any(changed for _, changed in found[3:])
    assert len(found) == 13


@pytest.mark.parametrize(
    ("change", "section"),
    [
        ({"starts": "2020"}, "duration"),
        ({"ongoing": False}, "duration"),
        ({"violence_forms": ("partner",)}, "violence_forms"),
        ({"target_groups_text": ""}, "target_groups"),
        ({"partnerships": ()}, "partnerships"),
        ({"web_page": "https://example.org"}, "communication"),
        ({"evaluation_kinds": ()}, "evaluation"),
        ({"costs": (Cost("human", "une assistante sociale", "1", "fte", "la commune"),)}, "costs"),
        ({"language": "de"}, "header"),
        ({"sheet_date": None}, "header"),
    ],
)
def test_every_field_counts(change: dict[str, object], section: str) -> None:
    after = replace(COMPLETE, **change)  # type: ignore[arg-type]  # each value fits its field

    assert changed_sections(COMPLETE, after) == (section,)
    assert [each.section.key for each in compare(COMPLETE, after) if each.is_changed] == [section]


def rows(
    before: SheetContent, after: SheetContent, key: str
) -> list[tuple[str | None, dict[str, list[str]]]]:
    """The rows of the field `key`: what happened to each, and the words of its cells with a sign before."""
    signs = {SAME: "", REMOVED: "-", ADDED: "+"}
    field = next(field for each in compare(before, after) for field in each.fields if field.field.key == key)
    return [
        (row.kind, {name: [signs[p.kind] + p.text for p in cell] for name, cell in row.cells.items() if cell})
        for row in field.rows
    ]


def test_an_item_put_into_a_list_leaves_the_others_as_they_are() -> None:
    before = replace(COMPLETE, objectives=("Un", "Trois"))
    after = replace(COMPLETE, objectives=("Un", "Deux", "Trois"))

    assert rows(before, after, "objectives") == [
        ("same", {"": ["Un"]}),
        ("added", {"": ["+Deux"]}),
        ("same", {"": ["Trois"]}),
    ]


def test_codes_are_compared_whatever_their_order() -> None:
    before = replace(COMPLETE, violence_forms=("partner", "child"))
    after = replace(COMPLETE, violence_forms=("child", "sexual"))

    assert rows(before, after, "violence_forms") == [
        ("same", {"": ["child"]}),
        ("added", {"": ["+sexual"]}),
        ("removed", {"": ["-partner"]}),
    ]


def test_a_partner_is_known_by_its_name() -> None:
    police = Partner("police", "Zone Boraine", "oriente les familles")
    before = replace(COMPLETE, partnerships=(Partner("school", "École", "prête un local"), police))
    after = replace(COMPLETE, partnerships=(replace(police, role="oriente les parents"),))

    assert rows(before, after, "partnerships") == [
        ("removed", {"kind": ["-school"], "name": ["-École"], "role": ["-prête un local"]}),
        (
            None,
            {
                "kind": ["police"],
                "name": ["Zone Boraine"],
                "role": ["oriente les ", "-familles", "+parents"],
            },
        ),
    ]


def test_a_cost_that_was_not_stated_is_not_zero() -> None:
    before = replace(COMPLETE, costs=(Cost("material", "la salle"),))
    after = replace(COMPLETE, costs=(Cost("material", "la salle", None, "", "", "600"),))

    assert rows(before, after, "costs") == [
        (None, {"kind": ["material"], "what": ["la salle"], "euros": ["+600"]})
    ]


def test_a_sheet_beside_itself_shows_all_of_it_as_the_same() -> None:
    found = compare(COMPLETE, COMPLETE)

    assert [each.section.number for each in found] == list(range(13))
    assert not any(each.is_changed for each in found)
    assert not any(
        field.is_empty
        for each in found
        for field in each.fields
        if field.field.key not in {"ends", "duration_note"}
    )
