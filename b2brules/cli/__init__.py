"""The command line: one verb, one file."""

from b2brules.cli.command import main

__all__ = ["main"]
