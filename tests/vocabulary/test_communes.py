"""The 565 communes: who they are, what they are called, and how people write it."""

from collections import Counter

import pytest

from passerelle.vocabulary import PROVINCES, REGIONS, AmbiguousCommune, UnknownCommune, commune, find_commune
from passerelle.vocabulary.communes import communes


def test_there_are_565_communes_each_with_its_own_nis_code() -> None:
    codes = [found.nis for found in communes()]

    assert len(codes) == len(set(codes)) == 565
    assert codes == sorted(codes)
    assert all(len(code) == 5 and code.isdigit() for code in codes)


def test_every_commune_lies_in_a_province_of_its_region_or_in_brussels() -> None:
    for found in communes():
        assert found.region in REGIONS
        assert (found.province is None) == (found.region == "brussels"), found
        assert PROVINCES.term(found.area).broader == (found.region,)


def test_regions_and_provinces_have_as_many_communes_as_in_the_law() -> None:
    assert Counter(found.region for found in communes()) == {"flanders": 285, "wallonia": 261, "brussels": 19}
    assert Counter(found.province for found in communes())["brabant-wallon"] == 27


def test_every_commune_has_names_and_postal_codes() -> None:
    for found in communes():
        assert found.name_fr
        assert found.name_nl
        assert found.postal_codes
        assert all(len(code) == 4 and code.isdigit() for code in found.postal_codes)


def test_the_nine_communes_of_the_german_speaking_community_have_their_german_names() -> None:
    german = [found for found in communes() if found.german_speaking]

    assert {found.name("de") for found in german} == {
        *("Amel", "Büllingen", "Burg-Reuland", "Bütgenbach", "Eupen"),
        *("Kelmis", "Lontzen", "Raeren", "Sankt Vith"),
    }
    assert {found.languages for found in german} == {("de", "fr")}
    assert {found.area_name("fr") for found in german} == {"Liège (Ostbelgien)"}
    assert {found.area_name("de") for found in german} == {"Lüttich (Ostbelgien)"}


def test_official_languages_follow_region_and_facilities() -> None:
    languages = Counter(found.languages for found in communes())

    assert languages == {
        ("nl",): 273,
        ("nl", "fr"): 12,
        ("fr",): 246,
        ("fr", "nl"): 19 + 4,
        ("fr", "de"): 2,
        ("de", "fr"): 9,
    }
    assert commune("23101").languages == ("nl", "fr")
    assert commune("57096").languages == ("fr", "nl")
    assert commune("63049").languages == ("fr", "de")


@pytest.mark.parametrize(
    ("nis", "language", "name"),
    [
        ("44021", "nl", "Gent"),
        ("44021", "fr", "Gent"),
        ("62063", "de", "Liège"),
        ("21009", "fr", "Ixelles"),
        ("21009", "nl", "Elsene"),
        ("21009", "en", "Ixelles"),
        ("63067", "de", "Sankt Vith"),
        ("63067", "fr", "Saint-Vith"),
        ("63067", "nl", "Sankt Vith"),
        ("57096", "nl", "Moeskroen"),
    ],
)
def test_a_reader_sees_the_official_name_in_the_own_language_or_the_name_of_the_place(
    nis: str, language: str, name: str
) -> None:
    assert commune(nis).name(language) == name


def test_only_the_communes_of_brussels_show_two_names_at_once() -> None:
    assert commune("21009").full_name == "Ixelles – Elsene"
    assert commune("21001").full_name == "Anderlecht"
    assert commune("57096").full_name == "Mouscron"
    assert [found.region for found in communes() if " – " in found.full_name].count("brussels") == sum(
        " – " in found.full_name for found in communes()
    )


def test_brussels_is_its_own_area() -> None:
    assert commune("21009").area == "brussels"
    assert commune("21009").area_name("nl") == "Brussel-Hoofdstad"
    assert commune("53065").area_name("nl") == "Henegouwen"


def test_every_commune_is_found_by_its_nis_code_and_by_each_of_its_names() -> None:
    for found in communes():
        spellings = [found.nis, found.name_fr, found.name_nl, found.full_name, found.name("de")]
        assert {find_commune(spelling) for spelling in spellings} == {found}
        assert find_commune(found.own_name.upper().replace("-", " ")) == found


