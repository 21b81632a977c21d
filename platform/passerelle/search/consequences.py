"""Say beforehand what an edit of the thesaurus would change: which sheets would come to it or leave it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from passerelle.moderation.thesaurus import thesaurus_now
from passerelle.search.analysis.folding import composed
from passerelle.search.analysis.readings import MAX_TERM, read_word
from passerelle.search.analysis.sheets import analyse_sheet
from passerelle.search.analysis.tokens import TOKEN
from passerelle.search.documents import SearchDocument
from passerelle.search.page import Hit, SearchPage
from passerelle.search.projector import documents_of, log_failure
from passerelle.search.request import SearchRequest
from passerelle.vocabulary import Edit, EditKind, Thesaurus

MOST_READ = 20
"""So many sheets are read for one answer; each takes up to twenty milliseconds."""

COMMON = 0.1
"""The share of the sheets of a language from which on a single word is a very common one."""

_FEW = 20  # so many sheets have a word before it can be called common
_QUOTES = re.compile(r'["“”„«»]')


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the published sheets in the language of a term say about an edit of it.

    `holding` of the `total` sheets have the term. Of those, `looked_at` were read with the thesaurus as it
    would be, and `changed` would come to the concept or leave it.
    """

    total: int
    holding: int
    looked_at: int
    changed: tuple[Hit, ...]
    is_one_word: bool

    @property
    def is_common(self) -> bool:
        """Whether the term is a single word that stands in very many sheets."""
        return self.is_one_word and self.holding > max(_FEW, COMMON * self.total)


def consequence_of(
    session: Session, search: Callable[[SearchRequest], SearchPage], edit: Edit
) -> Consequence:
    """What `edit` would change, made on top of the edits in force; `search` answers from the index.

    Raises as `search` does.
    """
    language, term = edit.language, edit.term.lstrip("=")
    everywhere = SearchRequest("", {"written": (language,)}, per_page=1, language=language)
    phrase = SearchRequest(
        f'"{_QUOTES.sub(" ", term)}"',
        {"written": (language,)},
        per_page=MOST_READ,
        language=language,
        literal=True,
    )
    page = search(phrase)
    hits = () if page.corrected else page.hits
    documents = documents_of(session, [hit.number for hit in hits], log_failure)
    changed = _changed(thesaurus_now(session), edit, documents)
    return Consequence(
        total=search(everywhere).total,
        holding=0 if page.corrected else page.total,
        looked_at=len(hits),
        changed=tuple(hit for hit in hits if hit.number in changed),
        is_one_word=len(TOKEN.findall(composed(term))) == 1,
    )


def is_searchable(term: str, language: str) -> bool:
    """Whether anything of `term` is looked for: a term of stop words alone leads nowhere."""
    return any(
        not read_word(token[:MAX_TERM], language).is_stop
        for token in TOKEN.findall(composed(term.lstrip("=")))
    )


def _changed(now: Thesaurus, edit: Edit, documents: list[SearchDocument]) -> set[int]:
    """The numbers of the sheets that would come to the concept, or leave it."""
    then = now.with_edits([edit])
    less, more = (now, then) if edit.kind is EditKind.ADD else (then, now)
    return {
        document.number
        for document in documents
        if not _carries(document, edit.concept, less) and _carries(document, edit.concept, more)
    }


def _carries(document: SearchDocument, code: str, thesaurus: Thesaurus) -> bool:
    return f"c:{code}" in analyse_sheet(document, thesaurus).weights
