"""Putting a new file in the place of an old one, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from b2brules.cli.output import CannotRunError, reason


def replace_file(path: str, data: bytes) -> None:
    """Replace what a file holds; a link to it stays a link, and who may read it stays the same.

    Raises:
        CannotRunError: It cannot be written; it is then as it was.
    """
    file = Path(os.path.realpath(path))
    beside = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=file.parent, prefix=f".{file.name}.", delete=False
        ) as stream:
            beside = Path(stream.name)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(file, beside)
        beside.replace(file)
    except OSError as error:
        raise CannotRunError(f"cannot write `{path}`: {reason(error)}") from None
    finally:
        # After the rename there is nothing left to delete.
        if beside is not None:
            with contextlib.suppress(OSError):
                beside.unlink()
