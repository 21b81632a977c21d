"""The root of the command line: read the settings once, say every problem in one line, run the command."""

import os

import click

from passerelle import __version__
from passerelle.cli.checking import check
from passerelle.cli.exchange import export_command, import_command
from passerelle.cli.people import users
from passerelle.cli.search import search
from passerelle.cli.serving import serve, worker
from passerelle.cli.setup import init
from passerelle.cli.thesaurus import thesaurus

OWNER_ONLY = 0o077


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="passerelle")
def main() -> None:
    """Passerelle: where communes share what works against violence. Settings: docs/operations.md."""
    os.umask(OWNER_ONLY)  # the database and the index are nobody else's business


for command in (init, serve, worker, users, search, thesaurus, check, import_command, export_command):
    main.add_command(command)
