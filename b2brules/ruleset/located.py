"""Text together with the places in a file that it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import field, frozen

_BLANK = re.compile(r"\s+")


@frozen(kw_only=True)
class Place:
    """A stretch of one line of a file: lines and columns count characters from 1."""

    path: str
    line: int
    column: int
    length: int = 1


@frozen(kw_only=True)
class Run:
    """Text from one line of a file.

    Args:
        width: How many characters it takes up in the file; this differs from the length of
            ``text`` where the text was put in the place of something else.
    """

    text: str
    line: int
    column: int
    width: int


def write_run(text: str, line: int, column: int) -> Run:
    """Make a run of text that stands in the file as it is."""
    return Run(text=text, line=line, column=column, width=len(text))


@frozen
class Located:
    """Text made of runs, so that an offset into it leads back to the file."""

    path: str
    runs: tuple[Run, ...]
    text: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(run.text for run in self.runs))

    @property
    def place(self) -> Place:
        """Where it stands, as far as its first line goes."""
        return self.at(0, len(self.text))

    @property
    def folded(self) -> str:
        """The text with every stretch of white space made one space."""
        return _BLANK.sub(" ", self.text).strip()

    def at(self, start: int, end: int) -> Place:
        """Find where the characters from ``start`` to ``end`` stand, as far as one line goes."""
        offset = 0
        for run in self.runs:
            behind = offset + len(run.text)
            if start < behind:
                if run.width != len(run.text):
                    return self._place(run.line, run.column, run.width)
                column = run.column + start - offset
                return self._place(run.line, column, min(end, behind) - start)
            offset = behind
        last = self.runs[-1]
        return self._place(last.line, last.column + last.width, 1)

    def slice(self, start: int, end: int) -> Located:
        """Take the characters from ``start`` to ``end``."""
        if len(self.runs) == 1 and self.runs[0].width == len(self.text):
            run = self.runs[0]
            text = self.text[start:end]
            return Located(self.path, (write_run(text, run.line, run.column + start),))
        taken: list[Run] = []
        offset = 0
        for run in self.runs:
            first = max(start - offset, 0)
            last = min(end - offset, len(run.text))
            offset += len(run.text)
            if first >= last:
                continue
            whole = run.width != len(run.text)
            text = run.text[first:last]
            column = run.column if whole else run.column + first
            width = run.width if whole else len(text)
            taken.append(Run(text=text, line=run.line, column=column, width=width))
        if not taken:
            place = self.at(start, start)
            taken.append(write_run("", place.line, place.column))
        return Located(self.path, tuple(taken))

    def strip(self) -> Located:
        """Leave out white space at both ends."""
        if not self.text[:1].isspace() and not self.text[-1:].isspace():
            return self
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(len(self.text.rstrip()), start))

    def replace(self, old: str, new: str) -> Located:
        """Put ``new`` wherever ``old`` stands; its place is then that of ``old``."""
        runs: list[Run] = []
        for run in self.runs:
            column = run.column
            for index, part in enumerate(run.text.split(old)):
                if index:
                    runs.append(Run(text=new, line=run.line, column=column, width=len(old)))
                    column += len(old)
                runs.append(write_run(part, run.line, column))
                column += len(part)
        return Located(self.path, tuple(runs))

    def cover(self, text: str) -> Located:
        """Return another text that is said to stand where this one does."""
        place = self.place
        run = Run(text=text, line=place.line, column=place.column, width=place.length)
        return Located(self.path, (run,))

    def split(self, separator: str) -> tuple[Located, ...]:
        """Cut it at each ``separator``; the parts are stripped."""
        parts: list[Located] = []
        start = 0
        for part in self.text.split(separator):
            parts.append(self.slice(start, start + len(part)).strip())
            start += len(part) + len(separator)
        return tuple(parts)

    def _place(self, line: int, column: int, length: int) -> Place:
        return Place(path=self.path, line=line, column=column, length=max(length, 1))


def join(path: str, runs: Iterable[Run], separator: str) -> Located:
    """Join runs from several lines into one text with ``separator`` between them."""
    joined: list[Run] = []
    for run in runs:
        if joined and separator:
            before = joined[-1]
            column = before.column + before.width
            joined.append(Run(text=separator, line=before.line, column=column, width=0))
        joined.append(run)
    return Located(path, tuple(joined))


def join_cells(parts: Sequence[Located]) -> Located:
    """Join the lines of one cell; empty lines are left out."""
    kept = [part for part in parts if part.text] or [parts[0]]
    return join(kept[0].path, [run for part in kept for run in part.runs], "\n")
