"""One engine in a process of its own, told what to do in lines of JSON (`python -m bench.peers.worker`)."""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.documents import document_of, documents
from bench.generator import SEED, sheet
from bench.peers.port import Asked, Peer
from bench.peers.questions import Asker
from passerelle.search.documents import SearchDocument

PEERS = {
    "passerelle": "bench.peers.ours:Passerelle",
    "literal": "bench.peers.ours:Literal",
    "nearness": "bench.peers.ours:Nearness",
    "tantivy": "bench.peers.tantivy_peer:Tantivy",
    "FTS5": "bench.peers.fts5:Fts5",
}
Order = dict[str, Any]  # Any: JSON
MARK = "zzvisible"


def peer(name: str) -> Peer:
    """A new engine of that name; only its own packages are imported."""
    module, _, kind = PEERS[name].partition(":")
    made: Peer = getattr(import_module(module), kind)()
    return made


class Clocked:
    """Sheets one after the other, and the seconds it took to make them."""

    def __init__(self, made: Iterator[SearchDocument]) -> None:
        self._made = made
        self.took = 0.0

    def __iter__(self) -> Iterator[SearchDocument]:
        while True:
            began = time.perf_counter()
            document = next(self._made, None)
            self.took += time.perf_counter() - began
            if document is None:
                return
            yield document


class Worker:
    """Does the orders for one engine and answers with figures."""

    def __init__(self, engine: Peer, seed: str) -> None:
        self._engine = engine
        self._seed = seed
        self._asked = list(Asker(seed).questions())

    def build(self, order: Order) -> Order:
        """Sheets a second, the making of the sheets themselves left out."""
        size = order["size"]
        made = Clocked(documents(size, self._seed))
        began = time.perf_counter()
        self._engine.build(made, Path(order["place"]))
        return {"rate": size / (time.perf_counter() - began - made.took)}

    def open(self, order: Order) -> Order:
        """Milliseconds until it can search."""
        began = time.perf_counter()
        self._engine.open(Path(order["place"]))
        took = time.perf_counter() - began
        gc.collect()
        gc.freeze()
        return {"ms": took * 1e3}

    def search(self, order: Order) -> Order:
        """Milliseconds of one answer, and what it says."""
        asked: Asked = self._asked[order["question"]]
        began = time.perf_counter()
        found = self._engine.search(asked)
        took = time.perf_counter() - began
        return {"ms": took * 1e3, "total": found.total, "hits": len(found.hits)}

    def update(self, order: Order) -> Order:
        """Milliseconds until a changed sheet is found; `wrong` when it is not."""
        mark = f"{MARK}{order['mark']}"
        line = sheet(order["sheet"], self._seed)
        document = document_of(order["sheet"] + 1, line)
        changed = replace(document, title=f"{mark} {document.title}")
        began = time.perf_counter()
        self._engine.update(changed)
        found = self._engine.search(Asked("update", (mark,)))
        took = time.perf_counter() - began
        return {"ms": took * 1e3, "wrong": [hit[0] for hit in found.hits] != [document.number]}

    def memory(self, _order: Order) -> Order:
        """Megabytes held in memory, mapped files included."""
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return {"mb": int(line.split()[1]) / 1024}
        return {"mb": 0.0}


def main() -> None:
    """Read orders, write answers."""
    out, sys.stdout = sys.stdout, sys.stderr
    name, seed = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else SEED
    worker = Worker(peer(name), seed)
    deeds: dict[str, Callable[[Order], Order]] = {
        each.__name__: each
        for each in (worker.build, worker.open, worker.search, worker.update, worker.memory)
    }
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = deeds[order["do"]](order)
        except Exception as problem:  # told to the comparison, which stops with it
            answer = {"error": repr(problem)}
        out.write(json.dumps(answer) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
