"""The command as a process: its exit status, its lines about settings, the server and the worker."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import pytest

from passerelle import __version__
from tests.cli.conftest import Call, Environment

LONG = 60.0  # seconds; a machine under load is slow, and nothing here is about speed
CHECKOUT = Path(__file__).parent.parent.parent


def started(words: Sequence[str], environment: Environment) -> "subprocess.Popen[str]":
    """`python -m passerelle` with these words, in an environment with nothing else of ours."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PASSERELLE")}
    return subprocess.Popen(
        [sys.executable, "-m", "passerelle", *words],
        env={**inherited, "PYTHONPATH": str(CHECKOUT / "platform"), **environment},
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(words: Sequence[str], environment: Environment) -> tuple[int, str, str]:
    """Exit status, output and error output of a command that ends by itself."""
    with started(words, environment) as process:
        out, err = process.communicate(timeout=LONG)
    return process.returncode, out, err


def a_free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answer_of(address: str, process: "subprocess.Popen[str]") -> int:
    """The status that `address` answers as soon as it answers at all."""
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=LONG) as response:  # noqa: S310 (our own http address)
                return int(response.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            time.sleep(0.1)
    return 0


def test_the_version_is_printed_by_the_module() -> None:
    assert run(["--version"], {}) == (0, f"passerelle, version {__version__}\n", "")


def test_settings_that_cannot_be_used_are_one_line_each_and_status_2() -> None:
    status, out, err = run(
        ["check"],
        {
            "PASSERELLE_ENV": "production",
            "PASSERELLE_JOBS": "sometimes",
            "DATABASE_URL": "mysql://host/db",
            "SECRET_KEY": "short",
            "MAIL_URL": "pigeon:",
            "PASSERELLE_BASE_URL": "passerelle.example",
        },
    )

    lines = err.splitlines()
    assert (status, out) == (2, "")
    assert all(line.startswith("passerelle: ") for line in lines)
    for name in ("PASSERELLE_JOBS", "DATABASE_URL", "SECRET_KEY", "MAIL_URL", "PASSERELLE_BASE_URL"):
        assert len([line for line in lines if name in line]) == 1


@pytest.mark.parametrize("secret", ["", "short", "changeme" * 5, "a" * 40])
def test_production_refuses_a_weak_secret(call: Call, prepared: Environment, secret: str) -> None:
    result = call({**prepared, "PASSERELLE_ENV": "production", "SECRET_KEY": secret}, "check")

    assert result.exit_code == 2
    assert result.stderr.startswith("passerelle: SECRET_KEY is ")
    assert len(result.stderr.splitlines()) == 1


def test_check_ends_with_1_when_something_is_wrong(prepared: Environment) -> None:
    status, out, _ = run(["check"], prepared)

    assert status == 1
    assert out.splitlines()[-1] == "1 findings."


def test_the_server_answers_and_ends_cleanly_when_told_to(nothing_yet: Environment) -> None:
    port = a_free_port()
    environment = {**nothing_yet, "PASSERELLE_ENV": "development", "PASSERELLE_BASE_URL": ""}
    with started(["serve", "--demo", "--port", str(port), "--workers", "2"], environment) as server:
        try:
            healthy = answer_of(f"http://127.0.0.1:{port}/healthz", server)
            ready = answer_of(f"http://127.0.0.1:{port}/readyz", server)
        finally:
            server.send_signal(signal.SIGTERM)
            out, err = server.communicate(timeout=LONG)

    assert (healthy, ready, server.returncode) == (200, 200, 0), err
    assert f"Passerelle is at http://127.0.0.1:{port} (stop it with Ctrl-C)" in out
    assert "manager@demo.example" in out
    assert "demo-accounts.json" in out
    assert "Traceback" not in err


def test_who_asks_the_server_does_not_decide_where_links_lead(nothing_yet: Environment) -> None:
    """gunicorn would believe what programs of the same machine say of the place of the application."""
    port = a_free_port()
    environment = {**nothing_yet, "PASSERELLE_ENV": "development", "PASSERELLE_BASE_URL": ""}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/fr/sheets", headers={"SCRIPT_NAME": "/fr"})
    with started(["serve", "--demo", "--port", str(port), "--workers", "1"], environment) as server:
        try:
            answer_of(f"http://127.0.0.1:{port}/healthz", server)
            with urllib.request.urlopen(asked, timeout=LONG) as response:  # noqa: S310 (as above)
                page = response.read().decode()
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=LONG)

    assert 'href="/fr/sheets' in page
    assert "/fr/fr/" not in page


def test_the_worker_does_what_waits_and_ends_when_told_to(call: Call, nothing_yet: Environment) -> None:
    call(nothing_yet, "init")
    call(nothing_yet, "users", "invite", "new@commune.example", "--administrator")
    with started(["worker"], nothing_yet) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "Working; stop with Ctrl-C\n"
        worker.send_signal(signal.SIGTERM)
        _, err = worker.communicate(timeout=LONG)

    assert (worker.returncode, err) == (0, "")


def test_the_worker_does_once_what_waits(call: Call, nothing_yet: Environment) -> None:
    call(nothing_yet, "init")

    result = call(nothing_yet, "worker", "--once")

    assert (result.exit_code, result.stdout) == (0, "0 jobs done\n")
