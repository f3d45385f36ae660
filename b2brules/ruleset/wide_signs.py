"""Signs of Chinese keyboards, where a rule file needs the half-width ones that look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.located import Located

BARS = "｜￨│"
_COMMAS = "，、"
_QUOTES = "“”〝〞＂「」『』"
_HALF = {**dict.fromkeys(BARS, "|"), **dict.fromkeys(_COMMAS, ","), **dict.fromkeys(_QUOTES, '"')}

# What stands between half-width quotation marks may be any text.
_SIGN = re.compile(f'"[^"]*"|(?P<wide>[{_COMMAS}{_QUOTES}])')
_KEY = re.compile(r"\s*(?:- +)?[a-z][a-z0-9_]*(?P<colon>\s*：)")
_SLOT = re.compile(r"(?:(?:action|why|label) +)?(?:en|zh) *(?P<colon>：)")
_PLACEHOLDER = re.compile(r"｛\s*[a-z][a-z0-9_.]*\s*[｝}]|\{\s*[a-z][a-z0-9_.]*\s*｝")


def report_wide(text: Located, start: int, end: int, findings: Findings) -> None:
    """Report the sign between two offsets, and which one to write in its place."""
    sign = text.text[start:end]
    half = "".join(_HALF.get(one, unicodedata.normalize("NFKC", one)) for one in sign)
    findings.report(
        text.at(start, end),
        code="full-width-sign",
        message=f"`{sign}` is not `{half}`",
        help=f"write `{half}`, the half-width sign",
    )


def find_wide(text: Located, start: int = 0) -> int | None:
    """Return where the first wide comma or quotation mark stands, outside of quoted texts."""
    for found in _SIGN.finditer(text.text, start):
        if found["wide"]:
            return found.start()
    return None


def part_words(cell: Located, findings: Findings) -> Located:
    """Return words with half-width commas between them; the first wide comma is reported."""
    wide = next((at for at, sign in enumerate(cell.text) if sign in _COMMAS), None)
    if wide is None:
        return cell
    report_wide(cell, wide, wide + 1, findings)
    for comma in _COMMAS:
        cell = cell.replace(comma, ",")
    return cell


def find_wide_colon(line: str) -> tuple[int, int] | None:
    """Return where a wide colon stands behind the key at the beginning of a line."""
    found = _KEY.match(line)
    return None if found is None else (found.end() - 1, found.end())


def mend_slot(line: Located, findings: Findings) -> Located:
    """Return a line of a text with a half-width colon behind its language; a wide is reported."""
    found = _SLOT.match(line.text)
    if found is None:
        return line
    report_wide(line, *found.span("colon"), findings)
    return line.replace("：", ":")


def report_wide_braces(sentence: Located, findings: Findings) -> None:
    """Report a value in wide braces, which would be shown as it is written."""
    for found in _PLACEHOLDER.finditer(sentence.text):
        wide = next(at for at, sign in enumerate(found[0], found.start()) if sign in "｛｝")
        report_wide(sentence, wide, wide + 1, findings)


def half_width_help(text: str, fits: Callable[[str], object]) -> str | None:
    """Say how to write a text in half-width characters, if it then is what it should be."""
    half = unicodedata.normalize("NFKC", text)
    return f"write `{half}`, in half-width characters" if half != text and fits(half) else None
