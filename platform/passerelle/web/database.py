"""Give each request its database session: one that can only read for GET, one that may write for POST."""

from typing import Any

from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine

from passerelle.core.database import READ_ONLY
from passerelle.core.models import Base

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestSession(Session):
    """A session whose transactions are read-only while a GET is answered: reading a page changes nothing."""

    _reading: Engine | Connection | None = None  # always the same one: a session keeps a connection for each

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:  # Any: passed on as they come
        """The engine, told to begin a reading transaction when the request is a safe one."""
        bind = super().get_bind(*args, **kwargs)
        if not has_request_context() or request.method not in SAFE_METHODS:
            return bind
        if self._reading is None:
            self._reading = bind.execution_options(**{READ_ONLY: True})
        return self._reading


db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": RequestSession})
