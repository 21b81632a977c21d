"""Many sheets are analysed by several processes, and come out as if one had done it."""

from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from passerelle.search.documents import SearchDocument
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine import rows
from passerelle.search.whoosh_engine.encoding import Row
from passerelle.search.whoosh_engine.engine import WhooshEngine
from passerelle.search.whoosh_engine.schema import Meta, row_of
from passerelle.vocabulary.thesaurus import Edit, EditKind, base_thesaurus
from tests.search.samples import CAFE, random_sheets, sheet

EDIT = Edit(base_thesaurus().concepts[0].code, "fr", "zigouigoui", EditKind.ADD)
META = Meta(7, (EDIT,))


@pytest.fixture
def sheets() -> list[SearchDocument]:
    return [CAFE, *random_sheets(240, seed=31)[1:], sheet(500, "Un zigouigoui")]


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes are started at once, however many processors there are."""
    monkeypatch.setattr(rows, "HERE", 5)
    monkeypatch.setattr("os.sched_getaffinity", lambda _process: {0, 1, 2})


def analysed(documents: list[SearchDocument]) -> list[Row]:
    return [row.ready() for row in rows.rows_of(documents, META)]


def analysed_here(documents: list[SearchDocument]) -> list[Row]:
    return [row_of(document, META.thesaurus).ready() for document in documents]


@pytest.mark.usefixtures("several")
def test_the_rows_are_the_same_in_the_same_order(sheets: list[SearchDocument]) -> None:
    assert list(map(sorted_row, analysed(sheets))) == list(map(sorted_row, analysed_here(sheets)))


def sorted_row(row: Row) -> object:
    """A row without the order of its postings, which no index keeps."""
    return {field: sorted(postings) for field, postings in row.postings.items()}, row.columns


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("module", ["no_such_module", "this"])
def test_without_working_processes_the_work_is_done_here(
    sheets: list[SearchDocument], module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MODULE", module)

    assert list(map(sorted_row, analysed(sheets))) == list(map(sorted_row, analysed_here(sheets)))


@pytest.mark.usefixtures("several")
def test_what_cannot_be_analysed_stops_the_rebuild_and_the_old_index_stays(
    sheets: list[SearchDocument], tmp_path: Path
) -> None:
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild([CAFE], 1)

    def failing() -> Iterator[SearchDocument]:
        yield from sheets
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        engine.rebuild(failing(), 2)
    with pytest.raises(ValueError, match="is there twice"):
        engine.rebuild([*sheets, CAFE], 2)

    assert engine.position() == 1
    assert engine.search(SearchRequest("", language="fr")).total == 1


@pytest.mark.usefixtures("several")
def test_an_index_built_by_several_has_every_sheet_and_says_how_far_it_is(
    sheets: list[SearchDocument], tmp_path: Path
) -> None:
    engine = WhooshEngine(tmp_path / "index")
    said: list[int] = []

    count = engine.rebuild(sheets, 7, said.append, edits=[EDIT])

    assert (count, said) == (241, [100, 200])
    assert len(list(engine.contents())) == 241
    label = base_thesaurus().concepts[0].label("nl")
    assert 500 in {
        hit.number for hit in engine.search(SearchRequest(label, per_page=100, language="nl")).hits
    }


@pytest.mark.usefixtures("several")
def test_a_process_that_never_answers_is_ended_and_its_work_done_here(
    sheets: list[SearchDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hanging.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(rows, "MODULE", "hanging")
    monkeypatch.setattr(rows, "LONGEST", 0.2)

    assert list(map(sorted_row, analysed(sheets))) == list(map(sorted_row, analysed_here(sheets)))


@pytest.mark.usefixtures("several")
def test_the_processes_are_told_no_secret_of_the_platform(
    sheets: list[SearchDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-secret-of-the-platform")
    monkeypatch.setenv("LANG", "C.UTF-8")
    started: list[tuple[list[str], dict[str, str]]] = []

    class Watched(Popen[bytes]):
        def __init__(self, command: list[str], *, env: dict[str, str], **options: int) -> None:
            started.append((command, env))
            super().__init__(command, env=env, **options)  # type: ignore[call-overload]  # as they come

    monkeypatch.setattr(rows, "Popen", Watched)

    assert len(analysed(sheets)) == len(sheets)
    assert len(started) == 2
    for command, environment in started:
        assert "-P" in command
        assert set(environment) <= {"PATH", "PYTHONPATH", "LANG"} | {
            name for name in environment if name.startswith("LC_")
        }
        assert environment["LANG"] == "C.UTF-8"
