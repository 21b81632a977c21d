"""The sheets that the tests of the search page look for."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from passerelle.sheets.models import RevisionStatus
from tests.factories import Factories
from tests.web.sheets.reading import put_online

PUBLISHED = RevisionStatus.PUBLISHED


@pytest.fixture
def sheets(make: Factories, app: Flask, session: Session) -> None:
    """Four published sheets, of which two are about partners."""
    make.sheet(
        of=make.commune("53065"),
        status=PUBLISHED,
        title="Café des Mamans",
        summary="Groupe de parole à l'école.",
        target_groups=("mothers",),
    )
    make.sheet(
        of=make.commune("71016"),
        status=PUBLISHED,
        language="nl",
        title="Praatcafé",
        summary="Maandelijkse praatgroep.",
        violence_forms=("partner",),
        target_groups=("parents",),
        evaluation_method="",
        evaluation_kinds=(),
    )
    make.sheet(
        of=make.commune("63023"),
        status=PUBLISHED,
        language="de",
        title="Nachbarschaft",
        summary="Ehrenamtliche besuchen ältere Menschen.",
        violence_forms=("elder",),
        target_groups=("seniors",),
    )
    make.sheet(
        of=make.commune("21009"),
        status=PUBLISHED,
        title="Nuit sereine",
        summary="Formation des bars.",
        violence_forms=("partner", "sexual"),
        target_groups=("professionals",),
    )
    put_online(app, session)
