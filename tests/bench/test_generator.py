"""The made-up sheets of the bench are always the same, readable, complete and from the whole country."""

from collections import Counter

from bench.generator import SEED, lines, sheet
from bench.queries import KINDS, questions
from passerelle.exchange.lines import read_line
from passerelle.sheets.checks import problems_of
from passerelle.vocabulary import FORMS, PARTNER_KINDS, PROVINCES, TARGET_GROUPS
from passerelle.vocabulary.communes import commune


def test_a_sheet_is_the_same_whatever_the_size() -> None:
    few, many, later = list(lines(5)), list(lines(20)), list(lines(15, first=5))

    assert many[:5] == few
    assert many[5:] == later


def test_another_seed_makes_other_sheets() -> None:
    assert not set(lines(20)) & set(lines(20, seed="another"))


def test_every_sheet_can_be_read_and_published() -> None:
    for number, line in enumerate(lines(200)):
        read = read_line(line)
        assert read == sheet(number)
        assert problems_of(read.content, read.contact, to_submit=True) == ()
        assert 250 <= len(line.split()) <= 800


def test_the_sheets_come_from_everywhere_in_every_language_and_name_nobody() -> None:
    made = [sheet(number) for number in range(400)]

    assert {each.content.language for each in made} == {"fr", "nl", "de", "en"}
    assert {commune(each.commune).area for each in made} == set(PROVINCES.codes)
    assert {code for each in made for code in each.content.violence_forms} == set(FORMS.codes)
    assert {code for each in made for code in each.content.target_groups} == set(TARGET_GROUPS.codes)
    assert {row.kind for each in made for row in each.content.partnerships} == set(PARTNER_KINDS.codes)
    assert not any(each.contact.name or each.contact.phone or each.contact.email for each in made)


def test_every_sheet_says_that_it_is_made_up() -> None:
    marks = Counter(sheet(number).content.activities.split(",")[0] for number in range(100))

    assert set(marks) == {"Fiche fictive", "Verzonnen fiche", "Erfundener Bogen", "Made-up sheet"}
    assert all(sheet(number).ref == f"{SEED}-{number:06}" for number in range(3))


def test_the_questions_are_always_the_same_and_of_ten_kinds() -> None:
    asked = questions(8)

    assert asked == questions(8)
    assert Counter(each.kind for each in asked) == dict.fromkeys(KINDS, 8)
    assert {each.language for each in asked} == {"fr", "nl", "de", "en"}
    assert all(each.parameters for each in asked)
