"""Run the platform: the web server, and the worker that does what changes leave behind."""

import gc
import os
import signal
import threading
from types import FrameType

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from passerelle.cli.demo import who_can_sign_in
from passerelle.cli.opening import demand_schema, let_go, make_vectors, open_app, opened, readable
from passerelle.cli.setup import prepare
from passerelle.web.keeper import work_forever, work_once
from passerelle.web.services import services

EVERY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104 (recognised here, never a default)
OWNER_ONLY = 0o077


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn around an application that is made once, before the processes part."""

    def __init__(self, app: Flask, options: dict[str, object]) -> None:
        self.app = app
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand our options over; no file and no variable of gunicorn's own is read."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application."""
        return self.app


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HOST", help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--demo", is_flag=True, help="First do what `init --demo` does.")
def serve(host: str, port: int, workers: int, demo: bool) -> None:
    """Start the web server (gunicorn) and say where to look. SIGTERM and Ctrl-C end it."""
    where = f"[{host}]" if ":" in host else host
    here = "127.0.0.1" if host in EVERY_ADDRESS else where
    os.environ["PASSERELLE_BASE_URL"] = os.environ.get("PASSERELLE_BASE_URL") or f"http://{here}:{port}"
    with readable():
        app = open_app()
        lines = _ready(app, demo=demo)
    options = {
        "bind": f"{where}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": 4,
        "preload_app": True,
        "umask": OWNER_ONLY,
        "loglevel": "warning",
        "control_socket_disable": True,
        "forwarder_headers": "",  # else whoever sends SCRIPT_NAME from this machine decides where links lead
        "when_ready": lambda _server: click.echo("\n".join(lines)),
    }
    Server(app, options).run()


def _ready(app: Flask, *, demo: bool) -> list[str]:
    """Prepare or check the platform; answers what to say when it listens.

    What reads meanings is loaded now, once for all processes. No connection and no file of the index is left
    open: processes must not share them.
    """
    with app.app_context():
        platform = services()
        if demo:
            prepare(platform, demo=True)
        demand_schema(platform)
        lines = [f"Passerelle is at {platform.settings.base_url} (stop it with Ctrl-C)"]
        lines += who_can_sign_in(platform)
        if platform.vectors:
            platform.vectors.prepare()
        let_go(platform)
    gc.freeze()  # what is never looked at again stays shared by the processes: 20 MB each, measured
    return lines


@click.command()
@click.option("--once", is_flag=True, help="Do what is waiting, then stop.")
def worker(once: bool) -> None:
    """Do what changes left to be done: index and mails. The web server then has PASSERELLE_JOBS=worker."""
    with opened() as platform:
        if once:
            click.echo(f"{work_once(platform)} jobs done")
            make_vectors(platform)
            return
        stop = threading.Event()

        def leave(_signal: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
        click.echo("Working; stop with Ctrl-C")
        work_forever(platform, stop)
