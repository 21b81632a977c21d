"""Every word the platform says itself exists in French, Dutch and German, whole, well made and well set."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "platform" / "passerelle" / "web" / "translations"
LANGUAGES = ("fr", "nl", "de")
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
SOURCES = ("platform", "templates")

# What is written alike in the two languages, and rightly so.
SAME_AS_ENGLISH: dict[str, frozenset[str]] = {
    "fr": frozenset({"Action", "Cookies", "Description", "Euros", "Page", "Pages", "Province", "Provinces"}),
    "nl": frozenset(
        {"Accounts", "Cookies", "E-mail:", "Filters", "Partner", "Partners", "Privacy", "school"}
    ),
    "de": frozenset(
        {
            "Cookies",
            "Evaluation",
            "Filter",
            "Filter (%(number)s)",
            "Name",
            "Partner",
            "Person",
            "Text",
            "Version",
        }
    ),
}
# Set apart by a no-break space in French: U+00A0 or the narrow U+202F.
FRENCH_MARKS = re.compile(r"(?<![\u00a0\u202f\s])([;?!»]|:(?!//))|[ \t]([;:?!»])|«(?![\u00a0\u202f])")
CLOCK = re.compile(r"\d:\d")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
NOT_OURS = {
    "fr": r"veuillez|\bvictimes? de\b.*\bvous\b|\boups\b|'",
    "nl": r"\bgelieve\b|\boeps\b|\bje\b|\bjij\b|\bjouw\b|'",
    "de": r"bitte beachten|\bhoppla\b|\bdu\b|\bdein|\"|'",
}

Words = str | tuple[str, ...]


@cache
def said() -> dict[str, Words]:
    """Every message of code and templates, by its English singular."""
    with (TRANSLATIONS / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]  # Babel has not typed it
    for given in options.values():
        given.setdefault("silent", "false")  # a template that cannot be read must not go unnoticed
    found = extract_from_dir(
        str(ROOT), methods, options, KEYWORDS, directory_filter=lambda folder: _is_source(Path(folder))
    )
    messages = [message for _file, _line, message, _comments, _context in found]
    return {message if isinstance(message, str) else message[0]: message for message in messages}


def _is_source(folder: Path) -> bool:
    return folder.name != "__pycache__" and folder.relative_to(ROOT).parts[0] in SOURCES


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of `language` as it is kept."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def kept(language: str) -> Iterator[Message]:
    """Its messages, without the header."""
    return (message for message in catalogue(language) if message.id)


def translated(language: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What is said in English and in `language`, one form or several each."""
    for message in kept(language):
        yield forms(message.id), forms(message.string)


def forms(words: Words | list[str] | None) -> tuple[str, ...]:
    """One form or several, always as several."""
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def placeholders(words: str) -> set[str]:
    """The names that a value takes the place of."""
    return {first or second for first, second in PLACEHOLDER.findall(words)}


