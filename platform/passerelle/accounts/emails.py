"""Accept an e-mail address only if it can stand in a mail's header and be compared."""

import re

LONGEST_EMAIL = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")


class NotAnAddress(ValueError):
    """The text is not an e-mail address that we can write to."""


def clean_email(text: str) -> str:
    """`text` in lower case without outer space, as addresses are stored.

    Raises `NotAnAddress` unless it is a plain address: ASCII, no quotes, comments or encoded words, and a
    domain with a dot.
    """
    email = text.strip().lower()
    if len(email) > LONGEST_EMAIL or not _ADDRESS.fullmatch(email) or "=?" in email:
        raise NotAnAddress(f"{text[:80]!r} is not an e-mail address: use name@domain.be")
    return email
