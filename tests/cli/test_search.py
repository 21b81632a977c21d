"""`passerelle search explain`."""

from passerelle.accounts.models import Commune
from passerelle.sheets.models import RevisionStatus
from tests.cli.conftest import Call, Environment
from tests.factories import Factories


def test_a_rank_is_explained(call: Call, prepared: Environment, quaregnon: Commune, make: Factories) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.PUBLISHED, title="Un tambour")
    make.session.commit()
    call(prepared, "search", "rebuild")

    result = call(prepared, "search", "explain", "tambour", str(sheet.id))

    assert result.exit_code == 0
    assert result.stdout.startswith(f"Sheet {sheet.id} (Un tambour): place 1 among 1 for 'tambour'\n")


def test_a_sheet_that_is_not_public_cannot_be_explained(call: Call, prepared: Environment) -> None:
    call(prepared, "search", "rebuild")

    result = call(prepared, "search", "explain", "tambour", "12")

    assert (result.exit_code, result.stderr) == (2, "passerelle: the index holds no sheet 12\n")
