"""Guard every route: it names a permission or says that it is public, and gets what it asked for loaded."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from passerelle.accounts.models import Commune
from passerelle.policy import Answer, Permission, Subject, decide
from passerelle.sheets.models import Sheet, SheetStatus
from passerelle.sheets.queries import sheet_by_number
from passerelle.web.database import db
from passerelle.web.identity import ask_to_sign_in, current_actor

View = Callable[..., ResponseReturnValue]

# A visitor meets these on public pages: there, what is not visible does not exist.
_FOR_EVERYBODY = frozenset({Permission.VIEW_PUBLISHED, Permission.VIEW_HISTORY})


def public(view: View) -> View:
    """Say that everybody may use `view`."""
    view.permission = None  # type: ignore[attr-defined]  # read by the gate that walks all routes
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Let only those use the view whom the policy allows `permission` on what the address names.

    `<number:number>` in the address reaches the view as `sheet`, `<nis:nis>` as `commune`, loaded. What is
    not visible answers 404 as if it did not exist, what is visible but not allowed 403; a visitor on a
    members' page is led to sign in, the same whether the thing exists or not.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> ResponseReturnValue:  # Any: whatever the address holds
            actor = current_actor()
            if not actor.signed_in and permission not in _FOR_EVERYBODY:
                return ask_to_sign_in()
            subject, loaded = _load(values)
            answer = decide(actor, permission, subject)
            if answer is not Answer.YES:
                abort(_refusal(answer, permission, loaded.get("sheet")))
            return view(**loaded)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the gate that walks all routes
        return guarded

    return decorate


def _refusal(answer: Answer, permission: Permission, sheet: Sheet | None) -> int:
    """The status of a refusal: a sheet that was online and then removed is gone, and says so to everybody."""
    if answer is Answer.FORBIDDEN:
        return 403
    was_online = sheet is not None and any(each.published_at for each in sheet.revisions)
    is_gone = was_online and sheet is not None and sheet.status == SheetStatus.REMOVED
    return 410 if is_gone and permission in _FOR_EVERYBODY else 404


def _load(values: dict[str, Any]) -> tuple[Subject | None, dict[str, Any]]:
    """Put the sheet or the commune in the place of its number; 404 when there is none."""
    values = {key: value for key, value in values.items() if key != "lang"}
    if "number" in values:
        sheet = find_sheet(values.pop("number"))
        return Subject.of_sheet(sheet), {"sheet": sheet, **values}
    if "nis" in values:
        commune = db.session.get(Commune, values.pop("nis")) or abort(404)
        return Subject.of_commune(commune), {"commune": commune, **values}
    return None, values


def find_sheet(number: int) -> Sheet:
    """The sheet with this number, its commune and revisions loaded; 404 when there is none."""
    return db.session.scalar(sheet_by_number(number)) or abort(404)
