"""The tables of `docs/examples.md`: what each example leads to, put in by a program.

A column whose heading names a decision in backticks is filled with what that decision comes to; the
example of a line is the file that its first cell is called after. The rest is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import b2brules
from tests.docs.markdown import code
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "examples.md"
FOLDER = ROOT / "docs" / "examples"
DEALS = sorted(FOLDER.glob("*.yaml"))
ACCOUNTS = sorted((FOLDER / "accounts").glob("*.yaml"))
AS_OF = date(2026, 11, 21)
OPEN = "open"
NOT_ASKED = "–"

_DECISION = re.compile(r"`(\w+)`")
_NAME = re.compile(r"\[(\w+)\]")


def examples_page(book: b2brules.Rulebook) -> str:
    """Return the text of the page with what the examples lead to now."""
    lines: list[str] = []
    columns: list[str | None] = []
    for line in PAGE.read_text("utf-8").split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            columns = []
        elif not columns:
            headings = map(_DECISION.search, cells)
            columns = [found[1] if found else None for found in headings]
        elif named := _NAME.match(cells[0]):
            cells = _filled(book, _file(named[1]), cells, columns)
            line = f"| {' | '.join(cells)} |"
        lines.append(line)
    return "\n".join(lines)


def said(decision: b2brules.Decision) -> str:
    """Return what a decision comes to in a few words."""
    if decision.value is not None:
        return code(str(decision.value))
    candidates = decision.candidates or ()
    return " or ".join(map(code, candidates)) if len(candidates) == 2 else OPEN


def _file(name: str) -> Path:
    (found,) = [path for path in (*DEALS, *ACCOUNTS) if path.stem == name]
    return found


def _filled(
    book: b2brules.Rulebook, file: Path, cells: Sequence[str], columns: Sequence[str | None]
) -> list[str]:
    made = book.evaluate(book.read(file), as_of=AS_OF).decisions
    return [
        cell if name is None else said(made[name]) if name in made else NOT_ASKED
        for cell, name in zip(cells, columns, strict=True)
    ]
