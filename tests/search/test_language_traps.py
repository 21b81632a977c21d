"""The traps of the four languages, each seen through a search."""

import pytest

from passerelle.search.engine import SearchEngine
from passerelle.search.request import SearchRequest
from tests.search.samples import dutch, marked, sheet


def found(engine: SearchEngine, words: str, language: str = "fr") -> list[int]:
    return [hit.number for hit in engine.search(SearchRequest(words, language=language)).hits]


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_parents_and_older_people_are_never_taken_for_each_other(
    search_engine: SearchEngine, language: str
) -> None:
    parents = [(1, "Ouders"), (3, "Oudermishandeling"), (6, "Ouder")]
    elders = [(2, "Ouderen"), (4, "Ouderenmishandeling"), (5, "Oudere")]
    search_engine.put([dutch(number, title, language=language) for number, title in parents + elders], 1)

    assert found(search_engine, "ouders", "nl")[:2] == [6, 1]
    assert found(search_engine, "ouderen", "nl")[:2] == [5, 2]
    assert {*found(search_engine, "ouders", "nl")} <= {1, 3, 6}
    assert {*found(search_engine, "ouderen", "nl")} <= {2, 4, 5}
    assert found(search_engine, "oudermishandeling", "nl") == [3]
    assert found(search_engine, "ouderenmishandeling", "nl") == [4]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Oudermishandeling", "ouderenmishandeling"),
        ("Ouderenzorg", "ouderzorg"),
        ("Ouderengroep", "oudergroep"),
    ],
)
def test_a_missing_word_is_never_mended_from_parents_to_older_people(
    search_engine: SearchEngine, title: str, typed: str
) -> None:
    search_engine.put([dutch(1, title)], 1)

    answer = search_engine.search(SearchRequest(typed, language="nl"))

    assert (answer.total, answer.suggestion) == (0, None)


def test_the_form_labelled_older_people_does_not_find_the_one_labelled_parents(
    search_engine: SearchEngine,
) -> None:
    search_engine.put(
        [sheet(1, "Une", violence_forms=("elder",)), sheet(2, "Autre", violence_forms=("parent",))], 1
    )

    assert found(search_engine, "geweld tegen ouderen", "nl") == [1]
    assert found(search_engine, "geweld tegen ouders", "nl") == [2]


def test_dutch_violence_is_not_stemmed_into_a_stop_word(search_engine: SearchEngine) -> None:
    search_engine.put([dutch(1, "Geweld"), dutch(2, "Wel en wee")], 1)

    assert found(search_engine, "geweld", "nl") == [1]


@pytest.mark.parametrize("written", ["égalité", "egalite", "Égalités", "EGALITE", "l'égalité", "L’ÉGALITÉ"])
@pytest.mark.parametrize("typed", ["égalité", "egalite", "d'égalité"])
def test_accents_capitals_and_elisions_never_matter(
    search_engine: SearchEngine, written: str, typed: str
) -> None:
    search_engine.put([sheet(1, written)], 1)

    assert found(search_engine, typed) == [1]


