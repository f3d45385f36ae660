"""What can be wrong with a cell, a condition or a formula."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from attrs import frozen


@frozen(kw_only=True)
class Mistake:
    """One mistake in a piece of rule text.

    Args:
        code: Stable and documented in ``docs/checks.md``: ``unknown-name``.
        message: What is wrong, lower case, the author's words in backticks.
        help: What to do about it, or ``None``.
        start: Offset of the first wrong character in the text.
        end: Offset behind the last one.
    """

    code: str
    message: str
    help: str | None
    start: int
    end: int


class LanguageError(Exception):
    """A piece of rule text has mistakes; ``mistakes`` lists all that were found."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("; ".join(mistake.message for mistake in mistakes))
        self.mistakes = mistakes


def suggestion(word: str, names: Iterable[str]) -> str | None:
    """Return ``did you mean `x`?`` for the name most like the word, ``None`` if none is."""
    found = difflib.get_close_matches(word, list(names), 1)
    return f"did you mean `{found[0]}`?" if found else None


def wrong(code: str, message: str, help_: str | None, span: tuple[int, int]) -> LanguageError:
    """Return the error for one mistake; what cannot be printed in its words is escaped."""
    mistake = Mistake(
        code=code,
        message=_printable(message),
        help=None if help_ is None else _printable(help_),
        start=span[0],
        end=span[1],
    )
    return LanguageError((mistake,))


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)
