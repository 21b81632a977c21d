"""What the tests of an edited thesaurus share: a search over two sheets, and a coordinator."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts.models import Commune, User
from passerelle.search.service import SearchService
from passerelle.sheets.models import Sheet
from tests.factories import Factories
from tests.search.standing import service_in
from tests.search.thesaurus.kwetterkring import GROUP, published

Sessions = sessionmaker[Session]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the index is."""
    return tmp_path / "index"


@pytest.fixture
def service(folder: Path, sessions: Sessions, sheets: tuple[Sheet, Sheet]) -> SearchService:
    service = service_in(folder, sessions)
    assert service.rebuild() == len(sheets)
    return service


@pytest.fixture
def sheets(make: Factories, quaregnon: Commune) -> tuple[Sheet, Sheet]:
    """A Dutch sheet that says "kwetterkring", and a French one with the name of the concept."""
    dutch = published(make, quaregnon, "nl", "Onze kwetterkring")
    french = published(make, quaregnon, "fr", f"Notre {GROUP.label('fr')}")
    make.session.commit()
    return dutch, french


@pytest.fixture
def by(make: Factories) -> User:
    return make.coordinator()
