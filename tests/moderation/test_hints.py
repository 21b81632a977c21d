"""What is pointed out as perhaps betraying a person, and what is not."""

from dataclasses import replace

import pytest

from passerelle.moderation.hints import HintKind, hints_of
from passerelle.sheets.content import Partner, SheetContent


@pytest.mark.parametrize(
    ("text", "kind", "seen"),
    [
        ("Le jeune Sofiane, 15 ans, y a témoigné.", HintKind.AGE_AND_NAME, "Sofiane, 15 ans"),
        ("Lotte (12 jaar) vertelde het.", HintKind.AGE_AND_NAME, "Lotte (12 jaar"),
        ("Ayşe (15 Jahre alt) kam zuerst.", HintKind.AGE_AND_NAME, "Ayşe (15 Jahre"),
        ("Élodie, âgée de 8 ans, l'a dit.", HintKind.AGE_AND_NAME, "Élodie, âgée de 8 ans"),
        ("Emma, aged 9, came along.", HintKind.AGE_AND_NAME, "Emma, aged 9"),
        ("Appelez le 065 12 34 56.", HintKind.PHONE, "065 12 34 56"),
        ("gsm 0470/12.34.56", HintKind.PHONE, "0470/12.34.56"),
        ("Tel. +32 2 123 45 67", HintKind.PHONE, "+32 2 123 45 67"),
        ("écrire à prenom.nom@gmail.com svp", HintKind.EMAIL, "prenom.nom@gmail.com"),
    ],
)
def test_what_may_name_somebody_is_pointed_out_as_it_is_written(text: str, kind: HintKind, seen: str) -> None:
    (hint,) = hints_of(SheetContent(activities=text))

    assert (hint.section, hint.kind, hint.text) == ("activities", kind, seen)


@pytest.mark.parametrize(
    "text",
    [
        "Appelez le 0800 30 030 ou le 1712.",
        "Pour des jeunes de 12 à 18 ans.",
        "En 2019, 15 ans après le début.",
        "Budget : 27 000 euros pour 18 988 habitants.",
        "Du 01/02/2019 au 28/02/2019.",
        "https://www.commune.example/065123456/page",
        "les mamans, 15 ans de pratique",
    ],
)
def test_numbers_that_name_nobody_are_left_alone(text: str) -> None:
    assert hints_of(SheetContent(activities=text)) == ()


def test_every_field_is_looked_at_and_each_thing_is_said_once_a_section() -> None:
    content = SheetContent(
        objectives=("voir a@b.be", "encore a@b.be"), partnerships=(Partner("", "Mme X", "a@b.be"),)
    )

    assert [(hint.section, hint.text) for hint in hints_of(content)] == [
        ("objectives", "a@b.be"),
        ("partnerships", "a@b.be"),
    ]


@pytest.mark.parametrize("text", ["0" * 10_000, "a@" * 5_000, "A" * 10_000, "A, " * 3_000, "a." * 5_000])
def test_a_hostile_text_is_looked_through_all_the_same(text: str) -> None:
    assert len(hints_of(replace(SheetContent(), activities=text))) < 5
