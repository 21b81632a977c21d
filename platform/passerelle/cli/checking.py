"""Compare what must agree: `passerelle check`."""

import json
import sys
from dataclasses import asdict

import click

from passerelle.cli.opening import opened


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer one JSON object.")
@click.option("--deep", is_flag=True, help="Also compare every file of the index with its hash.")
def check(as_json: bool, deep: bool) -> None:
    """Check that database, decisions and index agree. The status is 0 when they do, 1 when they do not."""
    with opened() as platform:
        findings = platform.search.check(deep=deep)
    if as_json:
        click.echo(json.dumps({"ok": not findings, "findings": [asdict(each) for each in findings]}))
    else:
        for finding in findings:
            where = f" (sheet {finding.sheet})" if finding.sheet else ""
            click.echo(f"{finding.check}: {finding.message}{where}")
        click.echo("Everything agrees." if not findings else f"{len(findings)} findings.")
    sys.exit(1 if findings else 0)
