"""Settings are checked at start, with one clear line each."""

from pathlib import Path

import pytest

from passerelle.core.settings import SettingsError, read_settings

GOOD_SECRET = "Zk3vJ0mWq8Xr1LsN5tYb7cHd2GfPuAe9"


def problems_of(**environment: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_settings(environment)
    return caught.value.problems


def test_production_is_what_runs_when_nothing_is_said(tmp_path: Path) -> None:
    settings = read_settings({"SECRET_KEY": GOOD_SECRET, "PASSERELLE_INSTANCE": str(tmp_path)})

    assert settings.is_production
    assert settings.database_url == f"sqlite:///{tmp_path / 'passerelle.db'}"
    assert settings.site_name == "Passerelle"


@pytest.mark.parametrize(
    ("secret", "reason"),
    [
        ("", "missing"),
        ("short", "shorter than 32"),
        ("changeme" * 5, "known or simple"),
        ("a" * 40, "known or simple"),
    ],
)
def test_production_refuses_a_secret_that_can_be_guessed(secret: str, reason: str) -> None:
    (problem,) = problems_of(SECRET_KEY=secret)

    assert problem.startswith("SECRET_KEY")
    assert reason in problem


def test_development_makes_its_secret_once_and_keeps_it_private(tmp_path: Path) -> None:
    environment = {"PASSERELLE_ENV": "development", "PASSERELLE_INSTANCE": str(tmp_path / "new")}

    first, second = read_settings(environment), read_settings(environment)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASSERELLE_ENV", "staging"),
        ("PASSERELLE_JOBS", "cron"),
        ("PASSERELLE_MEANING", "maybe"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "nonsense"),
        ("PASSERELLE_BASE_URL", "ftp://commune.example"),
        ("PASSERELLE_BASE_URL", "commune.example"),
        ("MAIL_URL", "pigeon:coop"),
        ("MAIL_URL", "smtp://"),
        ("SITE_NAME", "   "),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_one_line(name: str, value: str) -> None:
    (problem,) = problems_of(SECRET_KEY=GOOD_SECRET, **{name: value})

    assert problem.startswith(name)
    assert "\n" not in problem


def test_a_database_file_is_named_from_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    settings = read_settings({"SECRET_KEY": GOOD_SECRET, "DATABASE_URL": "sqlite:///data/here.db"})

    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'here.db'}"


def test_all_problems_are_said_at_once() -> None:
    found = problems_of(SECRET_KEY="", MAIL_URL="pigeon:coop", DATABASE_URL="nonsense")

    assert [problem.split()[0] for problem in found] == ["SECRET_KEY", "DATABASE_URL", "MAIL_URL"]
