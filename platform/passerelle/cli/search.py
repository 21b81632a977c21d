"""The search index on the command line."""

import click

from passerelle.cli.opening import make_vectors, opened, progress


@click.group()
def search() -> None:
    """Look after the search index, which can be deleted and built again at any time."""


@search.command()
def rebuild() -> None:
    """Build the index again from the database; the old one answers until the new one is complete."""
    with opened() as platform:
        with progress("sheets indexed") as show:
            count = platform.search.rebuild(show)
        click.echo(f"The index holds {count} sheets.")
        make_vectors(platform)
