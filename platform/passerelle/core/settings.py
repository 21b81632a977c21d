"""The settings, read from the environment once and checked before anything starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SHORTEST_SECRET = 32
KNOWN_SECRETS = ("secret", "changeme", "change-me", "dev", "password", "passerelle", "0123456789", "please")
ENVIRONMENTS = ("development", "production", "test")
JOB_MODES = ("embedded", "worker")
MEANING_MODES = ("on", "off")
MAIL_SCHEMES = ("console", "file", "smtp", "smtps")


class SettingsError(ValueError):
    """One or more settings cannot be used; `problems` says each in one line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """Everything an operator decides. `docs/operations.md` holds the table."""

    environment: str
    instance: Path
    database_url: str
    search_index: Path
    secret_key: str
    base_url: str
    mail_url: str
    mail_from: str
    site_name: str
    jobs: str
    meaning: str

    @property
    def is_production(self) -> bool:
        """Whether real people use this installation."""
        return self.environment == "production"

    @property
    def is_secure(self) -> bool:
        """Whether visitors reach the platform by https, so that cookies may be marked Secure."""
        return self.base_url.startswith("https:")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process, from `environment` (default: the process's own).

    In development a missing SECRET_KEY is made and kept in the instance folder. Raises `SettingsError`
    with one line for each setting that cannot be used.
    """
    given = os.environ if environment is None else environment
    instance = Path(given.get("PASSERELLE_INSTANCE") or "instance").expanduser().resolve()
    settings = Settings(
        environment=given.get("PASSERELLE_ENV") or "production",
        instance=instance,
        database_url=_anchored(given.get("DATABASE_URL") or f"sqlite:///{instance / 'passerelle.db'}"),
        search_index=Path(given.get("PASSERELLE_SEARCH_INDEX") or "search_index").expanduser().resolve(),
        secret_key=given.get("SECRET_KEY") or "",
        base_url=(given.get("PASSERELLE_BASE_URL") or "http://127.0.0.1:8000").rstrip("/"),
        mail_url=given.get("MAIL_URL") or "console:",
        mail_from=given.get("MAIL_FROM") or "passerelle@localhost",
        site_name=(given.get("SITE_NAME") or "Passerelle").strip(),
        jobs=given.get("PASSERELLE_JOBS") or "embedded",
        meaning=given.get("PASSERELLE_MEANING") or "on",
    )
    if not settings.secret_key and not settings.is_production:
        settings = _with_kept_secret(settings)
    problems = [problem for check in _CHECKS for problem in check(settings)]
    if problems:
        raise SettingsError(problems)
    return settings


def _anchored(url: str) -> str:
    """`url` with the file of a SQLite database named from the root, whoever opens it from whatever folder."""
    try:
        read = make_url(url)
    except ArgumentError:
        return url  # `_check_database` says so
    if read.get_backend_name() != "sqlite" or not read.database or read.database == ":memory:":
        return url
    return read.set(database=str(Path(read.database).resolve())).render_as_string(hide_password=False)


def _with_kept_secret(settings: Settings) -> Settings:
    """Make a secret for development once, readable by its owner only, and use it from then on."""
    kept = settings.instance / "secret-key"
    if not kept.exists():
        settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return Settings(**{**vars(settings), "secret_key": kept.read_text().strip()})


def _check_environment(settings: Settings) -> list[str]:
    problems = []
    if settings.environment not in ENVIRONMENTS:
        problems.append(f"PASSERELLE_ENV is {settings.environment!r}: use {' or '.join(ENVIRONMENTS)}")
    if settings.jobs not in JOB_MODES:
        problems.append(f"PASSERELLE_JOBS is {settings.jobs!r}: use {' or '.join(JOB_MODES)}")
    if settings.meaning not in MEANING_MODES:
        problems.append(f"PASSERELLE_MEANING is {settings.meaning!r}: use {' or '.join(MEANING_MODES)}")
    if not settings.site_name:
        problems.append("SITE_NAME is empty: give the platform a name")
    return problems


def _check_secret(settings: Settings) -> list[str]:
    if not settings.is_production:
        return []
    way_out = 'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
    secret = settings.secret_key
    if not secret:
        return [f"SECRET_KEY is missing: {way_out}"]
    if len(secret) < SHORTEST_SECRET:
        return [f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters: {way_out}"]
    if len(set(secret)) < 10 or any(secret.lower().startswith(known) for known in KNOWN_SECRETS):
        return [f"SECRET_KEY is a known or simple one: {way_out}"]
    return []


def _check_database(settings: Settings) -> list[str]:
    try:
        url = make_url(settings.database_url)
    except ArgumentError:
        return ["DATABASE_URL cannot be read: use sqlite:////folder/file.db or postgresql+psycopg://..."]
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        return [f"DATABASE_URL names {url.get_backend_name()!r}: use sqlite or postgresql+psycopg"]
    return []


def _check_addresses(settings: Settings) -> list[str]:
    problems = []
    base = urlsplit(settings.base_url)
    if base.scheme not in ("http", "https") or not base.hostname:
        problems.append(f"PASSERELLE_BASE_URL is {settings.base_url!r}: use https://your.name")
    mail = urlsplit(settings.mail_url)
    if mail.scheme not in MAIL_SCHEMES or (mail.scheme.startswith("smtp") and not mail.hostname):
        problems.append(
            "MAIL_URL cannot be used: use console:, file:/folder or smtp://user:password@host:587"
        )
    return problems


_CHECKS = (_check_environment, _check_secret, _check_database, _check_addresses)
