"""What is given out of the thesaurus reads like the shipped table."""

from passerelle.exchange.terms import table_lines
from passerelle.vocabulary import LANGUAGES, Edit, EditKind, base_thesaurus
from passerelle.vocabulary.tables import parts, read_table

EDITS = (
    Edit("group", "nl", "kwetterkring", EditKind.ADD),
    Edit("group", "fr", "=KWX", EditKind.ADD),
    Edit("group", "nl", base_thesaurus().concept("group").terms["nl"][1], EditKind.REMOVE),
)


def test_without_edits_the_shipped_table_comes_out() -> None:
    head, *rows = (line.split("\t") for line in table_lines(base_thesaurus()))

    for row, shipped in zip(rows, read_table("thesaurus"), strict=True):
        assert head == list(shipped)
        assert [parts(cell) for cell in row] == [parts(cell) for cell in shipped.values()]


def test_the_edits_in_force_stand_in_their_cells() -> None:
    edited = base_thesaurus().with_edits(EDITS)

    head, *rows = (line.split("\t") for line in table_lines(edited))

    group = dict(zip(head, next(row for row in rows if row[0] == "group"), strict=True))
    assert parts(group["nl"])[-1] == "kwetterkring"
    assert parts(group["fr"])[-1] == "=KWX"
    assert EDITS[2].term not in parts(group["nl"])
    assert set(head) >= set(LANGUAGES)
