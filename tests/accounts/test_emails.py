"""Addresses that can be written to, and texts that cannot."""

import pytest

from passerelle.accounts.emails import NotAnAddress, clean_email

GOOD = ("a@b.be", "first.last@commune.example", "o'neill+tag@sub.commune.example", "x" * 64 + "@a.be")
BAD = (
    "",
    "nobody",
    "@commune.example",
    "a@",
    "a@localhost",
    "a b@commune.example",
    "a@commune..example",
    ".a@commune.example",
    "a.@commune.example",
    "a@-commune.example",
    "a@commune.example\r\nBcc: b@evil.example",
    "a@commune.example\nb",
    "a@commune.example,b@evil.example",
    "A <a@commune.example>",
    '"a b"@commune.example',
    "=?utf-8?q?a=0d=0a?=@commune.example",
    "a@commune.example\x00",
    "é@commune.example",
    "a@" + "x" * 300 + ".be",
    "a" * 100_000,
)


@pytest.mark.parametrize("text", GOOD)
def test_a_plain_address_is_kept_in_lower_case(text: str) -> None:
    assert clean_email(f"  {text.upper()} ") == text


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        clean_email(text)
