"""Measure whole search pages as shares of the requests a second of a "hello world" on the same server."""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from bench.generator import SEED, lines
from bench.platforms import Platform, wait_for
from bench.queries import questions
from bench.served import KEEPS

CLIENTS = 4  # connections, each of a process of its own, kept alive
SECONDS = 1.0  # of one round with one server
ROUNDS = 7
TARGETS = {"nothing kept": 0.30, "parts kept": 0.65, "page kept": 1.0, "not modified": 1.0}
GUNICORN = ("--workers", "2", "--log-level", "warning")
KINDS = {
    "gthread": ("--worker-class", "gthread", "--threads", "4"),  # as `passerelle serve` runs it
    "sync": ("--worker-class", "sync"),  # as gunicorn runs by itself: a connection for every request
}
"""The kinds of server the pages are measured on."""


@dataclass(frozen=True)
class Served:
    """One server: what it is called in the table, its port, and the requests that are made of it."""

    name: str
    port: int
    requests: tuple[bytes, ...]
    keeps_connections: bool = True

    def rate(self, seconds: float) -> float:
        """Requests a second that it answers to all clients together."""
        work = get_context("fork")
        counted = work.Queue()
        clients = [
            work.Process(target=_ask, args=(self, start, seconds, counted)) for start in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        answered = sum(counted.get(timeout=seconds + 60) for _client in clients)
        for client in clients:
            client.join()
        return float(answered / seconds)


def shares(
    platform: Platform, addresses: Sequence[str], rounds: int = ROUNDS, kind: str = "gthread"
) -> dict[str, float]:
    """The share of each kind of page, as a median of `rounds` in which all take turns, by their names.

    `kind` is one of `KINDS`.

    `hello world` is there with its requests a second, to tell how fast the machine is.
    """
    with ExitStack() as running:
        servers = [running.enter_context(server) for server in _servers(platform, addresses, kind)]
        hello, pages = servers[0], [*servers[1:], _not_modified(servers[-1], addresses)]
        found: dict[str, list[float]] = {each.name: [] for each in [hello, *pages]}
        for each in pages:
            _warm(each)
        for _round in range(rounds):
            bare = hello.rate(SECONDS)
            found[hello.name].append(bare)
            for each in pages:
                found[each.name].append(each.rate(SECONDS) / bare)
    return {name: median(values) for name, values in found.items()}


def _warm(served: Served) -> None:
    """Ask until it answers as fast as it ever will: at first it opens files and fills what it keeps."""
    before = 0.0
    while (now := served.rate(3 * SECONDS)) > 1.2 * before:
        before = now


def _servers(
    platform: Platform, addresses: Sequence[str], kind: str
) -> Iterator[AbstractContextManager[Served]]:
    yield _running("hello world", "bench.served:hello", {}, ["/"], kind)
    for name, keeps in (("nothing kept", "nothing"), ("parts kept", "parts"), ("page kept", "pages")):
        environment = {**platform.environment, KEEPS: keeps, "PASSERELLE_JOBS": "worker"}
        yield _running(name, "bench.served:ours()", environment, addresses, kind)


@contextmanager
def _running(
    name: str, what: str, environment: Mapping[str, str], addresses: Sequence[str], kind: str
) -> Iterator[Served]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", what, "--bind", f"127.0.0.1:{port}", *GUNICORN, *KINDS[kind]]
    root = Path(__file__).parents[1]
    server = subprocess.Popen(command, env={**os.environ, **environment}, cwd=root)  # noqa: S603 (our own command)
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        yield Served(name, port, tuple(_request(each) for each in addresses), kind != "sync")
    finally:
        server.terminate()
        server.wait()


def _request(address: str, *headers: str) -> bytes:
    return "\r\n".join([f"GET {address} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode()


def _not_modified(served: Served, addresses: Sequence[str]) -> Served:
    """The same server, asked by browsers that have each page already."""
    tags = []
    for request in served.requests:
        with socket.create_connection(("127.0.0.1", served.port)) as connection:
            tags.append(_tag(_exchange(connection, request)))
    requests = [
        _request(address, f"If-None-Match: {tag}") for address, tag in zip(addresses, tags, strict=True)
    ]
    return Served("not modified", served.port, tuple(requests), served.keeps_connections)


def _tag(head: bytes) -> str:
    for line in head.decode("latin-1").split("\r\n"):
        if line.lower().startswith("etag:"):
            return line.split(":", 1)[1].strip()
    raise RuntimeError(f"no ETag: {head!r}")


def _ask(served: Served, start: int, seconds: float, counted: "object") -> None:
    """Ask its requests in turns for so many seconds, and say how many were answered."""
    answered, connection = 0, _connected(served)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        head = _exchange(connection, served.requests[(start + answered) % len(served.requests)])
        if head[9:12] not in (b"200", b"304"):
            raise RuntimeError(f"answered {head[:80]!r}")
        answered += 1
        if not served.keeps_connections:
            connection.close()
            connection = _connected(served)
    connection.close()
    counted.put(answered)  # type: ignore[attr-defined]  # a queue of multiprocessing


def _connected(served: Served) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", served.port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _exchange(connection: socket.socket, request: bytes) -> bytes:
    """The head of the answer to `request`; its body is read to the end."""
    connection.sendall(request)
    head, body = b"", b""
    while not body and b"\r\n\r\n" not in head:
        received = connection.recv(262_144)
        if not received:
            raise RuntimeError("the server closed the connection")
        head += received
    head, _mark, body = head.partition(b"\r\n\r\n")
    low = head.lower()
    if b"\r\ncontent-length:" in low:
        left = int(low.split(b"\r\ncontent-length:")[1].split(b"\r\n")[0]) - len(body)
        while left > 0:
            left -= len(connection.recv(262_144))
    return head


def show(found: Mapping[str, float]) -> None:
    """Print what `shares` found, each beside its target."""
    out = sys.stdout.write
    out(f"{'hello world, requests/s':<28}{found['hello world']:>8.0f}\n")
    for name, target in TARGETS.items():
        met = "ok" if found[name] >= target else "MISSED"
        out(f"{'page, ' + name + ', share':<28}{found[name]:>8.2f}   at least {target:.2f}: {met}\n")
    sys.stdout.flush()


def main() -> None:
    """Set up a platform of made-up sheets in a temporary folder, and print the shares of its pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="how many sheets")
    parser.add_argument("--queries", type=int, default=4, help="questions of each of the ten kinds")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--kind", choices=KINDS, default="gthread", help="the kind of server")
    parser.add_argument("--platform", type=Path, help="a platform that is there already")
    asked = parser.parse_args()
    addresses = [each.address for each in questions(asked.queries, SEED)]
    with tempfile.TemporaryDirectory(prefix="passerelle-bench-") as folder:
        platform = Platform(asked.platform or Path(folder))
        if not asked.platform:
            platform.run("init")
            file = platform.folder / "sheets.jsonl"
            file.write_text("".join(line + "\n" for line in lines(asked.size, SEED)), encoding="utf-8")
            platform.run("import", str(file), "--publish")
        show(shares(platform, addresses, asked.rounds, asked.kind))


if __name__ == "__main__":
    main()
