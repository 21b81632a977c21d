"""Find the folders that ship with Passerelle, in a checkout or in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


class NotShipped(FileNotFoundError):
    """A folder that every installation has is missing: the installation is broken."""


def shipped(name: str) -> Path:
    """The folder `templates` or `migrations`, wherever this installation keeps it.

    In a checkout it stands at the top, beside `platform/`; in a wheel, inside the package.
    Raises `NotShipped` when it is in neither place.
    """
    for folder in (PACKAGE / name, PACKAGE.parent.parent / name):
        if folder.is_dir():
            return folder
    raise NotShipped(f"the folder {name!r} is missing: install Passerelle again")
