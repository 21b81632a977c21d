"""How passwords are kept, and which are refused."""

import pytest

from passerelle.accounts.passwords import (
    FULL_COST,
    TEST_COST,
    Cost,
    PasswordProblem,
    Passwords,
    passwords_for,
    problem_of,
)
from passerelle.core.settings import Settings
from tests.factories import PASSWORD

passwords = Passwords(TEST_COST)


def test_a_hash_opens_to_its_own_password_only() -> None:
    kept = passwords.hash(PASSWORD)

    assert kept.startswith("$argon2id$")
    assert passwords.match(kept, PASSWORD)
    assert not passwords.match(kept, PASSWORD + " ")


def test_nobody_has_a_password_that_matches() -> None:
    assert not passwords.match(None, "the password of nobody")


def test_a_damaged_hash_matches_nothing() -> None:
    assert not passwords.match("damaged", PASSWORD)


def test_the_same_letters_typed_on_another_keyboard_match() -> None:
    kept = passwords.hash("une phrase assez étrange")

    assert passwords.match(kept, "une phrase assez e\u0301trange")


def test_a_password_longer_than_allowed_never_matches() -> None:
    kept = passwords.hash("x" * 129)

    assert not passwords.match(kept, "x" * 129)
    assert not passwords.match(kept, "x" * 1_000_000)


def test_half_a_character_is_just_a_wrong_password() -> None:
    assert not passwords.match(passwords.hash(PASSWORD), "\ud800 is not a character")


def test_the_full_cost_is_nineteen_mebibytes_two_passes_one_lane(settings: Settings) -> None:
    production = type(settings)(**{**vars(settings), "environment": "production"})

    kept = passwords_for(production).hash(PASSWORD)

    assert Cost(19 * 1024, 2, 1) == FULL_COST
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_of_another_cost_is_outdated() -> None:
    kept = Passwords(Cost(16, 1, 1)).hash(PASSWORD)

    assert passwords.is_outdated(kept)
    assert not passwords.is_outdated(passwords.hash(PASSWORD))


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple",
        "Ω" * 3 + "βγδεζηθικλ",
        "a sentence. " * 10,
        "Verviers, le 3 mai",
    ],
)
def test_a_long_sentence_is_welcome(password: str) -> None:
    assert problem_of(password, "claire@commune.example") is None


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short", PasswordProblem.TOO_SHORT),
        ("x" * 129, PasswordProblem.TOO_LONG),
        ("claire.dubois@commune.example", PasswordProblem.IS_THE_EMAIL),
        ("Claire.Dubois2024!", PasswordProblem.IS_THE_EMAIL),
        ("passwordpassword", PasswordProblem.TOO_COMMON),
        ("Bienvenue2024!!", PasswordProblem.TOO_COMMON),
        ("2024 Mot de passe 2024", PasswordProblem.TOO_COMMON),
        ("Prévention2026", PasswordProblem.TOO_COMMON),
        ("aaaaaaaaaaaaaa", PasswordProblem.TOO_COMMON),
        ("123456789012", PasswordProblem.TOO_COMMON),
        ("!!!!????....,,,,;;;;", PasswordProblem.TOO_COMMON),
    ],
)
def test_what_is_guessed_first_is_refused(password: str, problem: PasswordProblem) -> None:
    assert problem_of(password, "claire.dubois@commune.example") is problem
