"""The first sheet, word for word as its commune wrote it, and nobody's address."""

import json
import re

import pytest

from passerelle.core.paths import PACKAGE
from passerelle.exchange.lines import read_line
from passerelle.sheets.checks import problems_of
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent

SEED = PACKAGE / "exchange" / "data" / "quaregnon.jsonl"
THE_FICHE = SheetContent(
    language="fr",
    sheet_date="2019-06-26",
    inhabitants=18_988,
    title="Café des Mamans",
    summary=(
        "Groupe de discussion permettant de créer une dynamique de groupe et de libérer la parole des femmes."
    ),
    starts="2013",
    ends=None,
    ongoing=True,
    duration_note="2013 à maintenant",
    activities=(
        "Les activités se déroulent dans un local mis à disposition par une école, en collaboration avec"
        " l'école et le Centre PMS. Les mamans sont mises au courant des activités via la journal de classe"
        " dans lequel est glissé un flyer qui reprend les modalités pratiques. Ces cafés ont lieu 4 à 5 fois"
        " par an et se tiennent de 8h30 à 10h30."
        "\n\n"
        "L'idée est de permettre aux mamans de se poser et prendre un moment rien que pour elles et entre"
        " elles. C'est l'occasion pour elles de parler de leur vie de femme et d'aborder avec elles"
        " différentes notions familiales (éducation des enfants,...). Différents thèmes y sont abordés."
    ),
    violence_forms=("intrafamilial",),
    objectives=(
        "Contribuer à l’émancipation de la femme",
        "Faire connaître le service d’accueil bas seuil d’accès.",
    ),
    target_groups=("mothers",),
    target_groups_text="Les mamans",
    partnerships=(
        Partner("school", "L’école et le Centre PMS", "qui mette à disposition un local"),
        Partner("university", "L’université de Mons", "qui peut amener différents thèmes à aborder"),
    ),
    outreach="L’invitation au public cible se fait via le journal de classe des enfants.",
    web_page="www.qmix-cite.be",
    innovation=(
        "L’aspect collaboratif avec l’école et le centre PMS est intéressant : le public cible est abordé via"
        " le journal de classe des enfants. Cela permet donc aussi au service de se faire connaître"
        " régulièrement auprès des mamans qui ne participent pas nécessairement au café."
    ),
    evaluation_method=(
        "Toute une série de données sont enregistrées :\nNombre de participantes\nNombre de séances\n"
        "Nombre de retours vers le service suite aux séances"
    ),
    evaluation_kinds=("attendance", "uptake"),
    costs=(
        Cost("human", "assistante sociale", "1", "fte"),
        Cost("human", "psychologue du centre PMS", "1"),
        Cost("material", "local adéquat mis à disposition", "1"),
        Cost("material", "Café et viennoiseries"),
    ),
)


def test_the_seed_is_the_fiche_of_quaregnon_word_for_word() -> None:
    seed = read_line(SEED.read_text(encoding="utf-8").strip())

    assert seed.commune == "53065"
    assert seed.ref == "quaregnon-cafe-des-mamans"
    assert seed.content == THE_FICHE


def test_the_seed_is_complete_enough_to_be_published() -> None:
    seed = read_line(SEED.read_text(encoding="utf-8").strip())

    assert problems_of(seed.content, seed.contact, to_submit=True) == ()


def test_the_seed_names_the_function_and_nobody() -> None:
    text = SEED.read_text(encoding="utf-8")

    assert read_line(text.strip()).contact == Contact(job_title="Assistante sociale")
    assert json.loads(text)["contact"] == {"job_title": "Assistante sociale"}


@pytest.mark.parametrize("pattern", [r"@", r"\b0\d{2,3}[ /.]", r"\+32", r"\d{6,}"])
def test_the_seed_holds_no_address_and_no_telephone(pattern: str) -> None:
    text = SEED.read_text(encoding="utf-8")

    assert not re.search(pattern, text)
