"""The promise to a commune that sends a sheet: an answer within ten working days."""

from datetime import datetime, timedelta

WORKING_DAYS = 10
_SATURDAY = 5


def late_before(at: datetime) -> datetime:
    """What was submitted before this moment has waited at `at` for longer than promised.

    Monday to Friday are working days; holidays are not known, so a sheet is at times called late a day early.
    """
    moment, left = at, WORKING_DAYS
    while left:
        moment -= timedelta(days=1)
        if moment.weekday() < _SATURDAY:
            left -= 1
    return moment
