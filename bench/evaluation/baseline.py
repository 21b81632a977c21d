"""Remember what the search reached, and say what has fallen since."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.evaluation.scores import Scores

FILE = Path(__file__).with_name("baseline.json")
GUARDED = ("all", "cross language", "noisy")
ALLOWED = 0.02  # so far may a figure fall

Kept = Mapping[str, Mapping[str, float]]
"""By variant, the figures by name ("all ndcg")."""


def kept() -> Kept:
    """What was reached when the baseline was last written."""
    read: Kept = json.loads(FILE.read_text(encoding="utf-8"))
    return read


def keep(found: Mapping[str, Scores]) -> None:
    """Write down what `found` reaches, leaving what is known of variants it does not have."""
    known = kept() if FILE.exists() else {}
    now = {
        name: {key: math.floor(value * 1000) / 1000 for key, value in _guarded(s)}
        for name, s in found.items()
    }
    FILE.write_text(json.dumps({**known, **now}, indent=2) + "\n", encoding="utf-8")


def falls(found: Mapping[str, Scores], before: Kept) -> list[str]:
    """A sentence for every figure of a measured variant that is more than 0.02 below the one `before`."""
    return [
        f"{name}: {key} fell from {before[name][key]:.3f} to {value:.3f}"
        for name, measured in found.items()
        for key, value in _guarded(measured)
        if value < before.get(name, {}).get(key, 0.0) - ALLOWED
    ]


def _guarded(measured: Scores) -> Iterator[tuple[str, float]]:
    for row in GUARDED:
        for figure, value in measured.rows[row]._asdict().items():
            yield f"{row} {figure}", value
    yield "none", measured.none
