"""Diagnostics as text for people, lines for editors, and JSON for programs."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

from b2brules.ruleset.diagnostics import Diagnostic

# Characters that would move the carets, or end the line.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def render_text(diagnostics: Sequence[Diagnostic]) -> str:
    """Write diagnostics for people.

    Each has its line, carets under the words that are meant, and the remedy; an empty line stands
    between them.
    """
    return "\n".join(_render_one(diagnostic) for diagnostic in diagnostics)


def render_gnu(diagnostics: Sequence[Diagnostic]) -> str:
    """Write one line a diagnostic, as editors read them."""
    lines = []
    for diagnostic in diagnostics:
        help = "" if diagnostic.help is None else f"; {diagnostic.help}"
        lines.append(_first_line(diagnostic) + help + "\n")
    return "".join(lines)


def render_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Write a JSON array with one object a diagnostic."""
    objects = [
        {
            "path": diagnostic.path,
            "line": diagnostic.line,
            "column": diagnostic.column,
            "length": diagnostic.length,
            "code": diagnostic.code,
            "message": diagnostic.message,
            "help": diagnostic.help,
        }
        for diagnostic in diagnostics
    ]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def _first_line(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}"
    return f"{place}: error[{diagnostic.code}]: {diagnostic.message}"


def _render_one(diagnostic: Diagnostic) -> str:
    lines = [_first_line(diagnostic)]
    margin = " " * (len(str(diagnostic.line)) + 1)
    if diagnostic.excerpt is not None:
        shown = _UNSEEN.sub("\ufffd", diagnostic.excerpt.replace("\t", " "))
        start = diagnostic.column - 1
        before = columns_of(shown[:start]) + max(start - len(shown), 0)
        marked = max(columns_of(shown[start : start + diagnostic.length]), 1)
        lines.append(f"{margin}|")
        lines.append(f"{diagnostic.line} | {shown}")
        lines.append(f"{margin}| {' ' * before}{'^' * marked}")
    if diagnostic.help is not None:
        lines.append(f"{margin}= help: {diagnostic.help}")
    return "".join(line.rstrip() + "\n" for line in lines)


def columns_of(text: str) -> int:
    """Return how many columns of an editor a text takes: Chinese characters take two."""
    width = 0
    for character in text:
        if unicodedata.combining(character):
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width
