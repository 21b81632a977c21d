"""A term that is new to the thesaurus, and sheets to find with it."""

from passerelle.accounts.models import Commune
from passerelle.moderation.thesaurus import Word
from passerelle.sheets.models import RevisionStatus, Sheet
from passerelle.vocabulary import base_thesaurus
from tests.factories import Factories

GROUP = base_thesaurus().concept("group")
NEW = Word("group", "nl", "kwetterkring")
BARE: dict[str, object] = {"violence_forms": (), "target_groups": (), "partnerships": (), "objectives": ()}
QUIET = {"summary": "Om de maand.", "activities": "Thee.", "outreach": "", "innovation": ""}


def published(make: Factories, of: Commune, language: str, title: str) -> Sheet:
    """A sheet that says nothing but its title."""
    text = {**BARE, **QUIET, "language": language, "title": title}
    return make.sheet(of=of, status=RevisionStatus.PUBLISHED, **text)  # type: ignore[arg-type]  # only contents
