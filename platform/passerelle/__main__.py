"""Run the command line as `python -m passerelle`."""

from passerelle.cli import main

main()
