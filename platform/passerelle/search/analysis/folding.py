"""Write words without their accents, and in the ways people write around them."""

import unicodedata

_PLAIN = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "ŋ": "n"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def composed(text: str) -> str:
    """`text` in NFC, so that an accent never stands apart from its letter."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` in small letters without accents: "Égalité" becomes "egalite", "Straße" becomes "strasse"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def transcribed(text: str) -> str:
    """`text` as written on a keyboard without umlauts: "täter" becomes "taeter"."""
    return text.translate(_UMLAUTS)
