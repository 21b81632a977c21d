"""Prepare an installation: `passerelle init`, as often as one likes."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.actions import load_communes
from passerelle.cli.demo import ACCOUNTS_FILE, make_demo_accounts
from passerelle.cli.opening import fail, opened
from passerelle.core.migrations import SchemaTooNew, migrate
from passerelle.core.paths import PACKAGE
from passerelle.exchange.importing import Taken, import_lines
from passerelle.sheets.models import Sheet
from passerelle.web.services import Services, now

SEED = PACKAGE / "exchange" / "data" / "quaregnon.jsonl"


@click.command()
@click.option("--demo", is_flag=True, help="Also make one account of each role, in demo-accounts.json.")
def init(demo: bool) -> None:
    """Migrate, load the communes and the first sheet, build the index. Running it again changes nothing."""
    with opened(prepared=False) as platform:
        _migrate(platform)
        with platform.sessions.begin() as session:
            communes = load_communes(session)
            seeded = _seed(session)
        click.echo(
            f"Communes: {communes} changed. First sheet: {'published' if seeded else 'there already'}."
        )
        click.echo(f"Index: {_index(platform)}")
        if demo:
            written = make_demo_accounts(platform)
            click.echo(f"Demo accounts: {'made' if written else 'there already'}, see {ACCOUNTS_FILE}.")


def _migrate(platform: Services) -> None:
    try:
        migrate(platform.engine)
    except SchemaTooNew as error:
        fail(str(error))


def _seed(session: Session) -> bool:
    """Publish the sheet of Quaregnon on a platform that has never had a sheet; whether it was needed."""
    if session.scalar(select(Sheet.id).limit(1)) is not None:
        return False
    outcomes = list(import_lines(session, SEED.read_text(encoding="utf-8").splitlines(), now(), publish=True))
    return all(outcome.taken is Taken.CREATED for outcome in outcomes)


def _index(platform: Services) -> str:
    """Bring the index up to date: rebuilt where it cannot be used, caught up with otherwise."""
    if platform.search.check():
        return f"built, {platform.search.rebuild()} sheets."
    return "up to date."
