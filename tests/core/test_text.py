"""Text is cleaned once, at the border."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.core.text import UnreadableText, clean_line, clean_text, folded, legible


def test_accents_typed_in_two_pieces_become_one_letter() -> None:
    assert clean_text("e\u0301cole") == "école"


def test_line_ends_of_every_system_become_newlines() -> None:
    assert clean_text("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_soft_hyphens_and_zero_width_spaces_go() -> None:
    assert clean_text("pré\u00advention\u200b") == "prévention"


def test_a_line_has_no_line_end() -> None:
    assert clean_line("  Café \n des\tMamans ") == "Café des Mamans"


@pytest.mark.parametrize("debris", ["\x00", "a\x00b", "\ud800", "\x1b[31m", "l\x92eau", "\ufffe", "\ufdd0"])
def test_what_no_database_can_keep_is_refused(debris: str) -> None:
    with pytest.raises(UnreadableText):
        clean_text(debris)


@given(st.text())
def test_whatever_is_typed_can_be_made_legible(text: str) -> None:
    assert clean_text(legible(text)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café  papote", "cafe papote"),
        ("l’école", "L'ECOLE"),
        ("Straße", "strasse"),
        ("cœur", "COEUR"),
        ("self‑défense", "self-defense"),
        ("pré\u00advention", "prevention"),
    ],
)
def test_what_differs_in_capitals_accents_and_signs_alone_is_the_same_word(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@given(st.text())
def test_what_is_folded_stays_as_it_is_when_folded_again(text: str) -> None:
    assert folded(folded(text)) == folded(text)
