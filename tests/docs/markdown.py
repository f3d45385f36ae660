"""Writing Markdown: tables, sentences of the rules, and words of the rule language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
_SPECIAL = re.compile(r"([\\`*<\[\]|]|(?<!\w)_|_(?!\w))")


def prose(text: str) -> str:
    """Return a sentence so that it is shown as it is, what a deal fills in as code."""
    pieces = _PLACEHOLDER.split(" ".join(text.split()))
    return "".join(
        code(piece) if number % 2 else _SPECIAL.sub(r"\\\1", piece)
        for number, piece in enumerate(pieces)
    )


def code(text: str) -> str:
    """Return a word or condition of the rule language as code; it holds no backtick."""
    return f"`{text}`".replace("|", "\\|")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; its cells are Markdown."""
    yield f"| {' | '.join(headings)} |"
    yield f"| {' | '.join('---' for _ in headings)} |"
    for row in rows:
        assert len(row) == len(headings), row
        yield f"| {' | '.join(row)} |"


def anchor(heading: str) -> str:
    """Return what a link calls a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
