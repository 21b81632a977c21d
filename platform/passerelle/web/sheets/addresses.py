"""Give pages their full address, from the settings: never from what a browser says the host is."""

from passerelle.web.services import services


def absolute(path: str) -> str:
    """The full address of `path` on this platform."""
    return f"{services().settings.base_url}{path}"
