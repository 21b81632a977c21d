"""Measure how well the search finds: `python -m bench.evaluation --details`."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.evaluation import baseline
from bench.evaluation.collection import Collection, read_collection
from bench.evaluation.scores import scores
from bench.evaluation.tables import table, worst
from bench.evaluation.variants import answers

HERE = Path(__file__).parent
SHEETS, QUERIES, BLIND = (HERE / name for name in ("sheets.jsonl", "queries.jsonl", "blind.jsonl"))


def main() -> None:
    """Print the figures of the development set and the blind one, or of the files that are named."""
    asked = _arguments()
    own = asked.queries is None and asked.sheets is None
    files = [QUERIES, BLIND] if own else [asked.queries or QUERIES]
    for file in files:
        if file.exists():
            collection = read_collection(asked.sheets or SHEETS, file)
            details = 0 if file == BLIND else asked.details  # what is looked at is tuned to
            _measure(collection, details=details, keep=asked.keep and own and file == QUERIES)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.evaluation", description=__doc__)
    parser.add_argument("--sheets", type=Path, help="another collection: sheets, one a line")
    parser.add_argument("--queries", type=Path, help="other questions, with judgments, one a line")
    parser.add_argument(
        "--details", type=int, nargs="?", const=15, default=0, metavar="N", help="list the N worst answers"
    )
    parser.add_argument(
        "--keep", action="store_true", help="make what the development set reaches the new baseline"
    )
    return parser.parse_args()


def _measure(collection: Collection, *, details: int, keep: bool) -> None:
    rankings = answers(collection)
    found = {name: scores(collection, answer) for name, answer in rankings.items()}
    _say(table(collection, found))
    if details:
        name, answer = list(rankings.items())[-1]
        _say((f"The worst answers with {name}:", *worst(collection, answer, details)))
    if keep:
        baseline.keep(found)


def _say(lines: Iterable[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    main()
