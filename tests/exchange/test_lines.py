"""One sheet as one line: what is read, and what is written."""

import contextlib
import io
import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.core.text import clean_line, clean_text, is_readable
from passerelle.exchange.lines import (
    KEYS,
    LONGEST_LINE,
    SheetLine,
    UnreadableLine,
    lines_of,
    read_line,
    write_line,
)
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent
from passerelle.sheets.sections import FIELDS
from passerelle.vocabulary import communes
from tests.factories import COMPLETE

NIS = [commune.nis for commune in communes.communes()]
TYPED = st.text(st.characters(codec="utf-8"), max_size=60).filter(is_readable)
TEXT, LINE = TYPED.map(clean_text), TYPED.map(clean_line)
LINES = st.lists(LINE, max_size=4).map(tuple)
DATE = st.none() | st.sampled_from(["2013", "2013-06", "2013-06-26"])
NUMBER = st.none() | st.sampled_from(["0", "1", "0.5", "27000.50"])
REF = st.none() | st.text(string.ascii_letters + "-é", min_size=1, max_size=100)
CONTENTS = st.builds(
    SheetContent,
    title=LINE,
    summary=TEXT,
    starts=DATE,
    ends=DATE,
    ongoing=st.none() | st.booleans(),
    duration_note=LINE,
    activities=TEXT,
    violence_forms=LINES,
    objectives=LINES,
    target_groups=LINES,
    target_groups_text=TEXT,
    partnerships=st.lists(st.builds(Partner, LINE, LINE, LINE), max_size=3).map(tuple),
    outreach=TEXT,
    web_page=LINE,
    innovation=TEXT,
    evaluation_method=TEXT,
    evaluation_kinds=LINES,
    costs=st.lists(
        st.builds(Cost, st.sampled_from(["human", "material"]), LINE, NUMBER, LINE, LINE, NUMBER), max_size=3
    ).map(tuple),
    language=st.sampled_from(["fr", "nl", "de", "en"]),
    inhabitants=st.none() | st.integers(0, 10**9 - 1),
    sheet_date=DATE,
)


def line(**given: object) -> str:
    """A line of a sheet of Quaregnon that says what the test says."""
    return json.dumps({"commune": "53065", "title": "Café", **given})


@given(ref=REF, nis=st.sampled_from(NIS), content=CONTENTS, job_title=LINE)
def test_what_is_written_is_read_again_as_the_same_sheet(
    ref: str | None, nis: str, content: SheetContent, job_title: str
) -> None:
    sheet = SheetLine(ref, nis, content, Contact(job_title=job_title))

    written = write_line(sheet)

    assert read_line(written) == sheet
    assert read_line(written).content.hash == content.hash
    assert len(written.splitlines()) <= 1 or "\n" not in written


def test_a_written_line_has_the_keys_of_the_interchange_in_their_order() -> None:
    written = json.loads(write_line(SheetLine("cafe", "53065", COMPLETE, Contact(job_title="Assistante"))))

    assert tuple(written) == KEYS


def test_of_the_contact_only_the_function_is_ever_written() -> None:
    contact = Contact("Prénom Nom", "Assistante sociale", "065000000", "prevention@commune.example")

    written = write_line(SheetLine(None, "53065", COMPLETE, contact))

    assert json.loads(written)["contact"] == {"job_title": "Assistante sociale"}
    assert not any(text in written for text in ("Prénom", "065000000", "prevention@"))


def test_a_line_needs_nothing_but_its_commune() -> None:
    sheet = read_line('{"commune": "53065"}')

    assert sheet == SheetLine(None, "53065", SheetContent(language="fr"), Contact())


@pytest.mark.parametrize(
    "name",
    ["53065", 53065, "Quaregnon", "QUAREGNON", " quaregnon ", "Commune de Quaregnon"],
)
def test_the_commune_is_found_by_its_code_and_by_its_name(name: object) -> None:
    assert read_line(line(commune=name)).commune == "53065"


@pytest.mark.parametrize(
    "name", ["Liège", "Luik", "Lüttich", "Luettich", "LIEGE", "Ville de Liège", "Stad Luik"]
)
def test_the_commune_is_found_by_its_name_in_every_language(name: str) -> None:
    assert read_line(line(commune=name)).commune == "62063"


