"""What is written from pieces is what the templates would have written, whatever is in it."""

import markupsafe
import pytest
from flask import Flask, request, url_for
from flask.testing import FlaskClient
from flask_babel import format_decimal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passerelle.search.documents import SearchDocument
from passerelle.search.facet_values import closed_values
from passerelle.search.page import FacetValue, Fragment, Highlights, Hit, SearchPage
from passerelle.search.request import FACETS, SearchRequest, Sort
from passerelle.vocabulary import FORMS, TARGET_GROUPS
from passerelle.web.languages import LANGUAGES, question_of_page
from passerelle.web.molds import Mold, escaped, hole, macro
from passerelle.web.sheets.addresses import Links, feed_address, search_address
from passerelle.web.sheets.card_writer import write_cards
from passerelle.web.sheets.cards import card_of
from passerelle.web.sheets.filter_writer import write_filters
from passerelle.web.sheets.filters import filters_of
from passerelle.web.sheets.labels import label_of
from passerelle.web.sheets.numbers import number_words
from passerelle.web.sheets.result_writer import Pages

languages = st.sampled_from(sorted(LANGUAGES))
texts = st.text(st.sampled_from("aé<>&'\"\u2019\ue000\ue001 {}%s"), max_size=12)
pieces = texts.filter(bool)
fragments = st.lists(st.builds(Fragment, pieces, st.booleans()), min_size=1, max_size=4).map(tuple)
years = st.sampled_from([None, "2013", "2019-06", "2021-06-26"])
sheets_found = st.builds(
    SearchDocument,
    number=st.integers(1, 10**9),
    ref=st.just(""),
    language=languages,
    title=texts,
    summary=texts,
    commune=st.sampled_from(["53065", "21009", "63023", "99999"]),
    commune_names=st.dictionaries(languages, texts, max_size=2),
    province=st.just("hainaut"),
    region=st.just("wallonia"),
    violence_forms=st.lists(st.sampled_from(FORMS.codes), max_size=3, unique=True).map(tuple),
    target_groups=st.lists(st.sampled_from(TARGET_GROUPS.codes), max_size=3, unique=True).map(tuple),
    starts=years,
    ends=years,
    ongoing=st.sampled_from([None, True, False]),
    evaluated=st.booleans(),
    published_at=st.just("2026-01-01T00:00:00+00:00"),
    revision_id=st.just(1),
    content_hash=st.just(""),
    texts=st.just({}),
    postal_codes=st.just(()),
    partner_kinds=st.just(()),
    inhabitants=st.none(),
)
marked = st.builds(
    Highlights,
    title=fragments,
    summary=fragments,
    extract=fragments | st.just(()),
    section=st.just("activities"),
    language=languages,
)
hits = st.builds(Hit, sheets_found, marked, st.booleans())
many_examples = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)


def one_line(html: str) -> str:
    """`html` without the white space around its tags, which no reader sees."""
    return " ".join(str(html).replace(">", "> ").replace("<", " <").split())


@given(st.text())
def test_a_text_is_escaped_as_templates_do(text: str) -> None:
    assert escaped(text) == str(markupsafe.escape(text))


@many_examples
@given(found=st.lists(hits, min_size=1, max_size=3), language=languages, level=st.sampled_from([2, 3]))
def test_cards_are_those_of_the_template(app: Flask, found: list[Hit], language: str, level: int) -> None:
    with app.test_request_context(f"/{language}/sheets"):
        card = macro("components/sheet.html", "card")
        drawn = "".join(str(card(card_of(hit, language), level)) for hit in found)

        assert one_line(write_cards(found, level)) == one_line(drawn)


@many_examples
@given(language=languages, data=st.data())
def test_filters_are_those_of_the_template(app: Flask, language: str, data: st.DataObject) -> None:
    some = {facet: closed_values(facet) or ("53065", "21009", "99999") for facet in FACETS}
    counts = st.integers(0, 12_000)
    page = SearchPage(
        0,
        1,
        20,
        (),
        {
            facet: tuple(FacetValue(value, data.draw(counts), data.draw(st.booleans())) for value in values)
            for facet, values in some.items()
        },
    )
    with app.test_request_context(f"/{language}/sheets"):
        check = macro("components/facets.html", "facet_check")
        written = one_line(write_filters(page))

        for each in filters_of(page, language):
            for facet, found, sub in (*each.first, *each.rest):
                item = {
                    "value": found.value,
                    "label": label_of(facet, found.value, language),
                    "count": found.count,
                    "chosen": found.chosen,
                    "sub": sub,
                }
                assert one_line(check(facet, item)) in written


