"""The moves of a whole sheet that are confirmed on a page of their own, with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from sqlalchemy.orm import Session

from passerelle.accounts.models import User
from passerelle.moderation import actions
from passerelle.moderation.models import Decision
from passerelle.moderation.states import SHEET_MOVES, Move
from passerelle.sheets.models import Sheet

Words = Callable[[], str]


@dataclass(frozen=True)
class Confirmation:
    """What is asked, what it means, what the button says, and what is said afterwards."""

    move: Move
    act: Callable[[Session, Sheet, User, datetime, str], Decision]
    question: Words
    meaning: Words
    button: Words
    done: Words

    def fits(self, sheet: Sheet) -> bool:
        """Whether the state of `sheet` still allows the move."""
        return sheet.status in SHEET_MOVES[self.move].sources


ARCHIVE = Confirmation(
    Move.ARCHIVE,
    actions.archive,
    lambda: gettext("Archive this sheet?"),
    lambda: gettext(
        "The search no longer shows it. Its page stays, with a note that says it is archived; a revision in "
        "review goes back to its municipality."
    ),
    lambda: gettext("Archive"),
    lambda: gettext("The sheet is archived."),
)
RESTORE = Confirmation(
    Move.RESTORE,
    actions.restore,
    lambda: gettext("Restore this sheet?"),
    lambda: gettext("Everybody can find and read it again, as it was."),
    lambda: gettext("Restore"),
    lambda: gettext("The sheet is restored."),
)
REMOVE = Confirmation(
    Move.REMOVE,
    actions.remove,
    lambda: gettext("Remove this sheet?"),
    lambda: gettext(
        "For legal reasons only: for instance, it names somebody who was helped. Nobody can read it any "
        "more, and its address says that it was removed."
    ),
    lambda: gettext("Remove"),
    lambda: gettext("The sheet is removed."),
)
