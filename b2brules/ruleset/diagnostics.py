"""What is wrong with rule files, as data first: every finding has a place, a code and a remedy."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence

from attrs import field, frozen

from b2brules.language import LanguageError, suggestion
from b2brules.ruleset.located import Located, Place


@frozen(kw_only=True)
class Diagnostic:
    """One problem of a rule file.

    Args:
        path: The file, as the caller named it or the folder that it was found in.
        line: The line, counted from 1.
        column: The column, counted from 1 in characters.
        length: How many characters of the line are meant.
        code: Stable, and explained in ``docs/checks.md``: ``unknown-outcome``.
        message: What is wrong, lower case, the author's words in backticks.
        help: What to do about it, or ``None``.
        excerpt: The line itself, or ``None`` where the file could not be read.
    """

    path: str
    line: int
    column: int
    length: int
    code: str
    message: str
    help: str | None = None
    excerpt: str | None = field(default=None, eq=False, repr=False)


MAXIMUM_FINDINGS = 1000


class RulebookError(Exception):
    """The rule files have problems; ``diagnostics`` lists all of them, sorted by place."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        first = self.diagnostics[0]
        text = f"{first.path}:{first.line}:{first.column}: {first.message}"
        others = len(self.diagnostics) - 1
        super().__init__(f"{text} (and {others} more)" if others else text)


class Findings:
    """Collects the problems of all files while they are read."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[str, ...]] = {}
        self._found: dict[Diagnostic, None] = {}
        self._broken: set[str] = set()
        self._files_lost = False

    def add_file(self, path: str, lines: tuple[str, ...]) -> None:
        """Keep the lines of a file to show them beside its problems."""
        self._lines[path] = lines

    def lose_file(self) -> None:
        """Note that a file could not be read, so names that are missing may stand in it."""
        self._files_lost = True

    def lose_name(self, name: str) -> None:
        """Note a name whose definition is wrong, so that its readers are not blamed."""
        self._broken.add(name)

    def has_lost(self, name: str) -> bool:
        """Tell whether ``name`` may be defined in something that could not be read."""
        return self._files_lost or name in self._broken

    def whole_line(self, place: Place) -> Place:
        """Return the text of the line in which a place stands."""
        lines = self._lines.get(place.path, ())
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        column = len(line) - len(line.lstrip()) + 1
        length = max(len(line.strip()), 1)
        return Place(path=place.path, line=place.line, column=column, length=length)

    def report(self, place: Place, *, code: str, message: str, help: str | None = None) -> None:
        """Add a problem; the same problem twice is kept once."""
        lines = self._lines.get(place.path, ())
        excerpt = lines[place.line - 1] if 0 < place.line <= len(lines) else None
        diagnostic = Diagnostic(
            path=place.path,
            line=place.line,
            column=place.column,
            length=place.length,
            code=code,
            message=message,
            help=help,
            excerpt=excerpt,
        )
        # Nobody reads more, and a hostile file could have a million.
        if len(self._found) < MAXIMUM_FINDINGS:
            self._found.setdefault(diagnostic)

    def report_mistakes(self, text: Located, error: LanguageError) -> None:
        """Add the mistakes of a cell, a condition or a formula at their places in the file."""
        for mistake in error.mistakes:
            word = text.text[mistake.start : mistake.end]
            if mistake.code == "unknown-name" and self.has_lost(word.split(".")[-1]):
                continue
            place = text.at(mistake.start, mistake.end)
            self.report(place, code=mistake.code, message=mistake.message, help=mistake.help)

    def rewrite(self, change: Callable[[Diagnostic], Diagnostic]) -> None:
        """Put another in the place of each problem."""
        self._found = dict.fromkeys(map(change, self._found))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found so far, sorted by place."""
        return tuple(sorted(self._found, key=_order))

    def raise_if_any(self) -> None:
        """Stop if there are problems.

        Raises:
            RulebookError: There are; it has all of them.
        """
        if self._found:
            raise RulebookError(self.diagnostics)


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    return (
        diagnostic.path,
        diagnostic.line,
        diagnostic.column,
        diagnostic.code,
        diagnostic.message,
    )


def nearest(word: str, options: Sequence[str]) -> str | None:
    """Return which of ``options`` may have been meant, or ``None`` where nothing is near."""
    near = difflib.get_close_matches(word, options, n=1)
    return near[0] if near else None


def suggest_or_list(word: str, options: Sequence[str]) -> str:
    """Say which of a few ``options`` may have been meant, else name them all."""
    return suggestion(word, options) or "write one of " + ", ".join(f"`{name}`" for name in options)
