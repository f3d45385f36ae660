"""Where the deal of an interview goes, so that no answer is ever lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from b2brules.cli.output import CannotRunError, flush, reason, say_problem, write

ENDING = ".part"


class Keeper:
    """Keeps the deal in `FILE.part` after every answer, and puts it in `FILE` at the end.

    The file itself is never half written: it is there as it was, or whole. Without a file the deal
    goes to standard output, in one piece, when the interview ends in whatever way.

    Args:
        path: The file to write, or `None` for standard output.
        deal: The file that the interview begins with, if there is one.

    Raises:
        CannotRunError: The file cannot be written, or would replace one that has something in it.
    """

    def __init__(self, path: str | None, deal: str | None) -> None:
        self._file = None if path is None else Path(os.path.realpath(path))
        self._name = path or ""
        self._part: Path | None = None
        if self._file is None or path is None:
            return
        if self._file.is_dir():
            raise CannotRunError(f"cannot write `{path}`: it is a folder")
        if self._file.exists() and not self._file.is_file():
            # A device or a pipe takes what it is given; nothing can be put in its place.
            return
        self._part = self._file.with_name(self._file.name + ENDING)
        begun = None if deal is None else Path(os.path.realpath(deal))
        if begun != self._part and self._part.exists():
            raise CannotRunError(
                f"`{path}{ENDING}` is there from an interview that broke off; go on with "
                f"`b2brules ask {path}{ENDING} --out {path}`, or delete it"
            )
        if begun not in (self._file, self._part) and _has_something(self._file):
            raise CannotRunError(
                f"`{path}` is there already; to go on with it, write "
                f"`b2brules ask {path} --out {path}`"
            )
        self._begun_with_part = begun == self._part
        if not self._begun_with_part:
            try:
                self._part.touch(exist_ok=False)
            except OSError as error:
                raise CannotRunError(f"cannot write `{path}`: {reason(error)}") from None

    def keep(self, deal: str) -> None:
        """Keep the deal as it is now."""
        if self._part is None:
            return
        try:
            _replace(self._part, deal)
        except OSError as error:
            # The answers are still in memory, and the end may find a way to write them.
            say_problem(f"b2brules: cannot keep the answers so far: {reason(error)}")

    def finish(self, deal: str) -> None:
        """Write the deal to its place.

        Raises:
            CannotRunError: It cannot be written; standard output has it then.
        """
        if self._file is None:
            # What is said next goes another way, and is to come after it.
            write(deal)
            flush()
            return
        try:
            if self._part is None:
                self._file.write_text(deal, encoding="utf-8")
            else:
                _replace(self._part, deal)
                if self._file.exists():
                    shutil.copymode(self._file, self._part)
                self._part.replace(self._file)
        except OSError as error:
            write(deal)
            raise CannotRunError(f"cannot write `{self._name}`: {reason(error)}") from None

    def stop(self, deal: str, *, has_answers: bool) -> None:
        """End an interview that somebody broke off: no answer is lost, no file is replaced."""
        if self._part is None:
            if has_answers:
                self.finish(deal)
        elif has_answers:
            self.keep(deal)
            part = f"{self._name}{ENDING}"
            say_problem(
                f"b2brules: the answers so far are in `{part}`; go on with "
                f"`b2brules ask {part} --out {self._name}`"
            )
        elif not self._begun_with_part:
            self._part.unlink(missing_ok=True)


def _has_something(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0


def _replace(file: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
