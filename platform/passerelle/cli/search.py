"""The search index on the command line."""

import click

from passerelle.cli.opening import fail, make_vectors, opened, progress
from passerelle.search.request import SearchRequest
from passerelle.vocabulary import LANGUAGES


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


@search.command()
@click.argument("query")
@click.argument("number", type=int)
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="Who reads.")
@click.option("--literal", is_flag=True, help="Look for the words alone, not for what they mean.")
def explain(query: str, number: int, language: str, literal: bool) -> None:
    """Say why the sheet NUMBER stands where it stands among the answers to QUERY."""
    with opened() as platform:
        found = platform.search.explain(SearchRequest(query, language=language, literal=literal), number)
    if found is None:
        fail(f"the index holds no sheet {number}")
    for line in found.lines():
        click.echo(line)
