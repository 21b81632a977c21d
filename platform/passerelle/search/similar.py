"""Choose sheets like another one, and say of each why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from passerelle.search.analysis.concepts import concept_term, finder
from passerelle.search.analysis.sheets import AnalysedSheet
from passerelle.search.cache import WeightedCache
from passerelle.search.documents import SearchDocument
from passerelle.search.engine import SearchEngine
from passerelle.search.meaning.port import Meaning, Near
from passerelle.search.request import SearchRequest
from passerelle.vocabulary import Thesaurus

NEAR_SHEETS = 20
"""So many of the nearest sheets are compared."""

FORM, GROUP, CONCEPT, MEANING = 0.5, 0.5, 0.3, 2.5
"""What it counts that all forms or all target groups are shared, or a concept; and nearness, a cosine."""

OWN_COMMUNE = 0.75
"""How much less a sheet of the same commune counts: readers look for what others do."""

MOST_CONCEPTS = 2
"""So many concepts in common count, and are named."""

_TELLING = ("method", "theme")  # kinds of concepts; forms and groups are compared by themselves
_NAMED = WeightedCache[bytes, tuple[str, ...]](2048)
_BETWEEN = 0.3  # the nearness of two sheets that have nothing in common but what all have


@dataclass(frozen=True, slots=True)
class Alike:
    """A sheet like another: the codes both have, and whether what they say is near."""

    sheet: SearchDocument
    forms: tuple[str, ...]
    groups: tuple[str, ...]
    concepts: tuple[str, ...]
    is_near: bool
    weight: float


def alike(engine: SearchEngine, meaning: Meaning, sheet: SearchDocument, limit: int) -> list[Alike]:
    """At most `limit` sheets like the published `sheet`, in any language, those most alike first.

    They share a form of violence or are near in meaning. Without vectors it is the forms, the target groups
    and what the titles and summaries name that decide. Raises `SearchError` when the index cannot be read.
    """
    near = meaning.near_sheet(sheet.number, NEAR_SHEETS)
    others = _compared(engine, sheet, near, _sharing(engine, sheet) if len(near) < limit else ())
    return _first((each for each in others if each.forms or each.is_near), limit)


def alike_draft(engine: SearchEngine, meaning: Meaning, draft: SearchDocument, limit: int) -> list[Alike]:
    """At most `limit` published sheets like one somebody is writing; none when none is really alike.

    Really alike is what is near in meaning or, without vectors, shares a form, a target group and what its
    title and summary name. The number of the draft is that of its sheet, which is not its own likeness.
    Raises `SearchError` when the index cannot be read.
    """
    near = meaning.near_draft(draft, NEAR_SHEETS)
    others = _compared(engine, draft, near, () if near else _sharing(engine, draft))
    return _first(
        (each for each in others if each.is_near or (each.forms and each.groups and each.concepts)), limit
    )


def _first(found: Iterable[Alike], limit: int) -> list[Alike]:
    """The most alike first, the newest of equals."""
    return sorted(found, key=lambda each: (each.weight, each.sheet.number), reverse=True)[:limit]


def _sharing(engine: SearchEngine, sheet: SearchDocument) -> list[int]:
    """Sheets with a form in common, the newest first, those for the same groups before the others."""
    asked = SearchRequest(
        facets={"form": sheet.violence_forms, "group": sheet.target_groups},
        per_page=NEAR_SHEETS,
        language=sheet.language,
    )
    if not sheet.violence_forms:
        return []
    pages = (engine.search(each) for each in (asked, asked.choosing("group")))
    return [hit.number for page in pages for hit in page.hits]


def _compared(
    engine: SearchEngine, sheet: SearchDocument, near: Sequence[Near], sharing: Sequence[int]
) -> list[Alike]:
    closeness = {(each.number, each.content_hash): each.closeness for each in near}
    numbers = dict.fromkeys((*(each.number for each in near), *sharing))
    numbers.pop(sheet.number, None)
    thesaurus = engine.thesaurus()
    return [_alike(sheet, other, closeness, thesaurus) for other in engine.sheets(numbers)]


def _alike(
    sheet: SearchDocument,
    other: SearchDocument,
    closeness: Mapping[tuple[int, str], float],
    thesaurus: Thesaurus,
) -> Alike:
    """What the two have in common."""
    forms = _common(sheet.violence_forms, other.violence_forms)
    groups = _common(sheet.target_groups, other.target_groups)
    concepts = _common(_named(sheet, thesaurus), _named(other, thesaurus))[:MOST_CONCEPTS]
    near = closeness.get((other.number, other.content_hash), 0.0)
    weight = (
        FORM * len(forms) / max(1, len(sheet.violence_forms))
        + GROUP * len(groups) / max(1, len(sheet.target_groups))
        + CONCEPT * len(concepts)
        + MEANING * max(0.0, near - _BETWEEN)
    )
    share = OWN_COMMUNE if other.commune == sheet.commune else 1.0
    return Alike(other, forms, groups, concepts, near > 0, share * weight)


def _common(own: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    known = set(others)
    return tuple(code for code in own if code in known)


def _named(sheet: SearchDocument, thesaurus: Thesaurus) -> tuple[str, ...]:
    return named(sheet.title, sheet.summary, sheet.language, thesaurus)


def named(title: str, summary: str, language: str, thesaurus: Thesaurus) -> tuple[str, ...]:
    """The codes of the methods and themes that title and summary name, in the order of the thesaurus.

    They are remembered by a hash of the texts: nothing of a sheet stays in memory when it is gone.
    """
    texts = repr((title, summary, language, thesaurus.version)).encode()
    key = blake2b(texts, digest_size=16).digest()
    codes = _NAMED.get(key)
    if codes is None:
        codes = _named_in(title, summary, language, thesaurus)
        _NAMED.put(key, codes, 1)
    return codes


def _named_in(title: str, summary: str, language: str, thesaurus: Thesaurus) -> tuple[str, ...]:
    read, analysed = finder(thesaurus, language), AnalysedSheet()
    analysed.add_text(title, read, 1.0)
    analysed.add_text(summary, read, 1.0)
    return tuple(
        concept.code
        for concept in thesaurus.concepts
        if concept.kind in _TELLING and analysed.weights.get(concept_term(concept.code), 0.0) >= 1.0
    )
