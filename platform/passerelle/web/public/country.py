"""Draw the map of Belgium: the outline, and a dot for each commune that has published sheets."""

from typing import NamedTuple

# Natural Earth (public domain), simplified and projected on a plane of about 400 by 330 units.
OUTLINE = (
    "M2 74L63 35L86 28L86 41L93 50L101 49L103 43L112 41L127 46L132 55L144 55L169 40L174 29L183 44"
    "L185 40L178 29L194 31L190 17L201 12L207 21L216 21L231 9L235 22L244 25L256 12L261 18L260 28"
    "L266 38L275 41L275 46L292 46L303 42L311 54L320 59L332 63L339 71L335 72L326 94L331 94L316 111"
    "L324 120L334 127L354 127L355 134L363 133L370 148L380 150L371 160L374 169L389 170L389 188"
    "L392 197L385 198L380 206L370 211L366 228L354 219L341 232L338 244L334 246L326 266L328 280"
    "L335 291L342 301L338 317L333 320L299 326L294 310L283 308L284 300L270 297L250 279L238 279"
    "L239 261L231 253L239 233L239 223L232 222L221 233L218 248L199 257L165 251L173 237L170 226"
    "L165 226L172 208L164 206L152 192L141 195L127 191L121 199L116 176L99 164L87 169L78 163L75 140"
    "L64 123L45 128L39 136L27 130L19 118L9 112L11 94L6 87Z"
)
# From degrees (WGS 84) to that plane: across = slope * east + start, down = slope * north + start.
ACROSS = (101.3, -253.15)
DOWN = (-159.36, 8214.97)
SMALLEST_DOT, GROWTH, LARGEST_DOT = 3.0, 0.9, 12.0


class Dot(NamedTuple):
    """A commune on the map: its place on the plane and the radius that shows its number of sheets."""

    across: float
    down: float
    radius: float


def dot_at(centre: tuple[float, float], sheets: int) -> Dot:
    """The dot of a commune at `centre` (degrees north, degrees east) with that many sheets."""
    north, east = centre
    return Dot(
        across=round(ACROSS[0] * east + ACROSS[1], 1),
        down=round(DOWN[0] * north + DOWN[1], 1),
        radius=round(min(SMALLEST_DOT + GROWTH * sheets, LARGEST_DOT), 1),
    )
