"""Every reason to refuse a line, named as whoever wrote the file can mend it."""

import json

import pytest

from passerelle.exchange.lines import UnreadableLine, read_line


def line(**given: object) -> str:
    """A line of a sheet of Quaregnon that says what the test says."""
    return json.dumps({"commune": "53065", "title": "Café", **given})


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("{", "this is not JSON"),
        ("not json", "this is not JSON"),
        ('{"title": "a"} {"title": "b"}', "this is not JSON"),
        ('{"title": "a",}', "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ('{"title":' * 10_000, "this is not JSON"),
        ('{"inhabitants": ' + "9" * 5_000 + "}", "this is not JSON"),
        ("\ufeff\ufeff{}", "this is not JSON"),
        ("[]", "this is JSON, but not an object"),
        ('"title"', "this is JSON, but not an object"),
        ("17", "this is JSON, but not an object"),
        ("null", "this is JSON, but not an object"),
        ('{"title": "caf\udce9"}', "the line is not UTF-8"),
        ('{"title": "a", "title": "b"}', "the key 'title' is there twice"),
        ('{"contact": {"name": "a", "name": "b"}}', "the key 'name' is there twice"),
        ('{"inhabitants": NaN}', "NaN is not JSON: write null for what is not known"),
        ('{"inhabitants": -Infinity}', "-Infinity is not JSON: write null for what is not known"),
        ("{}", "'commune' is missing: a NIS code or a name"),
        ('{"commune": ["53065"]}', "'commune' is missing: a NIS code or a name"),
        ('{"commune": true}', "'commune' is missing: a NIS code or a name"),
        ('{"commune": "  "}', "'commune' is missing: a NIS code or a name"),
    ],
)
def test_a_line_that_is_no_sheet_is_refused_with_its_reason(broken: str, reason: str) -> None:
    with pytest.raises(UnreadableLine) as refused:
        read_line(broken)

    assert str(refused.value) == reason


@pytest.mark.parametrize("commune", ["Nowhere", "99999", "\u0000", "\ud800", "\x1b[31mLiège", "x" * 5_000])
def test_an_unknown_commune_is_refused_by_its_name(commune: str) -> None:
    with pytest.raises(UnreadableLine, match="no commune of Belgium") as refused:
        read_line(line(commune=commune))

    assert len(str(refused.value)) < 200
    assert str(refused.value).isprintable()


def test_a_name_that_several_communes_begin_with_is_refused_with_the_choice() -> None:
    with pytest.raises(UnreadableLine, match=r"Braine-l.Alleud \(25014\).*write the NIS code"):
        read_line(line(commune="Braine"))


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"titel": "Café"}, "the sheet has no key 'titel'"),
        ({"status": "published"}, "the sheet has no key 'status'"),
        ({"\x1b[2J" + "k" * 500: 1}, r"the sheet has no key '\\x1b\[2Jk+\.\.\.'"),
        ({"\ud800": 1}, r"the sheet has no key '\\ud800'"),
        ({"partnerships": [{"naam": "x"}]}, "'partnerships' has no key 'naam'; it has kind, name, role"),
        ({"costs": [{"amount": 1}]}, "'costs' has no key 'amount'"),
        ({"contact": {"mail": "x"}}, "'contact' has no key 'mail'; it has name, job_title, phone, email"),
    ],
)
def test_an_unknown_key_is_refused_by_its_name(extra: dict[str, object], reason: str) -> None:
    with pytest.raises(UnreadableLine, match=reason) as refused:
        read_line(line(**extra))

    assert len(str(refused.value)) < 600


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"title": 17}, "'title' is a text"),
        ({"title": ["Café"]}, "'title' is a text"),
        ({"summary": {"fr": "Café"}}, "'summary' is a text"),
        ({"language": 1}, "'language' is a text"),
        ({"starts": 2013.5}, "'starts' is a text"),
        ({"starts": True}, "'starts' is a text"),
        ({"sheet_date": [2019, 6, 26]}, "'sheet_date' is a text"),
        ({"ongoing": "yes"}, "'ongoing' is true, false or null"),
        ({"ongoing": 1}, "'ongoing' is true, false or null"),
        ({"violence_forms": "partner"}, "'violence_forms' is a list"),
        ({"violence_forms": [1]}, "'violence_forms' is a text"),
        ({"objectives": {"a": 1}}, "'objectives' is a list"),
        ({"partnerships": "police"}, "'partnerships' is a list"),
        ({"partnerships": ["police"]}, "each of 'partnerships' is an object"),
        ({"costs": [[]]}, "each of 'costs' is an object"),
        ({"costs": [{"what": 1}]}, "'what' is a text"),
        ({"costs": [{"quantity": True}]}, "'quantity' is a text"),
        ({"costs": [{"euros": []}]}, "'euros' is a text"),
        ({"inhabitants": "many"}, "'inhabitants' is a whole number"),
        ({"inhabitants": True}, "'inhabitants' is a whole number"),
        ({"inhabitants": -1}, "'inhabitants' is a whole number"),
        ({"inhabitants": 10**400}, "'inhabitants' is a whole number"),
        ({"inhabitants": 1.5}, "'inhabitants' is a whole number"),
        ({"inhabitants": "٣"}, "'inhabitants' is a whole number"),
        ({"contact": "somebody"}, "'contact' is an object"),
        ({"contact": []}, "'contact' is an object"),
        ({"contact": {"phone": 65000000}}, "'phone' is a text"),
        ({"ref": "x" * 101}, "'ref' is longer than 100 characters"),
        ({"ref": True}, "'ref' is a text"),
        ({"ref": ["x"]}, "'ref' is a text"),
        ({"title": "a\x00b"}, "the text holds characters that cannot be stored"),
        ({"title": "a\ud800b"}, "the text holds characters that cannot be stored"),
        ({"objectives": ["\x1b[31m"]}, "the text holds characters that cannot be stored"),
        ({"contact": {"name": "\x00"}}, "the text holds characters that cannot be stored"),
        ({"ref": "\x07"}, "the text holds characters that cannot be stored"),
    ],
)
def test_a_value_of_another_shape_is_refused_with_the_name_of_its_key(
    extra: dict[str, object], reason: str
) -> None:
    with pytest.raises(UnreadableLine) as refused:
        read_line(line(**extra))

    assert str(refused.value) == reason
