"""The common words of each language: those too common to look for, and those long words are made of."""

from collections.abc import Iterable, Mapping
from functools import cache

from passerelle.vocabulary.tables import read_table


@cache
def _list(name: str) -> Mapping[str, tuple[str, ...]]:
    return {
        row["language"]: tuple(row["words"].split())
        for row in read_table("common_words")
        if row["list"] == name
    }


def stop_words(language: str) -> tuple[str, ...]:
    """The words that are no search words, as people write them."""
    return _list("stop")[language]


def weak_words(language: str) -> tuple[str, ...]:
    """The words that ask for nothing when they stand in a question: "project", "exemple", "gute", "help"."""
    return _list("weak")[language]


def telling_words(language: str) -> Mapping[str, str]:
    """The stop words that turn the sense, each with the one that stands for its sense: envers is contre.

    Violence against parents is not violence by parents.
    """
    return _meant(_list("telling")[language])


@cache
def compound_parts(language: str) -> Mapping[str, str]:
    """The words that compounds are made of, each with the word it means: "schul" is "schule".

    Empty for French and English, which write them apart.
    """
    rows = (row for row in read_table("compound_parts") if row["language"] == language)
    return _meant(entry for row in rows for entry in row["words"].split())


def _meant(entries: Iterable[str]) -> Mapping[str, str]:
    pairs = (entry.partition("=") for entry in entries)
    return {form: meant or form for form, _, meant in pairs}
