"""Write whole numbers as the reader does: a page of results has ten of them."""

from flask_babel import format_decimal

from passerelle.web.molds import once


def number_words(number: int) -> str:
    """As `format_decimal` would: 12 345, 12.345 or 12,345."""
    return f"{number:,}".replace(",", once(("thousands",), _separator))


def _separator() -> str:
    return str(format_decimal(1_000)).strip("01")
