"""The look: small files, kept for ever, nothing from elsewhere."""

import gzip
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from passerelle.core.paths import shipped
from passerelle.vocabulary.terms import FORMS, TARGET_GROUPS
from passerelle.web.fonts import FAMILY, WEIGHTS, FontFile, installed_fonts
from passerelle.web.look import OURS, NoSuchAsset, all_assets, collect
from tests.web.showroom import parsed, rendered, showroom

KILO = 1024
BUDGETS = {"bootstrap.min.css": 31 * KILO, "theme.css": 9 * KILO, "icons.svg": 6 * KILO, "app.js": 6 * KILO}
OUR_TEMPLATES = sorted(shipped("templates").rglob("*.html"))
OUR_FILES = [*OUR_TEMPLATES, *sorted(OURS.iterdir())]


@pytest.fixture
def browser() -> FlaskClient:
    """A browser in the showroom."""
    return showroom().test_client()


@pytest.mark.parametrize(("name", "limit"), BUDGETS.items())
def test_a_file_of_the_look_stays_within_its_budget(name: str, limit: int) -> None:
    asset = all_assets()[name]
    assert len(gzip.compress(asset.body, 9)) <= limit


def test_the_script_is_small_even_before_it_is_packed() -> None:
    assert len(all_assets()["app.js"].body) <= 6 * KILO


def test_a_file_is_kept_for_ever_at_the_address_that_names_its_content(browser: FlaskClient) -> None:
    asset = all_assets()["theme.css"]

    answer = browser.get(f"/assets/{asset.digest}/theme.css")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/css; charset=utf-8"
    assert answer.data == asset.body


def test_a_page_of_an_older_release_gets_the_file_of_today_but_may_not_keep_it(browser: FlaskClient) -> None:
    answer = browser.get("/assets/000000000000/theme.css")

    assert answer.data == all_assets()["theme.css"].body
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_file_is_sent_packed_to_a_browser_that_can_unpack(browser: FlaskClient) -> None:
    asset = all_assets()["bootstrap.min.css"]

    answer = browser.get(f"/assets/{asset.digest}/bootstrap.min.css", headers={"Accept-Encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.data) == asset.body


def test_a_browser_that_has_the_file_is_not_sent_it_again(browser: FlaskClient) -> None:
    address = f"/assets/{all_assets()['app.js'].digest}/app.js"
    tag = browser.get(address).headers["ETag"]

    answer = browser.get(address, headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert answer.data == b""


@pytest.mark.parametrize("name", ["nothing.css", "theme.css.map", "..", "__init__.py"])
def test_only_the_files_of_the_look_are_served(browser: FlaskClient, name: str) -> None:
    assert browser.get(f"/assets/000000000000/{name}").status_code == 404


def test_a_template_that_names_a_file_we_do_not_have_is_told_which_exist() -> None:
    with pytest.raises(NoSuchAsset, match=r"'logo\.png' is not a file of the look: .*theme\.css"):
        rendered("{{ static('logo.png') }}")


def test_without_the_font_package_the_theme_asks_for_no_font() -> None:
    theme = collect(fonts=())["theme.css"].body

    assert b"@font-face" not in theme
    assert b"url(" not in theme
    assert installed_fonts("a-package-that-nobody-installed") == ()


def test_with_the_font_package_the_theme_asks_for_its_files_at_our_own_address(tmp_path: Path) -> None:
    font = FontFile("AtkinsonHyperlegible-Regular.ttf", 400, tmp_path / "AtkinsonHyperlegible-Regular.ttf")
    font.path.write_bytes(b"a font")

    assets = collect(fonts=[font])

    assert assets[font.name].content_type == "font/ttf"
    address = f"url(../{assets[font.name].digest}/{font.name})"
    assert address in assets["theme.css"].body.decode()
    assert f'local("{FAMILY}")' in assets["theme.css"].body.decode()


@pytest.mark.parametrize(("names", "count"), [(list(WEIGHTS), 2), (list(WEIGHTS)[:1], 0)])
def test_the_font_package_is_used_only_when_it_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], count: int
) -> None:
    information = tmp_path / "fontpkg_trial-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: fontpkg-trial\nVersion: 1.0\n")
    (information / "RECORD").write_text("".join(f"fontpkg_trial/{name},,\n" for name in names))
    (tmp_path / "fontpkg_trial").mkdir()
    for name in names:
        (tmp_path / "fontpkg_trial" / name).write_bytes(b"a font")
    monkeypatch.syspath_prepend(tmp_path)

    fonts = installed_fonts("fontpkg-trial")

    assert len(fonts) == count


def test_the_pictograms_are_correct_and_each_has_its_own_name() -> None:
    tree = ET.fromstring(all_assets()["icons.svg"].body)  # noqa: S314 (our own file)

    names = [symbol.get("id") for symbol in tree]

    assert None not in names
    assert len(names) == len(set(names))


def test_every_form_of_violence_and_every_target_group_has_its_pictogram() -> None:
    names = _pictograms()

    assert {f"v-{code}" for code in FORMS.codes} <= names
    assert {f"t-{code}" for code in TARGET_GROUPS.codes} <= names


@pytest.mark.parametrize("path", OUR_TEMPLATES, ids=str)
def test_every_pictogram_that_a_template_names_exists(path: Path) -> None:
    asked = re.findall(r"""\bicon\(["']([\w-]+)["'][,)]""", path.read_text(encoding="utf-8"))

    assert set(asked) <= _pictograms()


@pytest.mark.parametrize("path", OUR_FILES, ids=str)
def test_nothing_of_ours_names_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")  # names of XML, never fetched

    assert re.findall(r"""(?:https?:)?//[\w-]+\.[\w.-]+""", text) == []


# Somebody whose sign-in ended must sign in again without leaving the page that holds their text.
OPENS_ANOTHER_TAB = {"form_remarks.html"}


@pytest.mark.parametrize("path", OUR_TEMPLATES, ids=str)
def test_a_template_has_no_style_or_script_of_its_own_and_trusts_no_text(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<style|\son\w+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", text)
    assert "target=" not in text or path.name in OPENS_ANOTHER_TAB


@pytest.mark.parametrize(
    "path", sorted(shipped("templates").glob("errors/[45]*.html")), ids=lambda path: path.stem
)
def test_every_error_page_is_calm_and_correct(path: Path) -> None:
    page = parsed(rendered("{% extends page %}", page=f"errors/{path.name}", reference="ab12cd34"))

    title = next(element.text for element in page if element.tag == "h1")
    assert [element.tag for element in page].count("h1") == 1
    assert "!" not in title
    assert "ab12cd34" in next(element.text for element in page if element.tag == "main")
    assert not [element for element in page if element.tag == "script"]


def test_the_last_resort_needs_nothing_at_all() -> None:
    app = showroom()

    with app.test_request_context("/en/"):
        page = parsed(app.jinja_env.get_template("errors/plain.html").render(reference="ab12cd34"))

    assert "ab12cd34" in next(element.text for element in page if element.tag == "main")
    assert not [element for element in page if element.tag in ("link", "script", "img", "form")]


def _pictograms() -> set[str]:
    return {str(symbol.get("id")) for symbol in ET.fromstring(all_assets()["icons.svg"].body)}  # noqa: S314 (ours)
