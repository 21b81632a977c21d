"""`passerelle thesaurus export`."""

from sqlalchemy.orm import Session

from passerelle.moderation.thesaurus import Word, add_term
from passerelle.vocabulary import base_thesaurus
from tests.cli.conftest import Call, Environment
from tests.factories import NOON, Factories


def test_the_table_with_the_edits_in_force_comes_out(
    call: Call, prepared: Environment, session: Session, make: Factories
) -> None:
    add_term(session, Word("group", "nl", "kwetterkring"), make.coordinator(), NOON)
    session.commit()

    result = call(prepared, "thesaurus", "export")

    rows = result.stdout.splitlines()
    assert result.exit_code == 0
    assert len(rows) == 1 + len(base_thesaurus().concepts)
    assert [row.split("\t")[0] for row in rows if "kwetterkring" in row] == ["group"]
