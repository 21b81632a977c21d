"""Offer on the page of a sheet what this very person may do with it."""

from typing import NamedTuple

from flask import url_for
from flask_babel import gettext

from passerelle.policy import Permission, Subject, may
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from passerelle.web.identity import current_actor


class Deed(NamedTuple):
    """Something to do, and the page where it is done."""

    label: str
    url: str


def deeds_of(sheet: Sheet) -> tuple[Deed, ...]:
    """What the person who reads the page may do with `sheet`; nothing for a visitor."""
    actor, subject = current_actor(), Subject.of_sheet(sheet)
    if not actor.signed_in:
        return ()

    def can(permission: Permission) -> bool:
        return may(actor, permission, subject)

    is_own = can(Permission.EDIT)
    in_review = sheet.open is not None and sheet.open.status == RevisionStatus.SUBMITTED
    is_archived = sheet.status == SheetStatus.ARCHIVED
    offers = (
        (is_own, gettext("Manage this sheet"), "my.sheet"),
        (in_review and can(Permission.PUBLISH), gettext("Review the new version"), "review.show"),
        (
            not is_own and not is_archived and can(Permission.ARCHIVE),
            gettext("Archive this sheet"),
            "review.archive",
        ),
        (is_archived and can(Permission.RESTORE), gettext("Bring this sheet back"), "review.restore"),
        (can(Permission.REMOVE), gettext("Remove this sheet"), "review.remove"),
    )
    return tuple(Deed(label, url_for(page, number=sheet.id)) for offered, label, page in offers if offered)
