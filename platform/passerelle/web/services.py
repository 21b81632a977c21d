"""What every request of one running application shares: settings, clock, database and search."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from passerelle.core.settings import Settings
from passerelle.search.meaning.making import VectorMaker
from passerelle.search.meaning.port import Meaning
from passerelle.search.service import SearchService

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Services:
    """The things an application is made of; made once by `create_app`."""

    settings: Settings
    clock: Clock
    engine: Engine
    sessions: sessionmaker[Session]  # for work outside a request; views use `db.session`
    search: SearchService
    meaning: Meaning
    vectors: VectorMaker | None  # None: this installation does without


def services() -> Services:
    """The services of the current application."""
    return cast("Services", current_app.extensions["passerelle"])  # extensions are untyped in Flask


def now() -> datetime:
    """The moment of this request, by the application's clock."""
    return services().clock()
