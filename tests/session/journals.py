"""Journals to try things on, and other processes to try them with."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from b2brules.advice.serialising import Json
from b2brules.session.journal import Entry, Journal, read_journal

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Clock:
    """A clock that a second goes by each time that somebody looks at it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def append(journal: Journal, **given: Any) -> Entry:
    """Write an entry down, of which only what matters is said."""
    plain: dict[str, Any] = {
        "by": "anna",
        "source": None,
        "deal": "d1",
        "verb": "update",
        "rulebook": "0123456789ab",
        "facts": [change("superiority", None, 4)],
        "override": None,
        "difference": None,
    }
    return journal.append(**{**plain, **given})


def change(path: str, before: Json, after: Json) -> Json:
    """Return what became of a fact, as a journal has it."""
    return {"path": path, "before": before, "after": after}


def fill(path: Path, count: int) -> list[Entry]:
    """Make a journal with so many entries, of different lengths."""
    with Journal(path, clock=Clock()) as journal:
        return [
            append(journal, source="meeting " * (number % 40), deal=f"d{number % 3}")
            for number in range(count)
        ]


def read(path: Path, deal: str | None = None) -> list[Entry]:
    """Read the whole of a journal."""
    with read_journal(path) as journal:
        return list(journal.entries(deal))


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a Python program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(program: str, *arguments: object) -> str:
    """Run a Python program in a process of its own; return what it printed."""
    with start(program, *arguments) as process:
        out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    return out
