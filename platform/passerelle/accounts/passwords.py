"""Keep passwords as argon2id hashes and say which ones are too easy to guess."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from passerelle.core.settings import Settings

SHORTEST = 12  # characters; length is what makes a password strong (NIST SP 800-63B, 5.1.1)
LONGEST = 128  # characters: a long sentence fits, a body of megabytes is not hashed
FEWEST_DIFFERENT = 5

# What people choose first, in our languages, when asked for twelve characters: compared without signs,
# without figures around it and written once ("Bienvenue2024!" and "welkomwelkom" are both found).
_WORDS = """
    abcdef abcdefgh abcdefghij abcdefghijkl admin administrateur administrator azerty azertyuiop
    azertyuiopqsdfghjklm belgie belgien belgique bienvenue bonjour changeme commune fussball gemeente gemeinde
    geheim hallo iloveyou jetaime letmein liefde monmotdepasse motdepasse passerelle passw passwd password
    passwort prevention qwerty qwertyuiop qwertyuiopasdfghjkl qwertz qwertzuiop secret soleil standard
    voetbal wachtwoord welcome welkom willkommen
"""
_KNOWN = frozenset(_WORDS.split())


class PasswordProblem(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    IS_THE_EMAIL = "is_the_email"
    TOO_COMMON = "too_common"


@dataclass(frozen=True)
class Cost:
    """What one hash costs: memory in KiB, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int


# 19 MiB, two passes, one lane: about 40 ms on a small server (OWASP's first choice for argon2id).
FULL_COST = Cost(19 * 1024, 2, 1)
TEST_COST = Cost(8, 1, 1)  # the smallest there is; only where PASSERELLE_ENV is "test"


class Passwords:
    """Makes and checks hashes at one cost."""

    def __init__(self, cost: Cost) -> None:
        self._hasher = PasswordHasher(cost.passes, cost.memory, cost.lanes)
        self._nobodys = self._hasher.hash(b"the password of nobody")

    def hash(self, password: str) -> str:
        """A new argon2id hash of `password`, its parameters and salt included."""
        return self._hasher.hash(_bytes_of(password))

    def match(self, kept: str | None, password: str) -> bool:
        """Whether `password` is the one kept; without one kept, False after the same work."""
        try:
            self._hasher.verify(kept or self._nobodys, _bytes_of(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None and len(password) <= LONGEST

    def is_outdated(self, kept: str) -> bool:
        """Whether `kept` was made at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)


@cache
def _passwords_at(cost: Cost) -> Passwords:
    return Passwords(cost)


def passwords_for(settings: Settings) -> Passwords:
    """What this installation hashes with: the full cost everywhere but in tests."""
    return _passwords_at(TEST_COST if settings.environment == "test" else FULL_COST)


def problem_of(password: str, email: str) -> PasswordProblem | None:
    """Why `password` is too easy for the person with this address, or None.

    Only length and guessing count: no rule asks for signs or figures, every character is welcome.
    """
    if len(password) < SHORTEST:
        return PasswordProblem.TOO_SHORT
    if len(password) > LONGEST:
        return PasswordProblem.TOO_LONG
    if email and _core(password) in (_core(email), _core(email.partition("@")[0])):
        return PasswordProblem.IS_THE_EMAIL
    if len(set(password.casefold())) < FEWEST_DIFFERENT or not _core(password) or _is_known(_core(password)):
        return PasswordProblem.TOO_COMMON
    return None


def _is_known(core: str) -> bool:
    """Whether `core` is a known word, written once or several times."""
    return any(core == word * (len(core) // len(word)) for word in _KNOWN)


def _core(text: str) -> str:
    """The letters and figures of `text` in lower case without accents, and without figures at its ends."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())
    return re.sub(r"^\d+|\d+$", "", plain)


def _bytes_of(password: str) -> bytes:
    """The password in NFC, so that every keyboard types the same one; cut where nobody may go."""
    return unicodedata.normalize("NFC", password[: LONGEST + 1]).encode("utf-8", "surrogatepass")