@many_examples
@given(page=st.integers(1, 30), pages=st.integers(0, 30), language=languages)
def test_the_links_to_pages_are_those_of_the_template(
    app: Flask, page: int, pages: int, language: str
) -> None:
    links = Links(SearchRequest("<&", language=language))
    page = min(page, max(pages, 1))
    with app.test_request_context(f"/{language}/sheets"):
        pagination = macro("components/page.html", "pagination")

        assert one_line(Pages().write(page, pages, links)) == one_line(pagination(page, pages, links.on_page))


questions = st.builds(
    SearchRequest,
    words=st.text(max_size=20),
    facets=st.dictionaries(st.sampled_from(FACETS), st.lists(texts, max_size=3).map(tuple), max_size=3),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 20),
    language=languages,
    literal=st.booleans(),
)


@many_examples
@given(asked=questions)
def test_addresses_are_those_of_flask(app: Flask, asked: SearchRequest) -> None:
    def by_flask(endpoint: str, request: SearchRequest) -> str:
        values: dict[str, list[str]] = {}
        for name, value in request.parameters():
            values.setdefault(name, []).append(value)
        return url_for(endpoint, lang=request.language, **values)  # type: ignore[arg-type]  # lists repeat a name

    with app.test_request_context("/fr/sheets"):
        links = Links(asked)

        assert search_address(asked) == by_flask("sheets.search", asked)
        assert feed_address(asked) == by_flask("sheets.feed", asked.sorted_by(Sort.RELEVANCE))
        assert links.on_page(3) == search_address(asked.on_page(3))
        assert links.sorted_by(Sort.TITLE) == search_address(asked.sorted_by(Sort.TITLE))
        for facet, values in asked.facets.items():
            for value in values:
                assert links.without(facet, value) == search_address(asked.without(facet, value))


@many_examples
@given(
    st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=8), min_size=1, max_size=2), max_size=4)
)
def test_the_other_languages_have_the_address_that_flask_would_give(
    app: Flask, given_values: dict[str, list[str]]
) -> None:
    with app.test_request_context("/fr/sheets", query_string=given_values):
        app.preprocess_request()
        values = {
            name: each
            for name, each in request.args.to_dict(flat=False).items()
            if name not in ("lang", "endpoint") and not name.startswith("_")
        }

        assert f"/nl/sheets{question_of_page()}" == url_for("sheets.search", lang="nl", **values)  # type: ignore[arg-type]  # lists repeat a name


@many_examples
@given(number=st.integers(0, 10**7), language=languages)
def test_numbers_are_those_of_babel(app: Flask, number: int, language: str) -> None:
    with app.test_request_context(f"/{language}/sheets"):
        assert number_words(number) == format_decimal(number)


@pytest.mark.usefixtures("sheets")
@pytest.mark.parametrize(
    "address", ["/fr/sheets", "/nl/sheets?q=%3Cb%3E+groep&form=partner", "/en/sheets?q=zz"]
)
def test_the_frame_for_everybody_is_that_of_the_template(
    app: Flask, client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = client.get(address).text
    monkeypatch.setitem(app.config, "SESSION_COOKIE_NAME", "other")
    client.set_cookie("other", "nobody")

    assert client.get(address).text == kept


def test_a_mold_whose_template_changed_says_so() -> None:
    with pytest.raises(ValueError, match="has the holes"):
        Mold(f"<p>{hole('title')}</p>", ["title", "summary"])


def test_what_is_put_into_a_mold_is_not_looked_through_for_holes() -> None:
    mold = Mold(f"<p>{hole('one')}{hole('two')}</p>", ["one", "two"])

    assert mold.fill([hole("two"), "2"]) == f"<p>{hole('two')}2</p>"
