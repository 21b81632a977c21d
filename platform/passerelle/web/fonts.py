"""Find the typeface in the optional font package, as plain files: none of its code is run."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

PACKAGE = "fontpkg-atkinson-hyperlegible"  # the extra `fonts`; OFL-1.1, files unchanged
FAMILY = "Atkinson Hyperlegible"
WEIGHTS = {"AtkinsonHyperlegible-Regular.ttf": 400, "AtkinsonHyperlegible-Bold.ttf": 700}
LARGEST = 64 * 1024  # bytes; a file beyond it is not the one we know


@dataclass(frozen=True)
class FontFile:
    """One weight of the typeface, on this machine's disk."""

    name: str
    weight: int
    path: Path


def installed_fonts(package: str = PACKAGE) -> tuple[FontFile, ...]:
    """The files of the font package, lightest first; none when it is not installed or not complete."""
    try:
        found = {file.name: Path(str(file.locate())) for file in files(package) or ()}
    except PackageNotFoundError:
        return ()
    fonts = tuple(FontFile(name, weight, found[name]) for name, weight in WEIGHTS.items() if name in found)
    usable = [font for font in fonts if font.path.is_file() and font.path.stat().st_size <= LARGEST]
    return fonts if len(usable) == len(WEIGHTS) else ()


def font_face(font: FontFile, address: str) -> str:
    """The CSS rule that fetches `font` from `address`, unless the reader's machine has the typeface."""
    own = f'local("{FAMILY}{"" if font.weight == 400 else " Bold"}")'
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{font.weight};font-display:swap;'
        f'src:{own},url({address}) format("truetype")}}\n'
    )
