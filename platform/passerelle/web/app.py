"""Put the application together."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import sessionmaker

from passerelle.core import clock as real_clock
from passerelle.core.database import engine_options, keep_rules
from passerelle.core.paths import shipped
from passerelle.core.settings import Settings, read_settings
from passerelle.search.meaning.making import VectorMaker
from passerelle.search.meaning.port import NoMeaning
from passerelle.search.meaning.vectors import Vectors
from passerelle.search.service import SearchService
from passerelle.search.whoosh_engine.engine import WhooshEngine
from passerelle.web.accounts.views import pages as accounts
from passerelle.web.api.views import pages as api
from passerelle.web.communes.views import pages as communes
from passerelle.web.context import init_context
from passerelle.web.database import db
from passerelle.web.errors import init_errors
from passerelle.web.headers import init_headers
from passerelle.web.health.views import pages as health
from passerelle.web.identity import init_identity
from passerelle.web.keeper import init_keeper
from passerelle.web.languages import init_languages
from passerelle.web.look import init_look
from passerelle.web.my.views import pages as my
from passerelle.web.page_cache import init_page_cache
from passerelle.web.public.views import pages as public
from passerelle.web.review.views import pages as review
from passerelle.web.services import Clock, Services
from passerelle.web.sheets.views import pages as sheets
from passerelle.web.thesaurus.views import pages as thesaurus

SUBJECTS = (public, sheets, communes, accounts, my, review, thesaurus, api, health)
LARGEST_BODY = 4 * 1024 * 1024  # bytes; a sheet is refused, with its text kept, long before
csrf = CSRFProtect()


def create_app(settings: Settings | None = None, clock: Clock = real_clock.now) -> Flask:
    """The application for `settings` (default: those of the environment), telling the time by `clock`.

    Raises `SettingsError` when a setting cannot be used. Nothing is migrated or written here.
    """
    settings = settings or read_settings()
    app = Flask("passerelle.web", template_folder=str(shipped("templates")), static_folder=None)
    app.config.from_mapping(_configuration(settings))
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    keep_rules(engine)
    sessions = sessionmaker(engine)
    vectors = Vectors(settings.search_index) if settings.meaning == "on" else None
    index = WhooshEngine(settings.search_index, today=lambda: clock().date(), meaning=vectors)
    search = SearchService(index, sessions, clock)
    maker = VectorMaker(sessions, index, vectors) if vectors else None
    app.extensions["passerelle"] = Services(
        settings, clock, engine, sessions, search, vectors or NoMeaning(), maker
    )
    init_page_cache(app)
    csrf.init_app(app)
    init_languages(app)
    init_identity(app)
    init_headers(app, secure=settings.is_secure)
    init_look(app)
    init_context(app)
    init_errors(app)
    init_keeper(app)
    for subject in SUBJECTS:
        app.register_blueprint(subject)
    csrf.exempt(app.view_functions["public.theme"])  # it changes one cookie and no data
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    """Flask's own settings, from ours."""
    host = urlsplit(settings.base_url).hostname
    return {
        "TESTING": settings.environment == "test",
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "TRUSTED_HOSTS": [host] if settings.is_production else [host, "localhost", "127.0.0.1"],
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": LARGEST_BODY,
        "MAX_FORM_PARTS": 2_000,
        "SESSION_COOKIE_NAME": "__Host-session" if settings.is_secure else "session",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=7),
        "SESSION_REFRESH_EACH_REQUEST": False,  # seven days from signing in, and no cookie on every answer
        "WTF_CSRF_TIME_LIMIT": None,  # it lives as long as the session: a long form must not lose its text
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Brussels",
    }
