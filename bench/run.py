"""Print what searching, publishing and importing cost at a size: `make bench SIZE=10000`."""

import argparse
import os
import platform as machine
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from bench import hostile, measures, pages
from bench.generator import SEED, lines
from bench.platforms import Platform
from bench.queries import KINDS, questions

MOST_TIMES_FIXED = 4.0
MOST_MS_TO_FOUND = 1_000.0
FEWEST_A_SECOND = 100.0
MOST_MEGABYTES = 250.0
MOST_MEGABYTES_WITH_MEANING = 700.0
MOST_MS_HOSTILE = 50.0
NEW_SHEETS = 20


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay below."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def say(text: str = "") -> None:
    """Print a line now."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def report(what: str, value: str, target: str, *, met: bool) -> None:
    """Print one figure beside its target."""
    say(f"{what:<30}{value:>8}   {target}: {'ok' if met else 'MISSED'}")


def import_rates(platform: Platform, size: int, seed: str) -> tuple[float, float]:
    """Sheets a second of a command that imports, publishes and indexes `size` of them, its start included.

    By the clock, and by the processor time it took: on a busy machine the two differ.
    """
    file = platform.folder / "sheets.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in lines(size, seed))
    took, worked = platform.run("import", str(file), "--publish")
    return size / took, size / worked


def show_pages(timed: measures.Timed) -> None:
    """The table of pages: each kind of question, and all of them."""
    say(f"{'question':<16}{'live':>8}{'p95':>8}{'fixed':>8}{'p95':>8}{'ratio':>8}   (ms, median)")
    every = [value for kind in KINDS for value in timed.live[kind]]
    every_fixed = [value for kind in KINDS for value in timed.fixed[kind]]
    rows = [(kind, timed.live[kind], timed.fixed[kind]) for kind in KINDS]
    for kind, live, fixed in [*rows, ("all", every, every_fixed)]:
        ratio = median(live) / median(fixed)
        cells = (median(live), p95(live), median(fixed), p95(fixed), ratio)
        say(f"{kind:<16}" + "".join(f"{cell:>8.2f}" for cell in cells))
    ratio = median(every) / median(every_fixed)
    target = f"at most {MOST_TIMES_FIXED:.0f} times the fixed one"
    report("page, at the median", f"{ratio:.2f}", target, met=ratio <= MOST_TIMES_FIXED)


def main() -> None:
    """Set up a platform of made-up sheets in a temporary folder and print every measure of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="how many sheets")
    parser.add_argument("--queries", type=int, default=8, help="questions of each of the ten kinds")
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked")
    parser.add_argument("--seed", default=SEED)
    asked = parser.parse_args()
    cores = os.cpu_count()
    say(f"{asked.size} sheets, seed {asked.seed}, Python {machine.python_version()}, {cores} processors")
    with tempfile.TemporaryDirectory(prefix="passerelle-bench-") as folder:
        measure(Platform(Path(folder)), asked)


def measure(platform: Platform, asked: argparse.Namespace) -> None:
    """Every measure, in one run."""
    platform.run("init")
    rate, unhindered = import_rates(platform, asked.size, asked.seed)
    target = f"{unhindered:.0f} of processor time; at least {FEWEST_A_SECOND:.0f}"
    report("import, sheets a second", f"{rate:.0f}", target, met=rate >= FEWEST_A_SECOND)
    made = questions(asked.queries, asked.seed)
    show_pages(measures.pages(platform.app(), made, asked.rounds))
    found = measures.publishing(platform, asked.size, NEW_SHEETS)
    target = f"p95 {p95(found):.0f}, longest {max(found):.0f}; at most {MOST_MS_TO_FOUND:.0f}"
    report("published until found, ms", f"{median(found):.0f}", target, met=p95(found) <= MOST_MS_TO_FOUND)
    folder = Path(platform.environment["PASSERELLE_SEARCH_INDEX"])
    took, words = hostile.longest_at_first(folder)
    target = f"{words!r}; at most {MOST_MS_HOSTILE:.0f}"
    report("slowest hostile question, ms", f"{took:.0f}", target, met=took <= MOST_MS_HOSTILE)
    for meaning, most in ((False, MOST_MEGABYTES), (True, MOST_MEGABYTES_WITH_MEANING)):
        megabytes = measures.memory(platform, made, meaning=meaning)
        what = f"memory, meaning {'on' if meaning else 'off'}, MB"
        report(what, f"{megabytes:.0f}", f"less than {most:.0f}", met=megabytes < most)
    for kind in pages.KINDS:
        say(f"\nas a share of a hello world, gunicorn with 2 {kind} workers:")
        pages.show(pages.shares(platform, [each.address for each in made[::2]], asked.rounds, kind))


if __name__ == "__main__":
    main()
