"""Our own executor finds and counts what Whoosh's own searcher finds in the same files."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from passerelle.search.analysis.questions import analyse_question
from passerelle.search.query import read_question
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine import merging
from passerelle.search.whoosh_engine.bits import Documents
from passerelle.search.whoosh_engine.engine import WhooshEngine
from passerelle.search.whoosh_engine.matching import match
from passerelle.search.whoosh_engine.tuning import ENOUGH
from passerelle.search.whoosh_engine.view import View
from passerelle.vocabulary import LANGUAGES
from tests.search.samples import CAFE, WORDS, dutch, random_sheets, sheet
from tests.search.stock_whoosh import StockWhoosh

ALL = 100
PIECES = [
    *WORDS, "mamans", "partnergeweld", "violence conjugale", '"groupe de parole"', '"police école"', "des",
    "école", "quaregnon", "7390", "gent", "kindermishandeling", "talking group", "xyzzy", "praatgroep",
]  # fmt: skip


def questions() -> some.SearchStrategy[str]:
    piece = some.tuples(some.sampled_from(["", "", "", "-"]), some.sampled_from(PIECES)).map("".join)
    return some.lists(piece, max_size=5).map(" ".join)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stock") / "index"


@pytest.fixture(scope="module")
def changed(root: Path) -> WhooshEngine:
    """An engine whose index was built, changed sheet by sheet, and has deleted and replaced sheets."""
    engine = WhooshEngine(root)
    sheets = random_sheets(90, seed=21)
    engine.rebuild([CAFE, *sheets[1:]], 1)
    engine.put([sheet(3, "Police des jeunes"), dutch(95, "Praatgroep tegen partnergeweld")], 2)
    engine.remove([5, 8, 13], 3)
    engine.put([dutch(8, "Kind en geweld")], 4)
    engine.remove([21], 5, forget=True)
    return engine


def same(engine: WhooshEngine, stock: StockWhoosh, words: str, language: str) -> None:
    """Every piece of the question, all of it, and the counts on its page are what Whoosh finds itself."""
    view = engine._view()
    matches = match(view, analyse_question(read_question(words), language, view.thesaurus))
    for piece in matches.pieces:
        assert numbers(view, piece.documents) == stock.having(piece.wanted)
    full = stock.answers(analyse_question(read_question(words), language, view.thesaurus))
    assert numbers(view, matches.full) == full

    page = engine.search(SearchRequest(words, per_page=ALL, language=language))
    hits = {hit.number for hit in page.hits}
    assert page.total == len(hits)
    assert hits == full if len(full) >= ENOUGH else hits >= full
    for facet, field in (("written", "language"), ("group", "target_groups"), ("partner", "partner_kinds")):
        counts = {each.value: each.count for each in page.facets[facet] if each.count}
        assert counts == stock.counts(hits, field), facet


def numbers(view: View, documents: Documents) -> set[int]:
    return set(view.columns.numbers[documents].tolist())


@settings(max_examples=150, deadline=None)
@given(words=questions(), language=some.sampled_from(LANGUAGES))
def test_every_question_finds_the_same(changed: WhooshEngine, root: Path, words: str, language: str) -> None:
    with closing(StockWhoosh(root)) as stock:
        same(changed, stock, words, language)


def a_new_sheet(engine: WhooshEngine) -> None:
    engine.put([sheet(7, "Une école contre la violence")], 2)


def a_replaced_sheet(engine: WhooshEngine) -> None:
    engine.put([sheet(1, "Rien de tout cela")], 2)


def a_removed_sheet(engine: WhooshEngine) -> None:
    engine.remove([1, 2], 2)


def a_forgotten_sheet(engine: WhooshEngine) -> None:
    engine.remove([1, 2], 2, forget=True)


def merged_segments(engine: WhooshEngine) -> None:
    for number in range(30):
        engine.put([sheet(40 + number, f"Violence {number}")], number)
    while engine.tidy():
        pass


@pytest.mark.parametrize(
    "change", [a_new_sheet, a_replaced_sheet, a_removed_sheet, a_forgotten_sheet, merged_segments]
)
def test_a_change_is_seen_by_both(tmp_path: Path, change: Callable[[WhooshEngine], None]) -> None:
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild([CAFE, *random_sheets(6, seed=22)[1:]], 1)

    change(engine)

    with closing(StockWhoosh(tmp_path / "index")) as stock:
        for words in ("", "violence", "école violence", '"groupe de parole"', "mamans", "violence -école"):
            same(engine, stock, words, "fr")


def test_a_withdrawn_sheet_is_gone_at_once(tmp_path: Path) -> None:
    engine, other = WhooshEngine(tmp_path / "index"), WhooshEngine(tmp_path / "index")
    engine.rebuild([CAFE, sheet(2, "Mamans")], 1)
    asked = SearchRequest("mamans", language="fr")
    assert other.search(asked).total == 2

    engine.remove([1], 2)

    for each in (engine, other):
        assert [hit.number for hit in each.search(asked).hits] == [2]
    with closing(StockWhoosh(tmp_path / "index")) as stock:
        assert stock.answers(analyse_question(read_question("mamans"), "fr")) == {2}


def test_a_withdrawn_sheet_is_gone_before_its_words_have_left_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild([CAFE, sheet(2, "Mamans")], 1)

    def lose_power(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(merging, "purge", lose_power)
        with pytest.raises(KeyboardInterrupt):
            engine.remove([1], 2, forget=True)

    reopened = WhooshEngine(tmp_path / "index")
    assert [hit.number for hit in reopened.search(SearchRequest("mamans", language="fr")).hits] == [2]
    assert reopened.position() == 1  # so the job is done again
    reopened.remove([1], 2, forget=True)
    assert reopened.position() == 2
    reopened.verify()
