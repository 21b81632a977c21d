"""Hold our search against other engines, in turns in one run: `make bench-peers SIZE=10000`."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Self

from bench.generator import SEED
from bench.peers.questions import EACH
from bench.run import p95, say

REFERENCE = "tantivy"
ALL = ("passerelle", "nearness", "tantivy", "FTS5")
KINDS = tuple(kind for kind, count in EACH.items() for _ in range(count))


class PeerFailed(Exception):
    """An engine could not do what all were asked to do."""


@dataclass
class Contestant:
    """One engine in its process, and its figures."""

    name: str
    process: "subprocess.Popen[str]"
    place: Path
    took: dict[int, list[float]] = field(default_factory=dict)
    totals: dict[int, int] = field(default_factory=dict)
    changes: list[float] = field(default_factory=list)
    rate: float = 0.0
    opened: float = 0.0
    megabytes: float = 0.0

    @classmethod
    def start(cls, name: str, folder: Path, seed: str) -> Self:
        """The engine `name`, with its index below `folder`."""
        process = subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-m", "bench.peers.worker", name, seed],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return cls(name, process, folder / name.replace(" ", "-"))

    def do(self, what: str, **order: object) -> Any:  # Any: JSON, see bench.peers.worker
        """Have it do something, and wait. Raises `PeerFailed`."""
        if self.process.stdin is None or self.process.stdout is None:
            raise PeerFailed(self.name)
        self.process.stdin.write(json.dumps({"do": what, "place": str(self.place), **order}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"error": "its process ended"}
        if "error" in answer:
            raise PeerFailed(f"{self.name}: {answer['error']}")
        return answer

    @property
    def medians(self) -> dict[int, float]:
        """The milliseconds of each question."""
        return {question: median(took) for question, took in self.took.items()}


def compete(contestants: Sequence[Contestant], size: int, rounds: int, changes: int) -> None:
    """Build, open, ask every question of every engine in turns, change sheets in turns."""
    for each in contestants:
        each.rate = each.do("build", size=size)["rate"]
        each.opened = each.do("open")["ms"]
    turn = random.Random(1)  # noqa: S311 (an order of turns)
    _ask(contestants, rounds, turn)
    for each in contestants:
        each.megabytes = each.do("memory")["mb"]
    for mark in range(changes):
        for each in turn.sample(contestants, len(contestants)):
            answer = each.do("update", mark=mark, sheet=mark * 37 % size)
            if answer["wrong"]:
                raise PeerFailed(f"{each.name} does not show a changed sheet")
            each.changes.append(answer["ms"])


def _ask(contestants: Sequence[Contestant], rounds: int, turn: random.Random) -> None:
    for round_ in range(rounds + 1):  # the first warms up
        for question in range(len(KINDS)):
            for each in turn.sample(contestants, len(contestants)):
                answer = each.do("search", question=question)
                if round_:
                    each.took.setdefault(question, []).append(answer["ms"])
                each.totals[question] = answer["total"]


def ratio(one: Contestant, other: Contestant, questions: Iterable[int]) -> float:
    """The median over `questions` of how many times as long `one` took as `other`."""
    return median(one.medians[each] / other.medians[each] for each in questions)


def show(contestants: Sequence[Contestant]) -> None:
    """The tables."""
    reference = next((each for each in contestants if each.name == REFERENCE), contestants[0])
    heads = ("median", "p95", "times", "p95 times", "change", "open", "MB", "sheets/s")
    say(f"{'engine':<14}" + "".join(f"{head:>10}" for head in heads) + f"   (ms; times {reference.name})")
    for each in contestants:
        values = list(each.medians.values())
        cells = (
            f"{median(values):.2f}",
            f"{p95(values):.2f}",
            f"{ratio(each, reference, range(len(KINDS))):.2f}",
            f"{p95(values) / p95(list(reference.medians.values())):.2f}",
            f"{median(each.changes):.1f}",
            f"{each.opened:.0f}",
            f"{each.megabytes:.0f}",
            f"{each.rate:.0f}",
        )
        say(f"{each.name:<14}" + "".join(f"{cell:>10}" for cell in cells))
    _show_by_kind("ms, median", {each.name: each.medians for each in contestants}, "{:.2f}")
    _show_by_kind("found, median", {each.name: each.totals for each in contestants}, "{:.0f}")


def _show_by_kind(what: str, values: Mapping[str, Mapping[int, float]], form: str) -> None:
    say(f"\n{what:<14}" + "".join(f"{kind:>12}" for kind in EACH))
    for name, by_question in values.items():
        cells = (
            median(value for question, value in by_question.items() if KINDS[question] == kind)
            for kind in EACH
        )
        say(f"{name:<14}" + "".join(f"{form.format(cell):>12}" for cell in cells))


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="how many sheets")
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked")
    parser.add_argument("--changes", type=int, default=20, help="how many sheets are changed")
    parser.add_argument("--seed", default=SEED, help="another seed makes other sheets and questions")
    parser.add_argument(
        "engines", nargs="*", default=ALL, help=f"some of {', '.join(ALL)}, literal, stock Whoosh"
    )
    asked = parser.parse_args()
    say(f"{asked.size} sheets, {len(KINDS)} questions, {asked.rounds} rounds in turns, seed {asked.seed}")
    with tempfile.TemporaryDirectory(prefix="passerelle-peers-") as folder:
        contestants = [Contestant.start(name, Path(folder), asked.seed) for name in asked.engines]
        try:
            compete(contestants, asked.size, asked.rounds, asked.changes)
            show(contestants)
        finally:
            for each in contestants:
                each.process.kill()


if __name__ == "__main__":
    main()
