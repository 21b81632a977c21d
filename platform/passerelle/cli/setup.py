"""Prepare an installation: `passerelle init`, as often as one likes."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.actions import load_communes
from passerelle.cli.demo import ACCOUNTS_FILE, make_demo_accounts
from passerelle.cli.opening import make_vectors, opened, progress
from passerelle.core.database import make_folder
from passerelle.core.migrations import migrate
from passerelle.core.paths import PACKAGE
from passerelle.exchange.importing import Taken, import_lines
from passerelle.exchange.lines import lines_of
from passerelle.sheets.models import Sheet
from passerelle.web.services import Services, now

SEED = PACKAGE / "exchange" / "data" / "quaregnon.jsonl"


@click.command()
@click.option("--demo", is_flag=True, help="Also make one account of each role, in demo-accounts.json.")
def init(demo: bool) -> None:
    """Migrate, load the communes and the first sheet, build the index. Running it again changes nothing."""
    with opened(prepared=False) as platform:
        prepare(platform, demo=demo)


def prepare(platform: Services, *, demo: bool) -> None:
    """Afterwards the platform can be served; says in a line each what was done. `demo`: accounts, too."""
    make_folder(platform.settings.database_url)
    migrate(platform.engine)
    with platform.sessions.begin() as session:
        communes = load_communes(session)
        seeded = _seed(session)
    click.echo(f"Communes: {communes} changed. First sheet: {'published' if seeded else 'there already'}.")
    click.echo(f"Index: {_index(platform)}")
    make_vectors(platform)
    if demo:
        written = make_demo_accounts(platform)
        click.echo(f"Demo accounts: {'made' if written else 'there already'}, see {ACCOUNTS_FILE}.")


def _seed(session: Session) -> bool:
    """Publish the sheet of Quaregnon on a platform that has never had a sheet; whether it was needed."""
    if session.scalar(select(Sheet.id).limit(1)) is not None:
        return False
    with SEED.open("rb") as file:
        outcomes = list(import_lines(session, lines_of(file), now(), publish=True))
    return all(outcome.taken is Taken.CREATED for outcome in outcomes)


def _index(platform: Services) -> str:
    """Bring the index up to date: built where there is none or it holds something else."""
    if not platform.search.is_true():
        with progress("sheets indexed") as show:
            return f"built, {platform.search.rebuild(show)} sheets."
    done = platform.search.catch_up()
    return f"brought up to date, {done} jobs." if done else "up to date."
