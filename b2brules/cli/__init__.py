"""The command line: one verb, one file."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; see :func:`b2brules.cli.command.main`."""
    try:
        # Not above: Ctrl-C while this is imported ends in one line too.
        from b2brules.cli.command import main as run
    except KeyboardInterrupt:
        sys.stderr.write("b2brules: stopped\n")
        return 130
    return run(arguments)
