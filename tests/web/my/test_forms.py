"""What is typed survives, and what is stored comes back from the form unchanged."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from passerelle.core.text import clean_line, clean_text
from passerelle.sheets.checks import problems_of
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent
from passerelle.vocabulary import (
    COST_KINDS,
    COST_UNITS,
    EVALUATION_KINDS,
    FORMS,
    LANGUAGES,
    PARTNER_KINDS,
    TARGET_GROUPS,
    VocabularyList,
)
from passerelle.web.my.conflict import MINE, THEIRS, differences, digests_of, read_digests, with_theirs
from passerelle.web.my.forms import CHOICE_NAMES, TEXT_NAMES, SheetForm
from passerelle.web.my.reading import read
from tests.factories import COMPLETE, CONTACT

T = TypeVar("T")
READABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t"), max_size=80)
LINES = READABLE.map(clean_line)
TEXTS = READABLE.map(clean_text)
DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
DECIMALS = st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,3})?", fullmatch=True)
AMOUNTS = st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,2})?", fullmatch=True)


def codes(known: VocabularyList) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(known.codes)).map(known.in_order)


def several(of: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(of, max_size=4).map(tuple)


PARTIAL = DATES.map(str) | DATES.map(lambda day: str(day)[:7]) | DATES.map(lambda day: str(day)[:4])
PARTNERS = st.builds(Partner, st.sampled_from(("", *PARTNER_KINDS.codes)), LINES, LINES).filter(
    lambda each: each != Partner()
)
COSTS = st.builds(
    Cost,
    st.sampled_from(COST_KINDS.codes),
    LINES,
    st.none() | DECIMALS,
    st.sampled_from(COST_UNITS.codes),
    LINES,
    st.none() | AMOUNTS,
).filter(lambda each: bool(each.what or each.quantity or each.provider or each.euros))
CONTENTS = st.builds(
    SheetContent,
    title=LINES.filter(bool),
    summary=TEXTS,
    starts=st.none() | PARTIAL,
    ends=st.none() | PARTIAL,
    ongoing=st.none() | st.booleans(),
    duration_note=LINES,
    activities=TEXTS,
    violence_forms=codes(FORMS),
    objectives=several(LINES.filter(bool)),
    target_groups=codes(TARGET_GROUPS),
    target_groups_text=TEXTS,
    partnerships=several(PARTNERS),
    outreach=TEXTS,
    web_page=LINES,
    innovation=TEXTS,
    evaluation_method=TEXTS,
    evaluation_kinds=codes(EVALUATION_KINDS),
    costs=several(COSTS),
    language=st.sampled_from(LANGUAGES),
    inhabitants=st.none() | st.integers(0, 10**9 - 1),
    sheet_date=st.none() | DATES.map(str),
)
CONTACTS = st.builds(Contact, LINES, LINES, LINES, LINES)
ANYTHING = st.text(max_size=60)


def sent(form: SheetForm) -> MultiDict[str, str]:
    """What a browser sends for `form`: line ends become CR LF."""
    values: MultiDict[str, str] = MultiDict(
        {name: text.replace("\n", "\r\n") for name, text in form.texts.items()}
    )
    for name, chosen in form.choices.items():
        for code in chosen:
            values.add(name, code)
    for kind, rows in form.rows.items():
        for place, row in enumerate(rows, start=1):
            values.update({f"{kind}-{place}-{part}": text for part, text in row.items()})
    return values


@settings(max_examples=80, deadline=None)
@given(CONTENTS, CONTACTS, TEXTS)
def test_a_sheet_comes_back_the_same_from_its_form(
    content: SheetContent, contact: Contact, note: str
) -> None:
    form = SheetForm.of(content, contact, note)

    reading = read(SheetForm.typed(sent(form)))

    assert reading.content == content
    assert reading.contact == contact
    assert reading.note == note
    assert reading.problems == problems_of(content, contact, to_submit=False)


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(st.sampled_from((*TEXT_NAMES, *CHOICE_NAMES, "partner-1-kind", "cost-2-euros")), ANYTHING)
)
def test_whatever_is_typed_is_kept_as_typed_and_read_without_an_accident(typed: dict[str, str]) -> None:
    form = SheetForm.typed(MultiDict(typed))
    reading = read(form)

    assert all(form.text(name) == text for name, text in typed.items() if name in TEXT_NAMES)
    if not reading.problems:
        assert problems_of(reading.content, reading.contact, to_submit=False) == ()


def test_only_the_fields_of_the_form_are_read() -> None:
    form = SheetForm.typed(
        MultiDict(
            {"title": "Café", "status": "published", "commune_nis": "11002", "partner-1-id": "7", "ref": "x"}
        )
    )

    assert set(form.texts) == set(TEXT_NAMES)
    assert read(form).content == SheetContent(title="Café", language="")
    assert form.rows["partner"] == ()


def test_a_line_is_added_after_the_others_and_removed_from_among_them() -> None:
    form = SheetForm.of(replace(COMPLETE, partnerships=(Partner("", "A"), Partner("", "B"))), CONTACT)

    longer = form.with_row("partner")
    shorter = longer.without_row("partner", 1)

    assert [row["name"] for row in longer.rows["partner"]] == ["A", "B", ""]
    assert [row["name"] for row in shorter.rows["partner"]] == ["B", ""]
    assert shorter.without_row("partner", 9) == shorter
    assert shorter.without_row("partner", 0) == shorter


def test_empty_lines_are_not_read_and_do_not_shift_the_problems() -> None:
    form = SheetForm.typed(MultiDict({"cost-1-kind": "human", "cost-2-what": "x", "cost-2-euros": "cher"}))

    reading = read(form)

    assert [each.what for each in reading.content.costs] == ["x"]
    assert [(each.field, each.row, each.part) for each in reading.problems if each.field == "costs"] == [
        ("costs", 1, "euros")
    ]


def test_a_date_that_does_not_exist_is_one_problem_and_not_also_missing() -> None:
    reading = read(SheetForm.typed(MultiDict({"title": "x", "language": "fr", "starts": "31/02/2020"})))

    assert [each.code for each in reading.to_mend if each.field == "starts"] == ["not_a_date"]


def typed_with(**texts: str) -> SheetForm:
    form = SheetForm.of(COMPLETE, CONTACT)
    return replace(form, texts={**form.texts, **texts})


@pytest.mark.usefixtures("in_english")
def test_two_texts_differ_in_the_sections_that_say_something_else() -> None:
    stored = SheetForm.of(COMPLETE, CONTACT)

    found = differences(typed_with(title="Autre", contact_phone="1"), stored, {}, {})

    assert list(found) == ["contact", "title"]
    assert found["title"].stored == ("Café des parents",)
    assert found["title"].typed == ("Autre",)
    assert found["title"].choice == MINE


@pytest.mark.usefixtures("in_english")
def test_line_ends_and_empty_lines_are_no_difference() -> None:
    stored = SheetForm.of(replace(COMPLETE, activities="a\nb"), CONTACT).with_row("partner")

    assert differences(SheetForm.typed(sent(stored)), stored, {}, {}) == {}


@pytest.mark.usefixtures("in_english")
def test_a_section_the_writer_left_alone_takes_the_stored_words() -> None:
    began = typed_with()
    stored = typed_with(summary="Résumé d'un collègue")

    found = differences(typed_with(title="Autre"), stored, read_digests(digests_of(began)), {})

    assert {part: each.choice for part, each in found.items()} == {"title": MINE, "summary": THEIRS}


def test_the_stored_words_replace_only_the_sections_chosen() -> None:
    stored = SheetForm.of(replace(COMPLETE, title="Leur titre", costs=(Cost(what="leur coût"),)), CONTACT)

    mixed = with_theirs(
        typed_with(title="Mon titre", summary="Mon résumé"), stored, ["costs", "title", "brol"]
    )

    assert mixed.text("title") == "Leur titre"
    assert mixed.text("summary") == "Mon résumé"
    assert [row["what"] for row in mixed.rows["cost"]] == ["leur coût"]


@given(ANYTHING)
def test_a_forged_list_of_digests_is_read_without_an_accident(text: str) -> None:
    assert isinstance(read_digests(text), dict)
