"""Clean what people type at the border: one Unicode form, no invisible debris, nothing a database refuses."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_PLANES = "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
_CONTROL = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_PLANES}]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_PLAIN = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‐": "-"})


class UnreadableText(ValueError):
    """The text holds NUL, other control characters, or what Unicode says is no character."""


def is_readable(text: str) -> bool:
    """Whether every character of `text` can be stored: no control character, none that is not one."""
    return not _CONTROL.search(_LINE_ENDS.sub("\n", text)) and not _SURROGATE.search(text)


def clean_text(text: str) -> str:
    """`text` in NFC, with line ends as one newline, invisible characters gone and outer space stripped.

    Raises `UnreadableText` for NUL, control characters and lone surrogates: PostgreSQL cannot store them.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not is_readable(text):
        raise UnreadableText("the text holds characters that cannot be stored")
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def clean_line(text: str) -> str:
    """`clean_text` on one line: every run of white space, line ends too, becomes one space.

    Raises `UnreadableText` as `clean_text` does.
    """
    return _SPACES.sub(" ", clean_text(text))


def legible(text: str) -> str:
    """`text` without the characters that cannot be stored, for words that are only looked up."""
    return _SURROGATE.sub("", _CONTROL.sub(" ", _LINE_ENDS.sub("\n", text)))


def folded(text: str) -> str:
    """`text` as it is compared with what somebody else typed: one line, small letters without accents."""
    line = " ".join(text.lower().split())
    if line.isascii():
        return line
    apart = unicodedata.normalize("NFKD", line.translate(_INVISIBLE)).translate(_PLAIN)
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).casefold().split())
