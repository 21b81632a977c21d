"""Sheets in and out on the command line: `import` and `export`."""

import itertools
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
from sqlalchemy import func, select

from passerelle.cli.opening import opened, progress
from passerelle.core.database import reading
from passerelle.exchange.exporting import export_lines
from passerelle.exchange.importing import BATCH, Outcome, Taken, import_lines
from passerelle.exchange.lines import lines_of
from passerelle.search.engine import IndexBusy, Progress
from passerelle.sheets.models import Revision, RevisionStatus
from passerelle.web.services import Services, now


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--publish", is_flag=True, help="Put the sheets online at once instead of keeping drafts.")
def import_command(file: Path, dry_run: bool, publish: bool) -> None:
    """Take in sheets from FILE, JSON Lines. Lines that cannot be taken are listed; then the status is 1."""
    with opened() as platform:
        with file.open("rb") as content, progress("lines read") as show:
            tally = _import(platform, lines_of(content), show, dry_run=dry_run, publish=publish)
        if publish and not dry_run:
            _index(platform, tally[Taken.CREATED] + tally[Taken.UPDATED])
    click.echo(", ".join(f"{tally[taken]} {taken}" for taken in Taken) + (" (dry run)" if dry_run else ""))
    sys.exit(1 if tally[Taken.REFUSED] else 0)


def _import(
    platform: Services, lines: Iterable[str], show: Progress, *, dry_run: bool, publish: bool
) -> Counter[Taken]:
    """Take the lines in, a batch in a transaction: an import that is killed has done whole batches."""
    tally: Counter[Taken] = Counter()
    numbered, first = iter(lines), 1
    while batch := list(itertools.islice(numbered, BATCH)):
        with platform.sessions() as session:
            outcomes = list(import_lines(session, batch, now(), publish=publish, first=first))
            session.rollback() if dry_run else session.commit()
        for outcome in outcomes:
            tally[outcome.taken] += 1
            _say(outcome)
        first += len(batch)
        show(first - 1)
    return tally


def _index(platform: Services, changed: int) -> None:
    """Have the new sheets found: one by one, or in an index built anew where most of it changes anyway."""
    with reading(platform.sessions) as session:
        online = select(func.count()).where(Revision.status == RevisionStatus.PUBLISHED)
        total = session.scalar(online) or 0
    try:
        if changed * 2 > total:
            with progress("sheets indexed") as show:
                platform.search.rebuild(show)
        else:
            platform.search.catch_up()
    except IndexBusy:
        click.echo("another process is writing the search index: it will take the sheets in", err=True)


def _say(outcome: Outcome) -> None:
    if outcome.taken is Taken.REFUSED:
        click.echo(f"line {outcome.line}: {outcome.reason}", err=True)


@click.command("export")
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
def export_command(form: str) -> None:  # noqa: ARG001 (one form today; the option keeps old calls true)
    """Write every published sheet to the output, one a line, without the name or address of any contact."""
    out = sys.stdout.buffer  # UTF-8 whatever the terminal speaks
    with opened() as platform, reading(platform.sessions) as session:
        for line in export_lines(session):
            out.write(line.encode() + b"\n")
