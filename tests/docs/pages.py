"""The examples in a Markdown page: finding them, running them, and putting in what they print.

A page is read from top to bottom in one folder of its own, which holds copies of `rulesets/` and
`docs/examples/`. Fenced blocks in it are

- `console`: lines after `$ ` are run by the shell, the lines below are what they print;
- `python`: with `>>>`, a session that prints; without, a program that runs;
- `yaml NAME` (any language, with a name behind it): a file, which is written to the folder.

Names live on from block to block. A line `...` in an output stands for any number of lines, and
`...` within a line for anything.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve, frozen

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    *sorted((ROOT / "docs").glob("**/*.md")),
    *sorted(ROOT.glob("README*.md")),
    ROOT / "rulesets" / "README.md",
)

_FENCE = re.compile(r"^( *)```(.*)$")
_ELISION = "..."
_PROGRAM = "import sys; from b2brules.cli import main; sys.exit(main())"


@frozen(kw_only=True)
class Block:
    """A fenced block.

    Args:
        language: The first word behind the fence: ``console``.
        name: The word behind it, the name of a file; empty without one.
        line: The line of its first line of text, counted from 1.
        lines: Its text.
    """

    language: str
    name: str
    line: int
    lines: tuple[str, ...]


@frozen(kw_only=True)
class Step:
    """One thing that is run, and what the page says it prints.

    Args:
        line: The line of the page on which it begins, counted from 1.
        source: What is run.
        shown: How many lines it takes in the page.
        expected: The lines that the page shows as its output.
    """

    line: int
    source: str
    shown: int
    expected: tuple[str, ...]


def read_blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    block: Block | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        fence = _FENCE.match(line)
        if block is None and fence:
            words = [*fence[2].split(), "", ""]
            block = Block(language=words[0], name=words[1], line=number + 1, lines=())
        elif block is not None and fence:
            yield block
            block = None
        elif block is not None:
            block = evolve(block, lines=(*block.lines, line))


def read_steps(block: Block) -> list[Step]:
    """Return what a block runs; nothing if it only shows something."""
    if block.language == "console":
        starts = [place for place, line in enumerate(block.lines) if line.startswith("$ ")]
        return [
            Step(
                line=block.line + start,
                source=block.lines[start][2:],
                shown=1,
                expected=block.lines[start + 1 : end],
            )
            for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True)
        ]
    if block.language == "python" and any(line.startswith(">>> ") for line in block.lines):
        return [
            Step(
                line=block.line + one.lineno,
                source=one.source,
                shown=one.source.count("\n"),
                expected=tuple(one.want.split("\n")[:-1]),
            )
            for one in doctest.DocTestParser().get_examples("\n".join((*block.lines, "")))
        ]
    return []


def matches(expected: tuple[str, ...], actual: tuple[str, ...]) -> bool:
    """Return whether an output is what a page shows, with its elisions."""
    pattern = ""
    for line in expected:
        if line == _ELISION:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(map(re.escape, line.split(_ELISION))) + r"\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def put_in(expected: tuple[str, ...], actual: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a page is to show of an output: its elisions are kept where that is possible.

    A part between two elisions keeps its number of lines, and begins where its first line stands
    now, or else where the part before it ends. Somebody has to look at the result.
    """
    if matches(expected, actual) or _ELISION not in expected:
        return expected if matches(expected, actual) else actual
    parts: list[list[str]] = [[]]
    for line in expected:
        if line == _ELISION:
            parts.append([])
        else:
            parts[-1].append(line)
    shown: list[str] = []
    place = 0
    for number, part in enumerate(parts):
        shown += [_ELISION] if number else []
        if part:
            is_last = number == len(parts) - 1
            otherwise = max(place, len(actual) - len(part)) if is_last else place
            found = (at for at in range(place, len(actual)) if matches((part[0],), (actual[at],)))
            start = next(found, otherwise) if number else 0
            place = len(actual) if is_last else start + len(part)
            shown += actual[start:place]
    elided = [line for line in expected if _ELISION in line and line != _ELISION]
    return tuple(next((one for one in elided if matches((one,), (line,))), line) for line in shown)


class Session:
    """Runs the blocks of one page, in a folder that is empty at first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, object] = {"__name__": "__main__"}
        shutil.copytree(ROOT / "rulesets", folder / "rulesets")
        shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
        programs = folder / ".programs"
        programs.mkdir()
        command = programs / "b2brules"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{_PROGRAM}" "$@"\n', "utf-8")
        command.chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "COLUMNS": "80",
            "NO_COLOR": "1",
        }

    def play(self, block: Block) -> Iterator[tuple[Step, tuple[str, ...]]]:
        """Write the block if it is a file, run it, and yield what each of its steps prints."""
        if block.name:
            file = self.folder / block.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join((*block.lines, "")), "utf-8")
        steps = read_steps(block)
        run = self._shell if block.language == "console" else self._python
        for step in steps:
            printed = run(step.source).rstrip("\n").splitlines()
            yield step, tuple(line.rstrip() for line in printed)
        if block.language == "python" and not steps:
            with contextlib.chdir(self.folder):
                exec(compile("\n".join(block.lines), "<page>", "exec"), self.names)

    def _shell(self, source: str) -> str:
        done = subprocess.run(
            ["sh", "-c", source],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return done.stdout

    def _python(self, source: str) -> str:
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            try:
                exec(compile(source, "<page>", "single"), self.names)
            except Exception:  # noqa: BLE001 - the page says which one it expects
                kind, error, _ = sys.exc_info()
                said = "".join(traceback.format_exception_only(kind, error))
                return f"Traceback (most recent call last):\n    ...\n{said}"
        return printed.getvalue()
