"""The pages of a contributor: the dashboard, the form, what happens to a sheet."""

from passerelle.web.my import dashboards, editing, moves, rescue, sheet_views, starting
from passerelle.web.my.pages import pages

__all__ = ["dashboards", "editing", "moves", "pages", "rescue", "sheet_views", "starting"]
