"""The components: correct HTML, readable by everybody, safe with any text."""

import pytest

from passerelle.sheets.models import RevisionStatus, SheetStatus
from passerelle.web.look import all_assets
from tests.web.showroom import Element, parsed, parsed_part, rendered

MESSAGES = '{% from "components/messages.html" import error_summary, flashes, note %}'
BADGES = '{% from "components/badges.html" import chips, diff, language_badge, state %}'
SHEET = '{% from "components/sheet.html" import card, paragraphs %}'
PAGE = '{% from "components/page.html" import crumbs, pagination, searchbox, tabs %}'
FACETS = '{% from "components/facets.html" import facet %}'
KIT = "{% extends 'public/kit.html' %}"


@pytest.fixture(scope="module")
def kit() -> list[Element]:
    """The page that shows every component."""
    return parsed(rendered(KIT))


def test_every_component_is_correct_html_with_one_h1_and_unique_ids(kit: list[Element]) -> None:
    ids = [element.attributes["id"] for element in kit if "id" in element.attributes]

    assert [element.tag for element in kit].count("h1") == 1
    assert len(ids) == len(set(ids))


def test_every_control_has_a_label_and_every_reference_leads_somewhere(kit: list[Element]) -> None:
    ids = {element.attributes["id"] for element in kit if "id" in element.attributes}
    labelled = {element.attributes["for"] for element in kit if element.tag == "label"}
    controls = [
        e for e in kit if e.tag in ("input", "select", "textarea") and e.attributes.get("type") != "hidden"
    ]

    assert [e.attributes["id"] for e in controls if e.attributes["id"] not in labelled] == []
    assert labelled <= ids
    for element in kit:
        for kind in ("aria-describedby", "aria-labelledby"):
            assert set(element.attributes.get(kind, "").split()) <= ids


def test_every_pictogram_comes_from_the_sprite_at_our_own_address(kit: list[Element]) -> None:
    sprite = all_assets()["icons.svg"]
    addresses = {element.attributes["href"] for element in kit if element.tag == "use"}

    assert {address.split("#")[0] for address in addresses} == {f"/assets/{sprite.digest}/icons.svg"}
    assert all(f'id="{address.split("#")[1]}"'.encode() in sprite.body for address in addresses)


@pytest.mark.parametrize(("count", "title"), [(1, "One thing to complete"), (3, "3 things to complete")])
def test_an_error_summary_counts_names_and_links_each_problem(count: int, title: str) -> None:
    problems = [(f"field-{n}", f"Problem <{n}>") for n in range(count)]

    elements = parsed_part(rendered(MESSAGES + "{{ error_summary(problems) }}", problems=problems))

    assert elements[0].attributes["role"] == "alert"
    assert elements[0].attributes["tabindex"] == "-1"
    assert next(element.text for element in elements if element.tag == "h2") == title
    links = [(element.attributes["href"], element.text) for element in elements if element.tag == "a"]
    assert links == [(f"#field-{n}", f"Problem <{n}>") for n in range(count)]


def test_without_problems_there_is_no_error_summary() -> None:
    assert rendered(MESSAGES + "{{ error_summary([]) }}").strip() == ""


@pytest.mark.parametrize(("kind", "role"), [("", None), ("warm", None), ("ok", "status"), ("error", "alert")])
def test_a_note_is_read_out_when_it_answers_something(kind: str, role: str | None) -> None:
    elements = parsed_part(rendered(MESSAGES + "{% call note(kind) %}<p>Words</p>{% endcall %}", kind=kind))

    assert elements[0].attributes.get("role") == role


@pytest.mark.parametrize("status", [*RevisionStatus, *SheetStatus])
def test_every_state_of_a_sheet_has_its_word(status: str) -> None:
    words = parsed_part(rendered(BADGES + "{{ state(status) }}", status=status))[0].text

    assert words != str(status)
    assert words[0].isupper()


def test_a_difference_says_in_words_what_was_taken_out_and_put_in() -> None:
    parts = [("same", "Meets "), ("removed", "once <x>"), ("added", "twice")]

    elements = parsed_part(rendered(BADGES + "{{ diff(parts) }}", parts=parts))

    assert next(element.text for element in elements if element.tag == "del") == "removed: once <x>"
    assert next(element.text for element in elements if element.tag == "ins") == "added: twice"


def test_a_card_shows_found_words_marked_and_any_text_as_text() -> None:
    sheet = {
        "url": "/en/sheets/1",
        "title": [("<script>alert(1)</script> ", False), ("café", True)],
        "summary": "Groupe & parole",
        "language": "fr",
        "commune_name": "Quaregnon",
        "province_name": "Hainaut",
        "forms": [{"code": "intrafamilial", "label": "Violence within the family"}],
        "groups": ["Mothers", "Parents"],
        "years": "since 2013",
        "evaluated": True,
    }

    elements = parsed_part(rendered(SHEET + "{{ card(sheet, 2) }}", sheet=sheet))

    assert not [element for element in elements if element.tag == "script"]
    assert [element.text for element in elements if element.tag == "mark"] == ["café"]
    assert (
        next(element.text for element in elements if element.tag == "h2") == "<script>alert(1)</script> café"
    )
    assert [e.tag for e in elements if e.attributes.get("lang") == "fr"] == ["a", "p"]
    line = next(element for element in elements if element.attributes.get("class") == "line")
    assert line.text == "For: Mothers, Parentssince 2013Evaluated"


def test_a_card_of_a_sheet_that_says_little_has_no_empty_parts() -> None:
    sheet: dict[str, object] = {
        "url": "/en/sheets/1",
        "title": "Café",
        "summary": "Groupe",
        "language": "fr",
        "commune_name": "Quaregnon",
        "province_name": None,
        "forms": [],
        "groups": [],
        "years": None,
        "evaluated": False,
    }

    elements = parsed_part(rendered(SHEET + "{{ card(sheet) }}", sheet=sheet))

    assert not {"facts", "line"} & {element.attributes.get("class") for element in elements}


def test_plain_text_keeps_its_paragraphs_and_line_ends() -> None:
    text = "Un café\r\npar mois.\n\nDeux <b>"

    elements = parsed_part(rendered(SHEET + "{{ paragraphs(text) }}", text=text))

    assert [element.tag for element in elements] == ["p", "br", "p"]


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, []),
        (1, 3, ["Page 1", "Page 2", "Page 3", "Next"]),
        (6, 12, ["Previous", "Page 1", "…", *(f"Page {n}" for n in range(4, 9)), "…", "Page 12", "Next"]),
    ],
)
def test_pagination_shows_the_pages_around_this_one(page: int, pages: int, shown: list[str]) -> None:
    source = PAGE + "{{ pagination(page, pages, address) }}"
    markup = rendered(source, page=page, pages=pages, address=lambda number: f"?page={number}")

    elements = parsed_part(markup)

    assert [element.text for element in elements if element.tag == "li"] == shown


def test_a_filter_without_sheets_stays_but_cannot_be_ticked_unless_it_is_chosen() -> None:
    values = [
        {"value": "lgbt", "label": "LGBT", "count": 0, "chosen": False},
        {"value": "child", "label": "Child", "count": 0, "chosen": True},
        {"value": "partner", "label": "Partner", "count": 9, "chosen": False},
    ]

    elements = parsed_part(
        rendered(FACETS + "{{ facet('form', 'Form of violence', values) }}", values=values)
    )

    boxes = [element.attributes for element in elements if element.tag == "input"]
    assert ["disabled" in box for box in boxes] == [True, False, False]
    assert ["checked" in box for box in boxes] == [False, True, False]
