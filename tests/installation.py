"""Lay out a test installation in a folder: a copy of the empty platform, its own index and mails."""

import shutil
from pathlib import Path

from passerelle.core.settings import Settings, read_settings


def installed(folder: Path, empty_platform: Path) -> Settings:
    """The settings of an installation in `folder` that begins as `empty_platform`, a database file, is."""
    instance = folder / "instance"
    instance.mkdir(mode=0o700)
    shutil.copy(empty_platform, instance / "passerelle.db")
    return read_settings(
        {
            "PASSERELLE_ENV": "test",
            "PASSERELLE_INSTANCE": str(instance),
            "PASSERELLE_SEARCH_INDEX": str(folder / "search_index"),
            "PASSERELLE_BASE_URL": "http://localhost",
            "PASSERELLE_MEANING": "off",
            "MAIL_URL": f"file:{folder / 'mails'}",
            "SECRET_KEY": "a key that only the tests of this checkout use",
        }
    )
