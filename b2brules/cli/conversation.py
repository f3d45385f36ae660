"""Talking with somebody at a terminal, or with whatever stands behind a pipe.

What is asked and said goes to standard error, so that standard output has the answer alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Literal

from b2brules.advice.wrapping import width_of, wrap
from b2brules.facts.values import printable

WIDTH = 80
LONGEST = 64 * 1024


class UnreadableError(Exception):
    """A line that is no text.

    Args:
        reason: ``too long``, or ``not text``: bytes that are not UTF-8.
    """

    def __init__(self, reason: Literal["too long", "not text"]) -> None:
        super().__init__(reason)
        self.reason = reason


class Conversation:
    """Asks on the terminal, and reads lines until the input ends."""

    def __init__(self) -> None:
        self._is_at_terminal = sys.stdin is not None and sys.stdin.isatty()
        # Python edits the line only where it also writes to a terminal.
        self._edits = self._is_at_terminal and sys.stdout.isatty()
        if self._edits:
            import readline  # noqa: F401 - `input` uses it once it is there

    def say(self, text: str = "", first: str = "") -> None:
        """Write a paragraph behind ``first``, no line wider than a terminal."""
        lines = wrap(text, WIDTH, first=first) if text else [""]
        sys.stderr.write("".join(f"{line}\n" for line in lines))

    def show(self, text: str) -> None:
        """Write lines as they are."""
        sys.stderr.write(text)

    def say_options(self, options: Iterable[str], indent: str) -> None:
        """Write options side by side if they fit on a line, else below one another."""
        listed = list(options)
        line = indent + " · ".join(listed)
        if width_of(line) <= WIDTH:
            self.say(line.strip(), indent)
        else:
            for option in listed:
                self.say(option, indent)

    def ask(self, prompt: str) -> str:
        """Return the next line without the blanks around it.

        Raises:
            EOFError: There are no more lines.
            UnreadableError: It is no text, or too long.
        """
        sys.stderr.flush()
        try:
            line = input(prompt) if self._edits else self._read(prompt)
        except (EOFError, KeyboardInterrupt):
            sys.stderr.write("\n")
            raise
        if not self._is_at_terminal:
            # Nobody has typed it here; a transcript is to show it all the same.
            sys.stderr.write(f"{printable(line.strip())}\n")
        return line.strip()

    def _read(self, prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        # A program that was started without any input has nothing to say.
        line = b"" if sys.stdin is None else sys.stdin.buffer.readline(LONGEST + 1)
        if not line:
            raise EOFError
        rest = line
        while len(rest) > LONGEST and not rest.endswith(b"\n"):
            rest = sys.stdin.buffer.readline(LONGEST + 1)
        if len(line) > LONGEST:
            sys.stderr.write("\n")
            raise UnreadableError("too long")
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            sys.stderr.write("\n")
            raise UnreadableError("not text") from None