def test_there_is_something_to_translate() -> None:
    assert "Skip to content" in said()
    assert any(isinstance(message, tuple) for message in said().values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_missing(language: str) -> None:
    known = {forms(message.id)[0] for message in kept(language)}

    assert sorted(said().keys() - known) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_kept_that_nobody_says(language: str) -> None:
    known = {forms(message.id)[0] for message in kept(language)}

    assert sorted(known - said().keys()) == []
    assert sorted(str(old) for old in catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_empty_or_a_guess(language: str) -> None:
    empty = [english[0] for english, words in translated(language) if not all(form.strip() for form in words)]
    guessed = [forms(message.id)[0] for message in kept(language) if message.fuzzy]

    assert empty == []
    assert guessed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_all_its_forms(language: str) -> None:
    needed = catalogue(language).num_plurals
    counts = {
        english[0]: (isinstance(said().get(english[0], ""), tuple), len(words))
        for english, words in translated(language)
    }

    assert {key: found for key, found in counts.items() if found[1] != (needed if found[0] else 1)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_values_stand_in_every_translation(language: str) -> None:
    differing = []
    for english, words in translated(language):
        wanted = placeholders(english[-1])
        for form in words:
            left_out = wanted - placeholders(form)
            if placeholders(form) - wanted or left_out - ({"num"} if len(english) > 1 else set()):
                differing.append((english[0], form))

    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_can_be_filled_in(language: str) -> None:
    values = dict.fromkeys(set().union(*(placeholders(e) for m in said().values() for e in forms(m))), 1)
    broken = []
    for english, words in translated(language):
        for form in words:
            try:
                assert form % values if "%" in form else True
            except (ValueError, TypeError, KeyError) as problem:
                broken.append((english[0], form, str(problem)))

    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_space_at_the_ends_is_the_same(language: str) -> None:
    def ends(words: str) -> tuple[str, str]:
        return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]

    different = []
    for english, words in translated(language):
        different += [(english[0], form) for form in words if ends(form) != ends(english[0])]

    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    alike = {english[0] for english, words in translated(language) if words[0] == english[0]}
    bare = {words for words in alike if not re.search(r"[A-Za-z]{2}", PLACEHOLDER.sub("", words))}

    assert sorted(alike - bare - SAME_AS_ENGLISH[language]) == []


def test_french_sets_its_marks_apart() -> None:
    wrong = []
    for _english, words in translated("fr"):
        for form in words:
            if FRENCH_MARKS.search(CLOCK.sub("", PLACEHOLDER.sub("x", form))):
                wrong.append(form)

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_offices_and_adverts_stay_out(language: str) -> None:
    unwanted = re.compile(NOT_OURS[language], re.IGNORECASE)

    assert [form for _, words in translated(language) for form in words if unwanted.search(form)] == []


def test_no_sentence_shouts() -> None:
    everything = [*said(), *(form for code in LANGUAGES for _, words in translated(code) for form in words)]

    assert [words for words in everything if "!" in words] == []


def test_only_whole_sentences_go_through_gettext() -> None:
    """A name in place of a sentence cannot be gathered, an f-string cannot be found again."""
    glued = []
    for file in sorted((ROOT / "platform" / "passerelle" / "web").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
                wanted = call.args[:2] if "ngettext" in call.func.id else call.args[:1]
                if not all(isinstance(each, ast.Constant) for each in wanted):
                    glued.append(f"{file.relative_to(ROOT)}:{call.lineno}")

    assert glued == []


def test_no_template_speaks_without_gettext() -> None:
    spoken = {
        str(file.relative_to(ROOT)): words
        for file in sorted((ROOT / "templates").rglob("*"))
        if file.suffix in {".html", ".txt"} and file.name not in NO_PAGES
        if (words := set(words_outside(file.read_text())) - FOR_MACHINES)
    }

    assert spoken == {}


NO_PAGES = {"kit.html", "robots.txt"}  # the look with its states, for builders; words for machines
FOR_MACHINES = {"noindex"}
NOT_WORDS = re.compile(r"{#.*?#}|{%-?\s*raw.*?endraw\s*-?%}|<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL)
JINJA = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
ATTRIBUTE = re.compile(r"[\w-]+=([\"']).*?\1", re.DOTALL)  # one that a condition adds to a tag
SPOKEN = re.compile(r"\b(?:alt|title|placeholder|aria-label|aria-description)=([\"'])(.*?)\1", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")


def words_outside(template: str) -> Iterable[str]:
    """The words of `template` that stand in the page as they are, in text and in spoken attributes."""
    text = JINJA.sub(" ", NOT_WORDS.sub(" ", template))
    parts = [spoken for _quote, spoken in SPOKEN.findall(text)]
    parts.append(ATTRIBUTE.sub(" ", re.sub(r"<[^>]*>", " ", text)))
    for part in parts:
        yield from re.findall(r"[^\W\d_]{2,}", ENTITY.sub(" ", part))


def test_words_outside_gettext_are_recognised() -> None:
    assert set(words_outside('<p title="Hello">{{ _("Yes") }} there</p>')) == {"Hello", "there"}
    assert set(words_outside("<p class=\"x\">{% if a > b %}{{ _('No') }}{% endif %} · 12</p>")) == set()
