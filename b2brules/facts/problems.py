"""What is wrong with a facts document, and where in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from b2brules.facts.types import TextType
from b2brules.facts.values import RefusedError, accept, printable

Steps: TypeAlias = tuple[str | int, ...]
"""Where something stands in a document: keys, and positions in lists counted from 0."""


@frozen
class Finding:
    """A place in a document, and what is wrong there.

    Args:
        steps: The place.
        message: What is wrong.
        line: Its line, if that is not the line of the place.
    """

    steps: Steps
    message: str
    line: int | None = None


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong with a facts document.

    Args:
        path: Where: ``people[p2].support``; ``people[#2]`` for the second person if it has no id;
            empty for the whole document.
        message: What is wrong, and what to do about it.
        line: The line of the text, from 1; ``None`` if the document was no text, or the line is
            not known.
    """

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}: "
        return f"{where}{self.path}: {self.message}" if self.path else f"{where}{self.message}"


class FactsError(Exception):
    """A facts document has problems.

    Args:
        problems: All of them.
        index: Which deal of a pipeline this is, from 1; ``None`` if it is not one of many, or if
            the text as a whole cannot be read.
        line: The line on which the deal begins, from 1, if it is known.
    """

    def __init__(
        self, problems: Iterable[Problem], *, index: int | None = None, line: int | None = None
    ) -> None:
        self.problems = tuple(problems)
        self.index = index
        self.line = line
        super().__init__("\n".join(map(str, self.problems)))


def located(
    document: object, findings: Iterable[Finding], lines: Mapping[Steps, int] | None
) -> tuple[Problem, ...]:
    """The findings as problems with readable paths and, for a document from text, lines."""
    names: dict[Steps, Sequence[str | None]] = {}
    problems = [
        Problem(
            path=_path(document, one.steps, names),
            message=one.message,
            line=one.line or _line(one.steps, lines),
        )
        for one in findings
    ]
    # In the order of the text; without lines, in the order of the vocabulary.
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _path(document: object, steps: Steps, names: dict[Steps, Sequence[str | None]]) -> str:
    """The way to a place as people write it, the things in lists named by their ids.

    Args:
        document: What the steps lead through.
        steps: Where to.
        names: The names of the things in each list that was met before.
    """
    text = ""
    here = document
    for depth, step in enumerate(steps):
        if isinstance(step, int):
            items = here if isinstance(here, list | tuple) else ()
            if steps[:depth] not in names:
                names[steps[:depth]] = _names(items)
            text += f"[{names[steps[:depth]][step] or f'#{step + 1}'}]"
            here = items[step]
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
            text += f".{printable(step)}" if text else printable(step)
    return text


def _names(items: Sequence[object]) -> list[str | None]:
    """The id of each thing; ``None`` if it has none, or not for itself alone."""
    ids = [_id(item) for item in items]
    times = Counter(ids)
    return [id_ if times[id_] == 1 else None for id_ in ids]


def _id(item: object) -> str | None:
    if not isinstance(item, Mapping):
        return None
    try:
        return str(accept(TextType("id"), item.get("id")))
    except RefusedError:
        return None


def _line(steps: Steps, lines: Mapping[Steps, int] | None) -> int | None:
    """The line of a place, or of the nearest thing around it that has one."""
    if lines is None:
        return None
    while steps not in lines and steps:
        steps = steps[:-1]
    return lines.get(steps)
