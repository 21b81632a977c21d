"""The address of the web page, as it is typed on the fiche."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.sheets.links import link_of, says_there_is_none


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.qmix-cite.be", "http://www.qmix-cite.be"),
        ("qmix-cite.be/cafe", "http://qmix-cite.be/cafe"),
        ("https://www.commune.be/é?a=1#b", "https://www.commune.be/é?a=1#b"),
        ("HTTP://Commune.be", "HTTP://Commune.be"),
        ("www.commune.be:8080/x", "http://www.commune.be:8080/x"),
    ],
)
def test_an_address_of_the_web_becomes_a_link(typed: str, address: str) -> None:
    assert link_of(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt://x.be/%0aalert(1)",
        "data:text/html,<b>",
        "ftp://x.be",
        "x@y.be",
        "http://user:pw@x.be",
        "voir la page",
        "http://",
        "http:/x.be",
        "www",
        "1.2.3.4",
        'http://x.be/"onclick',
        "http://[::1",
        "http://a..be",
        "//evil",
        "http://x.be:99999",
        "vbscript:x.be",
        "http://x.be/<s>",
    ],
)
def test_anything_else_is_no_link(typed: str) -> None:
    assert link_of(typed) is None


@pytest.mark.parametrize("typed", ["", "néant", "Néant", "/", "n.v.t.", "N.V.T.", " - ", "geen", "nihil"])
def test_words_may_say_that_there_is_no_page(typed: str) -> None:
    assert says_there_is_none(typed)


@given(st.text(max_size=60) | st.text("htps:/.@abe[]%#?", max_size=25))
def test_a_link_never_leads_to_anything_but_the_web(typed: str) -> None:
    address = link_of(typed)

    assert address is None or address.lower().startswith(("http://", "https://"))
