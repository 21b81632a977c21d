"""The layout: landmarks, languages, display, menu and helplines of every page."""

from flask import render_template_string

from tests.web.showroom import attributes, parsed, rendered, showroom

LAYOUT = (
    '{% extends "layouts/base.html" %}{% block title %}Queue{% endblock %}'
    "{% block main %}<h1>Queue</h1>{% endblock %}"
)


def test_the_layout_is_one_correct_page_with_its_landmarks() -> None:
    page = parsed(rendered(LAYOUT, canonical="/en/sheets"))

    assert attributes(page, "html")["lang"] == "en"
    assert next(e.text for e in page if e.tag == "title") == "Queue – Passerelle"
    assert {"header", "nav", "main", "footer", "aside"} <= {element.tag for element in page}
    skip = next(element for element in page if element.tag == "a")
    assert skip.attributes["href"] == "#main"
    links = [e.attributes for e in page if e.tag == "link"]
    assert {link["hreflang"] for link in links if link["rel"] == "alternate"} == {"fr", "nl", "de", "en"}
    assert [link["href"] for link in links if link["rel"] == "canonical"] == ["/en/sheets"]


def test_the_title_of_a_page_with_errors_says_so_first() -> None:
    page = parsed(rendered("{% set has_errors = true %}" + LAYOUT))

    assert next(element.text for element in page if element.tag == "title") == "Error: Queue – Passerelle"


def test_the_reader_chooses_the_display_and_the_page_says_it() -> None:
    page = parsed(rendered(LAYOUT, showroom(theme="dark")))

    assert attributes(page, "html")["data-bs-theme"] == "dark"
    chosen = [e.attributes["value"] for e in page if e.tag == "option" and "selected" in e.attributes]
    assert chosen == ["dark"]


def test_reading_without_an_account_starts_no_session() -> None:
    app = showroom()
    app.add_url_rule("/en/", "page", lambda: render_template_string(LAYOUT))

    answer = app.test_client().get("/en/")

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_the_menu_shows_what_a_signed_in_person_may_do() -> None:
    menu = {e.text for e in parsed(rendered(LAYOUT, showroom(signed_in=True))) if e.tag in ("a", "button")}
    visitor = {e.text for e in parsed(rendered(LAYOUT)) if e.tag in ("a", "button")}

    assert {"Contribute", "Review", "My space", "Sign out"} <= menu
    assert "Sign in" in visitor
    assert not {"Review", "My space", "Sign out"} & visitor


def test_helplines_are_on_every_page_and_can_be_dialled() -> None:
    page = parsed(rendered(LAYOUT))

    assert "1712" in next(element.text for element in page if element.tag == "aside")
    assert any(element.attributes.get("href") == "tel:1712" for element in page)
