"""Cut a text into words, keeping what belongs to a word: apostrophes, hyphens, brackets and plus signs."""

import re

_SPACE = " \u00a0\u202f"
_LETTER = r"[^\W_]"
# A telephone number in groups, or thousands set apart: "0800 30 030", "18.988".
_NUMBER = rf"0\d{{1,3}}(?:[{_SPACE}./]\d{{2,3}}){{1,4}}(?!\d)|\d{{1,3}}(?:[{_SPACE}.]\d{{3}})+(?!\d)"
# "participant.e.s", "Bürger*innen", "Schüler/innen": the other gender after a mark.
_GENDER = r"[*:_](?=in(?:nen)?\b)|[./](?=(?:n?es?|s|in|innen)\b)"
_JOINER = rf"(?:['’‘ʼ´`()·•‐‑-]|{_GENDER})"
_WORD = rf"{_LETTER}+(?:{_JOINER}{_LETTER}+)*\+?"
_INITIALS = r"(?:[A-Z]\.){2,}[A-Z]?(?![^\W_])"  # "C.P.A.S."

NUMBER = re.compile(_NUMBER)
TOKEN = re.compile(f"{_NUMBER}|{_INITIALS}|{_WORD}")
"""One word as written: "l'école", "mis(be)handeling", "LGBTQIA+", "mama's", "0800 30 030", "élu·e·s"."""

_APOSTROPHES = re.compile("[’‘ʼ´`]")
_HYPHENS = re.compile("[‐‑]")
_DOTS = re.compile("[·•]")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_GENDERED = re.compile(r"[*:_/.]|-(?=n?es?(?:-s)?$)|(?<=e)-(?=s$)")


def plain_marks(token: str) -> str:
    """`token` in small letters with one kind of apostrophe, hyphen and middle dot, no plus sign.

    Whatever mark sets the other gender apart becomes a middle dot; the dots of initials are gone.
    """
    if token.isalnum():
        return token.lower()
    if "." in token and token.isupper():
        token = token.replace(".", "")
    token = token.lower().rstrip("+")
    if not token.isascii():
        token = _DOTS.sub("·", _HYPHENS.sub("-", _APOSTROPHES.sub("'", token)))
    return _GENDERED.sub("·", token)


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
