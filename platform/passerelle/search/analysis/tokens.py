"""Cut a text into words, keeping what belongs to a word: apostrophes, hyphens, brackets and plus signs."""

import re

_SPACE = " \u00a0\u202f"
_LETTER = r"[^\W_]"
# A telephone number in groups, or thousands set apart: "0800 30 030", "18.988".
_NUMBER = rf"0\d{{1,3}}(?:[{_SPACE}./]\d{{2,3}}){{1,4}}(?!\d)|\d{{1,3}}(?:[{_SPACE}.]\d{{3}})+(?!\d)"
_JOINER = "['’‘ʼ´`()·•‐‑-]"
_WORD = rf"{_LETTER}+(?:{_JOINER}{_LETTER}+)*\+?"

NUMBER = re.compile(_NUMBER)
TOKEN = re.compile(f"{_NUMBER}|{_WORD}")
"""One word as written: "l'école", "mis(be)handeling", "LGBTQIA+", "mama's", "0800 30 030"."""

_APOSTROPHES = re.compile("[’‘ʼ´`]")
_HYPHENS = re.compile("[‐‑]")
_DOTS = re.compile("[·•]")
_BRACKETED = re.compile(r"\(([^()]*)\)")


def plain_marks(token: str) -> str:
    """`token` in small letters with one kind of apostrophe, hyphen and middle dot, no plus sign."""
    token = token.lower().rstrip("+")
    if token.isascii():
        return token
    return _DOTS.sub("·", _HYPHENS.sub("-", _APOSTROPHES.sub("'", token)))


def spellings(token: str) -> tuple[str, ...]:
    """The words meant by brackets and middle dots, the shortest first.

    "mis(be)handeling" is mishandeling or misbehandeling, "agent·e·s" is agent or agentes.
    """
    if "·" in token:
        return (token.split("·", 1)[0], token.replace("·", ""))
    if "(" not in token and ")" not in token:
        return (token,)
    without = _BRACKETED.sub("", token).split("(", 1)[0].replace(")", "")
    return (without, token.replace("(", "").replace(")", ""))
