"""A small thesaurus of its own for tests, so that they do not change when the shipped one grows."""

from passerelle.search.analysis.concepts import finder
from passerelle.search.analysis.matching import Gaps
from passerelle.search.analysis.tokens import TOKEN
from passerelle.vocabulary import LANGUAGES, Concept, Thesaurus, base_thesaurus


def concept(code: str, *broader: str, exact: dict[str, str] | None = None, **terms: str) -> Concept:
    """A concept whose terms are written `fr="a; b"`; a language without terms has its code."""
    written = {language: tuple(terms.get(language, f"x{code}").split("; ")) for language in LANGUAGES}
    exactly = {language: frozenset(cell.split("; ")) for language, cell in (exact or {}).items()}
    return Concept(code, "theme", broader, written, exactly)


SMALL = Thesaurus(
    (
        concept("home", fr="violence intrafamiliale; VIF", nl="huiselijk geweld", en="DV"),
        concept(
            "couple", "home",
            fr="violence conjugale; violence dans le couple",
            nl="partnergeweld; geweld tegen partners",
            de="Partnergewalt; Gewalt in der Partnerschaft",
            en="partner abuse",
        ),
        concept("old", "home", nl="ouderenmishandeling; ouderenmis(be)handeling; oudermis(be)handeling"),
        concept("parental", "home", nl="oudermishandeling; geweld tegen ouders", fr="parents battus"),
        concept("parents", nl="ouders", fr="parents"),
        concept("seniors", nl="ouderen", fr="personnes âgées; aînés"),
        concept("cafe", "group", fr="café des mamans", nl="mamacafé"),
        concept("group", fr="groupe de parole", nl="praatgroep", de="Gesprächsgruppe", en="support group"),
        concept("mothers", "women", fr="mamans", nl="mama's", de="Mütter", en="mums"),
        concept("women", fr="femmes", nl="vrouwen", de="Frauen", en="women"),
        concept("bullying", fr="cyber-harcèlement; harcèlement à l'école", nl="pesten", en="cyberbullying"),
        concept("line", fr="0800 30 030", nl="1712", de="Hilfetelefon", en="no means no"),
        concept("doers", fr="Praxis", de="Täterarbeit", nl="daderhulp", exact={"fr": "Praxis"}),
        concept("stop", de="StoP", exact={"de": "StoP"}),
        concept("rainbow", fr="LGBTQIA+", nl="LGBTQIA+", de="LGBTQIA+", en="LGBTQIA+"),
        concept("youth", nl="jeugdhuis", fr="maison de jeunes"),
        concept("chat_fr", fr="chat"),
        concept("chat_en", en="chat"),
        concept("men", de="Männer"),
        concept("afterschool", de="Hort"),
        concept("hairdresser", de="Friseur"),
        concept("teachers", fr="enseignants; éducateurs"),
        concept("teaching", fr="enseignement"),
        concept("refugees", fr="réfugiés"),
        concept("refuge", fr="refuge"),
        concept("abusers", fr="abuseurs"),
        concept("course", fr="sensibilisation"),
        concept("alone", fr="isolement", en="people living alone"),
        concept("grown", fr="adultes", en="older people"),
    )
)  # fmt: skip


def named(text: str, language: str, *, gaps: Gaps = Gaps.WRITTEN, thesaurus: Thesaurus = SMALL) -> list[str]:
    """The codes found in `text`, in order, those of lesser matches left out."""
    return [code for code, is_lesser in found_in(text, language, gaps, thesaurus) if not is_lesser]


def beside(text: str, language: str) -> set[str]:
    """The codes found in `text` only inside a longer term or in a compound."""
    found = found_in(text, language, Gaps.WRITTEN, SMALL)
    return {code for code, is_lesser in found if is_lesser} - {
        code for code, is_lesser in found if not is_lesser
    }


def found_in(text: str, language: str, gaps: Gaps, thesaurus: Thesaurus) -> list[tuple[str, bool]]:
    """Every code found in `text`, with whether it is a lesser match."""
    find = finder(thesaurus, language)
    units = [unit for token in TOKEN.findall(text) for unit in find.units(token)]
    matches = find.find(units, range(len(units)), gaps)
    return [(code, match.lesser) for match in matches for code in match.codes]


def code_of(term: str, language: str) -> set[str]:
    """The codes of the shipped concepts that `term` names as a whole."""
    return set(named(term, language, thesaurus=base_thesaurus()))
