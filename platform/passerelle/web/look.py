"""Serve the files of the look, each at an address that names its content."""

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request, url_for

from passerelle.web.fonts import FontFile, font_face, installed_fonts
from passerelle.web.molds import once
from passerelle.web.permissions import public

OURS = Path(__file__).resolve().parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}
FOREVER = "public, max-age=31536000, immutable"

assets = Blueprint("assets", __name__, url_prefix="/assets")


class NoSuchAsset(LookupError):
    """A template asks for a file that the look does not have."""


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: its bytes, and the digest that its address carries."""

    name: str
    body: bytes
    digest: str = field(init=False)
    packed: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.sha256(self.body).hexdigest()[:12])
        object.__setattr__(self, "packed", gzip.compress(self.body, 9, mtime=0))

    @property
    def content_type(self) -> str:
        """What the file is, for the browser."""
        return TYPES[Path(self.name).suffix]


def bootstrap_css() -> Path:
    """Bootstrap's style sheet among the local files of bootstrap-flask; the package itself is not run.

    Raises `NoSuchAsset` when bootstrap-flask is not installed.
    """
    spec = find_spec("flask_bootstrap")
    if spec is None or spec.origin is None:
        raise NoSuchAsset("bootstrap.min.css: install bootstrap-flask")
    return Path(spec.origin).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"


def collect(fonts: Sequence[FontFile]) -> dict[str, Asset]:
    """Every file of the look by its name; the theme begins with the rules of `fonts`, when there are any."""
    found = {asset.name: asset for asset in _plain_assets(fonts)}
    faces = "".join(font_face(font, f"../{found[font.name].digest}/{font.name}") for font in fonts)
    theme = faces.encode() + (OURS / "theme.css").read_bytes()
    return found | {"theme.css": Asset("theme.css", theme)}


def _plain_assets(fonts: Sequence[FontFile]) -> Iterator[Asset]:
    """The files that are sent as they are."""
    for path in sorted(OURS.iterdir()):
        if path.suffix in TYPES and path.name != "theme.css":
            yield Asset(path.name, path.read_bytes())
    css = bootstrap_css().read_bytes().split(b"/*# sourceMappingURL")[0]  # the map is not served
    yield Asset("bootstrap.min.css", css)
    for font in fonts:
        yield Asset(font.name, font.path.read_bytes())


@cache
def all_assets() -> dict[str, Asset]:
    """The files of this installation, read once."""
    return collect(installed_fonts())


@assets.get("/<digest>/<name>")
@public
def show(digest: str, name: str) -> Response:
    """The file `name`: kept for ever under its own digest; a page of another release gets today's file."""
    asset = all_assets().get(name) or abort(404)
    packed = request.accept_encodings["gzip"] > 0
    response = Response(asset.packed if packed else asset.body, content_type=asset.content_type)
    response.set_etag(f"{asset.digest}-gzip" if packed else asset.digest)
    response.headers["Cache-Control"] = FOREVER if digest == asset.digest else "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response


def static_address(name: str) -> str:
    """The address of the file `name`, which changes when its content does. Raises `NoSuchAsset`."""
    asset = all_assets().get(name)
    if asset is None:
        raise NoSuchAsset(f"{name!r} is not a file of the look: {', '.join(sorted(all_assets()))}")
    return once(("asset", name), lambda: url_for("assets.show", digest=asset.digest, name=name))


def init_look(app: Flask) -> None:
    """Serve the files from `app`, and give its templates `static(name)` and `icon(name, label)`."""
    app.register_blueprint(assets)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["static"] = static_address
    app.jinja_env.globals["icon"] = app.jinja_env.get_template("components/icon.html").module.icon  # type: ignore[attr-defined]  # a macro is an attribute of its template
