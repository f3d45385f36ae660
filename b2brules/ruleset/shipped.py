"""Where the rulesets are that come with the library."""

from __future__ import annotations

import os
from collections.abc import Mapping
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


def overlay_at(path: str | os.PathLike[str]) -> Path:
    """Find an overlay: a path, or where there is nothing, the name of one that is shipped."""
    place = Path(path)
    shipped = shipped_overlays().get(str(path))
    return place if shipped is None or place.exists() else shipped


def shipped_overlays() -> Mapping[str, Path]:
    """Find the overlays that come with the library, by name."""
    files = sorted((shipped_rulesets() / "overlays").glob("*.yaml"))
    return {file.stem: file for file in files if not file.name.endswith(".cases.yaml")}