@pytest.mark.parametrize(("commune", "language"), [("Quaregnon", "fr"), ("Gent", "nl"), ("Eupen", "de")])
def test_a_line_without_language_is_in_the_language_of_its_commune(commune: str, language: str) -> None:
    assert read_line(line(commune=commune)).content.language == language
    assert read_line(line(commune=commune, language=None)).content.language == language
    assert read_line(line(commune=commune, language="en")).content.language == "en"


@pytest.mark.parametrize(
    ("given", "ref"), [("a", "a"), (17, "17"), (" a  b ", "a b"), ("", None), (None, None)]
)
def test_the_owners_identifier_is_a_short_text(given: object, ref: str | None) -> None:
    assert read_line(line(ref=given)).ref == ref


@pytest.mark.parametrize(
    ("given", "kept"), [(18988, 18988), ("18.988", 18988), ("18 988", 18988), (None, None)]
)
def test_inhabitants_are_read_as_people_write_them(given: object, kept: int | None) -> None:
    assert read_line(line(inhabitants=given)).content.inhabitants == kept


def test_a_year_may_be_a_number() -> None:
    content = read_line(line(starts=2013, ends="2014-06")).content

    assert (content.starts, content.ends) == ("2013", "2014-06")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (1, "1"),
        (0.5, "0.5"),
        ("0.5", "0.5"),
        (27000, "27000"),
        (0, "0"),
        (None, None),
        ("", None),
        (1e3, "1000"),
    ],
)
def test_a_number_of_the_costs_is_kept_as_a_decimal(given: object, kept: str | None) -> None:
    cost = read_line(line(costs=[{"what": "local", "quantity": given, "euros": given}])).content.costs[0]

    assert (cost.quantity, cost.euros) == (kept, kept)


def test_texts_come_out_clean() -> None:
    content = read_line(
        line(title="  Cafe\u0301\u200b des \n mamans ", activities="un\r\ndeux  \r\n\r\ntrois\u2028")
    ).content

    assert content.title == "Café des mamans"
    assert content.activities == "un\ndeux\n\ntrois"


@pytest.mark.parametrize("key", [key for key in KEYS if key != "commune"])
def test_null_says_as_little_as_a_missing_key(key: str) -> None:
    assert read_line(json.dumps({"commune": "53065", key: None})) == read_line('{"commune": "53065"}')


@pytest.mark.parametrize("number", ["1" + "0" * 400, "1e400", "-1e400", "1e308", "1e-400"])
def test_a_huge_number_is_read_in_no_time_and_left_to_the_checks(number: str) -> None:
    sheet = read_line('{"commune": "53065", "costs": [{"what": "a", "euros": ' + number + "}]}")

    assert len(sheet.content.costs[0].euros or "") < 500


def test_a_line_of_two_megabytes_is_refused_by_its_length() -> None:
    with pytest.raises(UnreadableLine, match=f"longer than {LONGEST_LINE} bytes"):
        read_line(line(title="x" * 2_000_000))


def test_a_file_is_read_line_by_line_and_never_more_than_one_that_can_be_read() -> None:
    long = b'{"title": "' + b"x" * 2_000_000 + b'"}'
    file = io.BytesIO(
        b"\xef\xbb\xbf{}\r\n" + long + b"\n" + b'"caf\xe9"\n' + '"a\u2028b\x85"\n'.encode() + b"last"
    )

    first, second, third, fourth, fifth = lines_of(file)

    assert first == "\ufeff{}\r\n"
    assert LONGEST_LINE < len(second) < LONGEST_LINE + 10
    assert third == '"caf\udce9"\n'
    assert fourth == '"a\u2028b\x85"\n'
    assert fifth == "last"


@given(
    st.text()
    | st.dictionaries(
        st.sampled_from(KEYS) | st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["kind", "name", "what"]), inner, max_size=3)
            ),
            max_leaves=5,
        ),
        max_size=4,
    ).map(lambda found: json.dumps({"commune": "53065", **found}))
)
def test_whatever_stands_on_a_line_it_is_a_sheet_or_refused(text: str) -> None:
    sheet = None
    with contextlib.suppress(UnreadableLine):
        sheet = read_line(text)

    assert sheet is None or read_line(write_line(sheet)).content == sheet.content


def test_the_keys_of_the_interchange_are_those_of_the_sections() -> None:
    assert set(FIELDS) <= set(KEYS)
    assert len(KEYS) == len(set(KEYS))
