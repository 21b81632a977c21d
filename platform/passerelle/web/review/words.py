"""Say in the reader's words what was decided, what was seen, and how long something has waited."""

from collections.abc import Callable
from datetime import datetime

from flask_babel import format_date, format_time, gettext, ngettext

from passerelle.accounts.models import User
from passerelle.moderation.hints import Hint, HintKind
from passerelle.moderation.models import Decision
from passerelle.sheets.models import RevisionStatus


def age_words(since: datetime | None, at: datetime) -> str:
    """How long ago that was, in whole days, or in hours on the first day; empty for nothing."""
    if since is None:
        return ""
    waited = at - since
    if waited.days:
        return str(ngettext("%(num)s day", "%(num)s days", waited.days))
    hours = max(waited.seconds // 3600, 0)
    return str(ngettext("%(num)s hour", "%(num)s hours", hours) if hours else gettext("less than an hour"))


def moment_words(at: datetime) -> str:
    """The day and the minute of something."""
    return f"{format_date(at, 'long')}, {format_time(at, 'short')}"


def name_of(person: User | None) -> str:
    """The name a person goes by, or a word for somebody without one."""
    return (person.name if person else "") or str(gettext("Somebody"))


def decision_words(decision: Decision) -> str:
    """What was done and by whom, as one sentence without its end."""
    if decision.by_user_id is None and decision.to_status == RevisionStatus.PUBLISHED:
        return str(gettext("Put online by a command, without review"))
    return str(_OF_A_TARGET[decision.to_status](name_of(decision.by)))


def hint_words(hint: Hint) -> str:
    """What was seen by a simple search, and where exactly: never more than a hint."""
    return str(_OF_A_HINT[hint.kind](hint.text))


_OF_A_TARGET: dict[str, Callable[[str], str]] = {
    "draft": lambda name: gettext("%(name)s took the sheet back", name=name),
    "submitted": lambda name: gettext("%(name)s sent it for review", name=name),
    "changes_requested": lambda name: gettext("%(name)s asked for changes", name=name),
    "published": lambda name: gettext("%(name)s published it", name=name),
    "superseded": lambda _name: gettext("The next revision took its place"),
    "declined": lambda name: gettext("%(name)s declined it", name=name),
    "discarded": lambda name: gettext("%(name)s discarded the draft", name=name),
    "archived": lambda name: gettext("%(name)s archived the sheet", name=name),
    "removed": lambda name: gettext("%(name)s removed the sheet", name=name),
    "active": lambda name: gettext("%(name)s restored the sheet", name=name),
}
_OF_A_HINT: dict[HintKind, Callable[[str], str]] = {
    HintKind.PHONE: lambda text: gettext("Seen by a simple search: a phone number, “%(text)s”", text=text),
    HintKind.EMAIL: lambda text: gettext("Seen by a simple search: an e-mail address, “%(text)s”", text=text),
    HintKind.AGE_AND_NAME: lambda text: gettext(
        "Seen by a simple search: perhaps a first name and an age, “%(text)s”", text=text
    ),
}