@pytest.mark.parametrize("stop_word", ["les", "cette", "leurs", "des", "pour"])
def test_french_stop_words_are_not_asked_of_a_sheet(search_engine: SearchEngine, stop_word: str) -> None:
    search_engine.put([sheet(1, "Mamans")], 1)

    assert found(search_engine, f"{stop_word} mamans") == [1]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("nl", "ouderenmis(be)handeling", "ouderenmishandeling"),
        ("nl", "ouderenmis(be)handeling", "ouderenmisbehandeling"),
        ("nl", "ouderenmisbehandeling", "ouderenmis(be)handeling"),
        ("nl", "ouderenmishandeling", "ouderenmis(be)handeling"),
        ("fr", "LGBTQIA+", "lgbtqia"),
        ("fr", "lgbtqia", "LGBTQIA+"),
        ("fr", "0800 30 030", "080030030"),
        ("fr", "080030030", "0800 30 030"),
        ("fr", "0800/30.030", "0800 30 030"),
        ("fr", "0800 30 030", "0800 30 030"),
        ("fr", "VIF'ment", "VIF’ment"),
        ("fr", "VIF'ment", "vifment"),
        ("fr", "VIF'ment", "vif"),
        ("fr", "cyber-harcèlement", "cyberharcèlement"),
        ("fr", "cyberharcèlement", "cyber harcèlement"),
        ("fr", "cyber harcèlement", "cyberharcèlement"),
        ("fr", "cyber harcèlement", "cyber-harcelement"),
        ("fr", "cyberharcèlement", "cyber-harcèlement"),
        ("de", "Täter", "Taeter"),
        ("de", "Taeter", "Täter"),
        ("de", "Täter", "Tater"),
        ("de", "Straße", "strasse"),
        ("de", "Strasse", "Straße"),
        ("nl", "mama's", "mama"),
        ("nl", "mama’s", "mamas"),
        ("nl", "mama's", "mama's"),
        ("fr", "œuvre", "oeuvre"),
        ("fr", "agent·e·s", "agents"),
        ("fr", "participant·e·s", "participante"),
        ("fr", "participant.e.s", "participants"),
        ("fr", "participants", "participant·e·s"),
        ("fr", "employé-e-s", "employée"),
        ("fr", "employé(e)s", "employés"),
        ("de", "Bürger*innen", "Bürger"),
        ("de", "Bürger:innen", "Bürgerinnen"),
        ("de", "Schüler/innen", "Schülerinnen"),
        ("fr", "C.P.A.S.", "cpas"),
        ("fr", "cpas", "C.P.A.S."),
        ("fr", "18.988 habitants", "18988"),
        ("en", "women's shelter", "women shelter"),
    ],
)
def test_a_word_is_found_in_all_the_ways_it_is_written(
    search_engine: SearchEngine, language: str, written: str, typed: str
) -> None:
    search_engine.put([sheet(1, written, language=language), sheet(2, "Tambour")], 1)

    assert found(search_engine, typed, language) == [1]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("fr", "participante*", "participant*"),
        ("nl", "Jeugdhuiswerker", "jeugdhuis*"),
        ("de", "Täterarbeit", "täter*"),
        ("de", "Taeterarbeit", "tät*"),
    ],
)
def test_a_word_cut_with_a_star_finds_the_words_that_begin_so(
    search_engine: SearchEngine, language: str, written: str, typed: str
) -> None:
    search_engine.put([sheet(1, written, language=language), sheet(2, "Tambour")], 1)

    assert found(search_engine, typed, language) == [1]


def test_decomposed_accents_are_the_same_accents(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "Cafe\u0301")], 1)

    answer = search_engine.search(SearchRequest("cafe\u0301", language="fr"))

    assert [hit.number for hit in answer.hits] == [1]


def test_what_is_shown_is_the_word_as_written_and_never_its_stem(search_engine: SearchEngine) -> None:
    search_engine.put([sheet(1, "La mère et les communautés")], 1)

    title = search_engine.search(SearchRequest("mere communautaire", language="fr")).hits[0].highlights.title

    assert marked(title)[0] == "mère"


def test_a_label_finds_sheets_of_every_language(search_engine: SearchEngine) -> None:
    search_engine.put(
        [
            sheet(1, "Accueil", violence_forms=("partner",)),
            dutch(2, "Onthaal", violence_forms=("child",)),
        ],
        1,
    )

    assert found(search_engine, "partnergeweld", "nl") == [1]
    assert found(search_engine, "Partnergewalt", "de") == [1]
    assert found(search_engine, "violence enfants", "fr") == [2]


@pytest.mark.parametrize("name", ["Gent", "Gand", "9000"])
def test_a_commune_is_found_by_each_of_its_names_and_its_postal_code(
    search_engine: SearchEngine, name: str
) -> None:
    search_engine.put([dutch(1, "Onthaal"), sheet(2, "Accueil")], 1)

    assert found(search_engine, name) == [1]


def test_the_same_letters_in_two_languages_are_two_words(search_engine: SearchEngine) -> None:
    """French "plants" and Dutch "planten" have the same stem, each in its language."""
    search_engine.put([sheet(1, "Les plants", language="fr"), sheet(2, "Planten", language="nl")], 1)

    assert found(search_engine, "planten", "nl") == [2]
