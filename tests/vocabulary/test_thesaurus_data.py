"""The words of the thesaurus: enough of them, in four languages, each for one meaning."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from passerelle.vocabulary import LANGUAGES, ancestors, concept, concepts

KINDS = {"form", "theme", "method", "target", "topic", "partner_type", "setting", "means"}
DEEPEST = 3

# Words that truly mean two things: who looks for one of them wants both.
_PEOPLE_AND_VIOLENCE = {"lgbt", "lgbt_people"}  # "LGBT" names the people, and the form ticked for them
_TWO_AGES = {"teens", "young_adults"}  # "jeunes" runs from 12 to 25: no word for either half alone
SHARED = {
    **{
        (language, word): _PEOPLE_AND_VIOLENCE
        for language in LANGUAGES
        for word in ("lgbt", "lgbtq+", "lgbtqi+", "lgbtqia+")
    },
    ("nl", "holebi"): _PEOPLE_AND_VIOLENCE,
    ("de", "lsbtiq"): _PEOPLE_AND_VIOLENCE,
    ("fr", "jeunes"): _TWO_AGES,
    ("nl", "jongeren"): _TWO_AGES,
    ("de", "junge menschen"): _TWO_AGES,
    ("en", "young people"): _TWO_AGES,
}

# Too general to stand for a concept: each of them was one once, and was then found everywhere.
TOO_GENERAL = {
    "fr": "accueil café chat commerce course débat fête former local pièce plateforme recherche rencontre",
    "nl": "balie begeleiders gemeenschap netwerk onderzoek ontmoeting opvang organisatie stellen",
    "de": "Betrieb Forschung Gemeinschaft Land Netzwerk Personal Praxis Region Treffen Umfeld Anwendung",
    "en": "ally community course land meeting network one play research shop chat",
}


def _folded(term: str) -> str:
    apart = unicodedata.normalize("NFKD", term.removeprefix("=").casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _words() -> Iterator[tuple[str, str, str]]:
    """Code, language and term of every word."""
    for found in concepts():
        for language, terms in found.terms.items():
            yield from ((found.code, language, term) for term in terms)


def _codes_of(language: str, word: str) -> set[str]:
    return {code for code, lang, term in _words() if (lang, _folded(term)) == (language, _folded(word))}


def test_there_are_more_than_four_hundred_concepts_of_known_kinds() -> None:
    kinds = Counter(found.kind for found in concepts())

    assert len(concepts()) >= 400
    assert set(kinds) == KINDS
    assert (kinds["form"], kinds["target"], kinds["partner_type"]) == (8, 18, 18)


def test_concepts_of_one_kind_stand_together() -> None:
    kinds = [found.kind for found in concepts()]

    assert [kind for kind, before in zip(kinds, [None, *kinds], strict=False) if kind != before] == [
        *("form", "theme", "method", "target", "topic", "partner_type", "setting", "means")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_three_to_twenty_words_in_each_language(language: str) -> None:
    sizes = {found.code: len(found.terms[language]) for found in concepts()}

    assert {code: size for code, size in sizes.items() if not 3 <= size <= 20} == {}


def test_words_are_clean() -> None:
    for code, language, term in _words():
        assert term == unicodedata.normalize("NFC", " ".join(term.split())), (code, language, term)
        assert not set(term) & set(";\t|’"), (code, language, term)


@pytest.mark.parametrize(
    ("code", "language", "word", "alike"),
    [
        ("mothers", "fr", "mères", "mer"),
        ("municipality", "fr", "commune", "communication"),
        ("pupils", "fr", "élèves", "élever"),
        ("fathers", "fr", "papas", "pape"),
        ("carers", "fr", "aidants", "aide"),
        ("witnesses", "nl", "naasten", "naast"),
        ("peer", "nl", "peer", "per"),
        ("boys", "nl", "jongens", "jong"),
        ("perpetrators", "de", "Täter", "Tat"),
        ("knife", "de", "Messer", "messen"),
        ("couples", "de", "Paare", "paar"),
        ("university", "en", "university", "universal"),
        ("training", "en", "training", "train"),
    ],
)
def test_a_word_whose_stem_means_something_else_is_met_only_as_written(
    code: str, language: str, word: str, alike: str
) -> None:
    assert word in concept(code).exact[language]
    assert _codes_of(language, alike) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_concepts_are_shown_with_the_same_word(language: str) -> None:
    labels = Counter(_folded(found.terms[language][0]) for found in concepts())

    assert [label for label, times in labels.items() if times > 1] == []


def test_a_word_belongs_to_one_concept_unless_it_truly_means_two() -> None:
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, language, term in _words():
        codes[language, _folded(term)].add(code)

    assert {word: of for word, of in codes.items() if len(of) > 1} == SHARED


def test_the_hierarchy_has_no_loop_and_at_most_three_levels() -> None:
    def levels(code: str) -> int:
        return 1 + max((levels(above) for above in concept(code).broader), default=0)

    for found in concepts():
        assert found.code not in ancestors(found.code)
        assert levels(found.code) <= DEEPEST, found.code


def test_few_concepts_lie_below_one_of_the_eight_forms() -> None:
    forms = {found.code for found in concepts() if found.kind == "form"}
    below = [found for found in concepts() if found.kind != "form" and forms & set(ancestors(found.code))]

    assert {found.kind for found in below} == {"theme", "setting"}
    assert len(below) < len(concepts()) / 10


def test_violence_against_parents_is_never_violence_against_older_people() -> None:
    parent = {_folded(term) for term in concept("parent").terms["nl"]}
    elder = {_folded(term) for term in concept("elder").terms["nl"]}

    assert parent.isdisjoint(elder)
    assert "oudermis(be)handeling" in parent
    assert "ouderenmis(be)handeling" in elder
    assert not any("ouderen" in term or "bejaarden" in term for term in parent)
    assert not any("ouders" in term or "oudermis" in term for term in elder)


def test_parents_and_older_people_share_no_dutch_word() -> None:
    assert _codes_of("nl", "ouders") == _codes_of("nl", "ouder") == {"parents"}
    assert _codes_of("nl", "ouderen") == {"seniors"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_mean_everything_stand_for_nothing(language: str) -> None:
    assert {word: of for word in TOO_GENERAL[language].split() if (of := _codes_of(language, word))} == {}


@pytest.mark.parametrize(
    ("language", "word", "code"),
    [
        ("fr", "café des mamans", "parentcafe"),
        ("fr", "SAPV", "policeassist"),
        ("fr", "marche exploratoire", "exploratorywalk"),
        ("fr", "sous-bocks", "beercoaster"),
        ("fr", "résistance non violente", "nvr"),
        ("nl", "geweldloos verzet", "nvr"),
        ("nl", "tienerpooiers", "loverboys"),
        ("nl", "JAC", "youthinfo"),
        ("nl", "broodzakken", "breadbags"),
        ("nl", "tijdelijk huisverbod", "barringorder"),
        ("de", "ÖSHZ", "cpas"),
        ("de", "Kaleido", "pms"),
        ("de", "Schöffe", "councillors"),
        ("de", "niederschwellig", "lowthreshold"),
        ("de", "Bierdeckel", "beercoaster"),
        ("en", "home visit", "homevisit"),
        ("en", "safe space", "safeplaces"),
        ("en", "revenge porn", "revengeporn"),
        ("en", "one-stop shop", "onestop"),
    ],
)
def test_the_words_of_the_field_mean_their_concept(language: str, word: str, code: str) -> None:
    assert _codes_of(language, word) == {code}
