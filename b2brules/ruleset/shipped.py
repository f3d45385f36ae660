"""Where the rulesets are that come with the library."""

from __future__ import annotations

from pathlib import Path


def shipped_rulesets() -> Path:
    """Find the folder of the shipped rulesets.

    An installed wheel carries it inside the package; a checkout has it beside the package.

    Raises:
        FileNotFoundError: It is in neither place, so the installation is broken.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "rulesets", package.parent / "rulesets"):
        if (folder / "sources.yaml").is_file():
            return folder
    raise FileNotFoundError("the rulesets that come with the library are missing; install it again")
