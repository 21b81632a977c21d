"""The thesaurus on the command line."""

import sys

import click

from passerelle.cli.opening import opened
from passerelle.core.database import reading
from passerelle.exchange.terms import table_lines
from passerelle.moderation.thesaurus import thesaurus_now


@click.group()
def thesaurus() -> None:
    """Look after the words that the search takes for the same thing."""


@thesaurus.command("export")
def export_terms() -> None:
    """Write the shipped terms with the edits in force to the output, in the form of the shipped table."""
    out = sys.stdout.buffer  # UTF-8 whatever the terminal speaks
    with opened() as platform, reading(platform.sessions) as session:
        for line in table_lines(thesaurus_now(session)):
            out.write(line.encode() + b"\n")