@pytest.mark.parametrize("before", ["Commune de", "Ville de", "Stad", "Gemeente", "Gemeinde", "Town of"])
def test_every_commune_is_found_behind_the_word_for_commune(before: str) -> None:
    for found in communes():
        assert find_commune(f"{before} {found.own_name}") == found


@pytest.mark.parametrize(
    ("written", "nis"),
    [
        ("53065", "53065"),
        (" Quaregnon ", "53065"),
        ("QUAREGNON", "53065"),
        ("Commune de Quaregnon", "53065"),
        ("Administration communale de Quaregnon", "53065"),
        ("Ville d'Ath", "51004"),
        ("Ville d’Ath", "51004"),
        ("Commune du Roeulx", "55035"),
        ("Le Rœulx", "55035"),
        ("Commune des Bons Villers", "52075"),
        ("Ville de La Louvière", "58001"),
        ("la louviere", "58001"),
        ("Gemeente De Panne", "38008"),
        ("Stad van Brussel", "21004"),
        ("Ville de Bruxelles", "21004"),
        ("Brussels", "21004"),
        ("Ixelles/Elsene", "21009"),
        ("ixelles - elsene", "21009"),
        ("Saint-Nicolas", "62093"),
        ("Sint-Niklaas", "46021"),
        ("St Niklaas", "46021"),
        ("St-Vith", "63067"),
        ("St. Vith", "63067"),
        ("Buellingen", "63012"),
        ("Gemeinde Bullingen", "63012"),
        ("Bullange", "63012"),
        ("Lüttich", "62063"),
        ("Luttich", "62063"),
        ("Weismes", "63080"),
        ("Ghent", "44021"),
        ("Braine-l'Alleud", "25014"),
        ("'s-Gravenbrakel", "55004"),
        ("Tongeren", "73111"),
        ("Galmaarden", "23106"),
    ],
)
def test_a_commune_is_found_as_people_write_it(written: str, nis: str) -> None:
    assert find_commune(written).nis == nis


def test_saint_nicolas_and_sint_niklaas_are_two_towns() -> None:
    assert find_commune("Saint-Nicolas").province == "liege"
    assert find_commune("Sint-Niklaas").province == "oost-vlaanderen"


def test_a_beginning_that_several_share_is_ambiguous_and_names_them() -> None:
    with pytest.raises(AmbiguousCommune, match=r"Braine-le-Comte \(55004\)") as caught:
        find_commune("Commune de Braine")

    assert [found.nis for found in caught.value.candidates] == ["25014", "25015", "55004"]


def test_a_beginning_of_one_name_is_proposed_but_never_taken() -> None:
    with pytest.raises(UnknownCommune, match=r"but there is Ottignies-Louvain-la-Neuve \(25121\)") as caught:
        find_commune("Ottignies")

    assert [found.nis for found in caught.value.candidates] == ["25121"]


@pytest.mark.parametrize("written", ["", " ", "-", "Paris", "99999", "Commune", "x" * 10_000, "\x00", "l'"])
def test_what_is_no_commune_is_refused(written: str) -> None:
    with pytest.raises(UnknownCommune, match="NIS code"):
        find_commune(written)


def test_an_unknown_nis_code_is_refused() -> None:
    with pytest.raises(UnknownCommune, match="no commune of Belgium has the NIS code '11111'"):
        commune("11111")


def test_every_commune_is_on_the_map_of_belgium() -> None:
    for found in communes():
        assert found.centre is not None, found
        latitude, longitude = found.centre
        assert 49.49 < latitude < 51.51, found
        assert 2.54 < longitude < 6.41, found


def test_no_two_communes_lie_in_one_spot() -> None:
    spots = {found.centre for found in communes()}

    assert len(spots) == 565


def test_a_commune_lies_among_those_of_its_province() -> None:
    places: dict[str, list[tuple[float, float]]] = {}
    for found in communes():
        places.setdefault(found.area, []).append(found.centre or (0.0, 0.0))

    for found in communes():
        latitude, longitude = found.centre or (0.0, 0.0)
        others = places[found.area]
        north = latitude - sum(north for north, _ in others) / len(others)
        east = longitude - sum(east for _, east in others) / len(others)
        assert abs(north) < 0.65, found
        assert abs(east) < 1.0, found  # Comines-Warneton is the farthest
