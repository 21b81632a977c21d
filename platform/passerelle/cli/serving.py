"""Run the platform: the web server, and the worker that does what changes leave behind."""

import os
import signal
import sys
import threading
from types import FrameType

import click

from passerelle.cli.demo import who_can_sign_in
from passerelle.cli.opening import open_app, opened
from passerelle.web.keeper import work_forever, work_once


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HOST", help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Start the web server (gunicorn) and say where to look."""
    os.environ.setdefault("PASSERELLE_BASE_URL", f"http://{host}:{port}")
    with opened() as platform:
        address = platform.settings.base_url
        click.echo(f"Passerelle is at {address} (stop it with Ctrl-C)")
        for line in who_can_sign_in(platform):
            click.echo(line)
        platform.engine.dispose()
    sys.stdout.flush()
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    program = [sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", str(workers), "--threads", "4"]
    quiet = ["--log-level", "warning", "--no-control-socket", "passerelle.web.app:create_app()"]
    os.execv(sys.executable, program + quiet)  # noqa: S606 (our own interpreter, no shell)


@click.command()
@click.option("--once", is_flag=True, help="Do what is waiting, then stop.")
def worker(once: bool) -> None:
    """Do what changes left to be done: index and mails. The web server then has PASSERELLE_JOBS=worker."""
    app = open_app()
    if once:
        with opened() as platform:
            click.echo(f"{work_once(platform)} jobs done")
        return
    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    with opened() as platform, app.app_context():
        click.echo("Working; stop with Ctrl-C")
        work_forever(platform, stop)
