"""The command `passerelle`: set-up, serving, the worker, people, search, checks, import and export."""

from passerelle.cli.main import main

__all__ = ["main"]
