"""The moves of a sheet, as tables: from where to where, who must be somebody else, and who hears of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from passerelle.sheets.models import RevisionStatus, SheetStatus


class Move(StrEnum):
    """What can happen to a revision or a sheet; its value names the mail that tells of it."""

    SUBMIT = "submitted"
    WITHDRAW = "withdrawn"
    DISCARD = "discarded"
    ASK_FOR_CHANGES = "changes_requested"
    DECLINE = "declined"
    PUBLISH = "published"
    PUBLISH_UNREVIEWED = "imported"
    SUPERSEDE = "superseded"
    ARCHIVE = "archived"
    RESTORE = "restored"
    REMOVE = "removed"


@dataclass(frozen=True)
class Way:
    """From which states a move leaves, and to which it leads."""

    sources: frozenset[str]
    target: str


def _way(target: str, *sources: str) -> Way:
    return Way(frozenset(sources), target)


# The states of DESIGN, "The sheet", and RELIABILITY 4.3.
MOVES: Mapping[Move, Way] = {
    Move.SUBMIT: _way(RevisionStatus.SUBMITTED, RevisionStatus.DRAFT, RevisionStatus.CHANGES_REQUESTED),
    Move.WITHDRAW: _way(RevisionStatus.DRAFT, RevisionStatus.SUBMITTED),
    Move.DISCARD: _way(RevisionStatus.DISCARDED, RevisionStatus.DRAFT, RevisionStatus.CHANGES_REQUESTED),
    Move.ASK_FOR_CHANGES: _way(RevisionStatus.CHANGES_REQUESTED, RevisionStatus.SUBMITTED),
    Move.DECLINE: _way(RevisionStatus.DECLINED, RevisionStatus.SUBMITTED),
    Move.PUBLISH: _way(RevisionStatus.PUBLISHED, RevisionStatus.SUBMITTED),
    Move.PUBLISH_UNREVIEWED: _way(RevisionStatus.PUBLISHED, RevisionStatus.DRAFT),
    Move.SUPERSEDE: _way(RevisionStatus.SUPERSEDED, RevisionStatus.PUBLISHED),
}
SHEET_MOVES: Mapping[Move, Way] = {
    Move.ARCHIVE: _way(SheetStatus.ARCHIVED, SheetStatus.ACTIVE),
    Move.RESTORE: _way(SheetStatus.ACTIVE, SheetStatus.ARCHIVED, SheetStatus.REMOVED),
    Move.REMOVE: _way(SheetStatus.REMOVED, SheetStatus.ACTIVE, SheetStatus.ARCHIVED),
}

# Only somebody who did not write the text and does not belong to the commune does these.
FOUR_EYES = frozenset({Move.ASK_FOR_CHANGES, Move.DECLINE, Move.PUBLISH, Move.RESTORE})

# Nobody is left to guess why; for changes, a comment beside a section is a reason too.
NEEDS_REASON = frozenset({Move.DECLINE, Move.PUBLISH_UNREVIEWED, Move.ARCHIVE, Move.RESTORE, Move.REMOVE})


class Audience(StrEnum):
    """Who is told of a move."""

    COORDINATORS = "coordinators"  # in scope, with no hand in the text and no tie to the commune
    WRITERS = "writers"  # who began the revision, and who submitted it
    NOBODY = "nobody"


@dataclass(frozen=True)
class Notice:
    """Who hears of a move; `why` says why nobody does."""

    audience: Audience
    why: str = ""


NOTICES: Mapping[Move, Notice] = {
    Move.SUBMIT: Notice(Audience.COORDINATORS),
    Move.WITHDRAW: Notice(Audience.NOBODY, "the sheet leaves the queue; nothing is left for anybody to do"),
    Move.DISCARD: Notice(
        Audience.NOBODY, "only the commune could see the draft, and it threw it away itself"
    ),
    Move.ASK_FOR_CHANGES: Notice(Audience.WRITERS),
    Move.DECLINE: Notice(Audience.WRITERS),
    Move.PUBLISH: Notice(Audience.WRITERS),
    Move.PUBLISH_UNREVIEWED: Notice(Audience.NOBODY, "whoever imports sees the result on the command line"),
    Move.SUPERSEDE: Notice(Audience.NOBODY, "the publication that takes its place is told instead"),
    Move.ARCHIVE: Notice(Audience.WRITERS),
    Move.RESTORE: Notice(Audience.WRITERS),
    Move.REMOVE: Notice(Audience.WRITERS),
}
