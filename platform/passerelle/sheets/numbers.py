"""Read the numbers of a sheet as people in Belgium write them: "18.988", "18 988", "0,5", "27.000,50"."""

import re

MOST_DIGITS = 9
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[. ,'’][0-9]{3})+")
_DIGITS = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")
_GROUPED_DECIMAL = re.compile(r"([1-9][0-9]{0,2}(?:([. '’])[0-9]{3})(?:\2[0-9]{3})*)(?:,([0-9]{1,3}))?")
_ENGLISH_DECIMAL = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]{1,3})")
_PLAIN_DECIMAL = re.compile(r"([0-9]+)(?:[.,]([0-9]{1,3}))?")
_ENGLISH_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_STORED = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]{{1,3}})?")
_STORED_EUROS = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]{{1,2}})?")
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_MINUS = re.compile(r"[-−–] ?(?=[0-9])")


def read_whole(typed: str) -> int | None:
    """The whole number in `typed`, thousands marked or not: "18.988" is 18 988. None when it is not one."""
    text = _spaced(typed)
    if _GROUPED.fullmatch(text):
        text = _NOT_A_DIGIT.sub("", text)
    return int(text) if _DIGITS.fullmatch(text) else None


def read_decimal(typed: str) -> str | None:
    """The quantity in `typed` as a stored decimal: "0,5" and "0.5" are "0.5", "1.200" is "1200".

    A point before exactly three digits marks thousands, a comma never does. None when it is no number.
    """
    text = _spaced(typed)
    if (found := _GROUPED_DECIMAL.fullmatch(text)) or (found := _ENGLISH_DECIMAL.fullmatch(text)):
        whole, decimals = found[1], found.groups()[-1]
    elif found := _PLAIN_DECIMAL.fullmatch(text):
        whole, decimals = found[1], found[2]
    else:
        return None
    stored = _NOT_A_DIGIT.sub("", whole) + (f".{decimals}" if decimals else "")
    return stored if is_decimal(stored) else None


def read_euros(typed: str) -> str | None:
    """The amount in `typed` as a stored decimal: "27.000", "27 000 €" and "27,000" are "27000".

    Cents have one or two digits, so a comma before three digits marks thousands too. None for no amount.
    """
    text = _spaced(typed.replace("€", " ").removesuffix(",-"))
    if _ENGLISH_THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    stored = read_decimal(text)
    return stored if stored is not None and is_euros(stored) else None


def is_negative(typed: str) -> bool:
    """Whether `typed` is a number with a minus before it."""
    return (
        bool(_MINUS.match(typed.strip())) and read_decimal(_MINUS.sub("", typed.strip(), count=1)) is not None
    )


def is_decimal(stored: str) -> bool:
    """Whether `stored` is a decimal as a sheet keeps it: digits, and up to three decimals after a point."""
    return bool(_STORED.fullmatch(stored))


def is_euros(stored: str) -> bool:
    """Whether `stored` is an amount as a sheet keeps it: digits, and up to two decimals after a point."""
    return bool(_STORED_EUROS.fullmatch(stored))


def write_decimal(stored: str) -> str:
    """The stored decimal as it is typed, with a comma: "0,5"; any other text as it is."""
    return stored.replace(".", ",") if is_decimal(stored) else stored


def _spaced(typed: str) -> str:
    """`typed` without outer space, every kind of inner space as one plain space."""
    return " ".join(typed.split())
