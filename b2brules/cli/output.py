"""The two places that the command line writes to: answers, and messages about what went wrong."""

from __future__ import annotations

import io
import os
import re
import sys
from typing import TextIO

# Control characters, line breaks, and what turns the direction of writing.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class CannotRunError(Exception):
    """The command could not do what it was asked for; its text is one message for people."""


class CannotReadError(CannotRunError):
    """A file could not be opened; others perhaps can."""


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says, and never fail over a file name that is no text."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write(text: str) -> None:
    """Write an answer to standard output.

    Raises:
        BrokenPipeError: Nobody reads it any more.
        CannotRunError: It cannot be written.
    """
    if sys.stdout is None:
        raise CannotRunError("cannot write the output: standard output is closed")
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot_write(error) from None


def flush() -> None:
    """Make sure that everything has been written; raises as :func:`write` does."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot_write(error) from None


def say_problem(message: str) -> None:
    """Write a message to standard error, on one line that any terminal can print.

    Where nobody can be told, the exit status has to do.
    """
    if sys.stderr is None:
        return
    printable = _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", message)
    try:
        sys.stderr.write(f"{printable}\n")
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def discard_output() -> None:
    """Send what is still to be written to nowhere, so that Python does not complain at its end."""
    _discard(sys.stdout)


def reason(error: OSError) -> str:
    """Return why the system refused, as our messages say it."""
    return (error.strerror or "it cannot be used").lower()


def _discard(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _cannot_write(error: OSError) -> CannotRunError:
    discard_output()
    return CannotRunError(f"cannot write the output: {reason(error)}")
