"""Names, numbers, dates and lists of words as they stand in cells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

from b2brules.facts.types import DateType, NumberType
from b2brules.facts.values import RefusedError, accept, shown
from b2brules.ruleset.diagnostics import Findings, suggest_or_list
from b2brules.ruleset.located import Located
from b2brules.ruleset.wide_signs import half_width_help, part_words

MAXIMUM_NAME = 80

# What the condition language says with a word cannot be the name of something.
# fmt: off
RESERVED = frozenset((
    "and", "or", "not", "in", "is", "between", "some", "every", "satisfies", "otherwise", "true",
    "false", "known", "unknown", "empty", "never", "as_of", "override", "count", "sum", "min",
    "max", "days_since", "days_until",
))
# fmt: on

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_RANGE = re.compile(r"\[(?P<low>[^\[\]]*?)\.\.(?P<high>[^\[\]]*)\]")


def is_blank(cell: Located | None) -> bool:
    """Tell whether a cell is left out, empty or ``-``."""
    return cell is None or cell.text in ("", "-")


def read_name(cell: Located, findings: Findings) -> str | None:
    """Read a name that the author gives to something: ``three_to_one``."""
    name = cell.text
    if not name:
        findings.report(
            cell.place, code="empty-cell", message="there is no name here", help="write one"
        )
        return None
    if len(name) > MAXIMUM_NAME:
        findings.report(
            cell.place,
            code="name-too-long",
            message=f"{shown(name)} has {len(name)} characters",
            help=f"a name has {MAXIMUM_NAME} at most",
        )
        return None
    if not _IDENTIFIER.fullmatch(name):
        findings.report(
            cell.place,
            code="invalid-name",
            message=f"{shown(cell.folded)} cannot be a name",
            help=half_width_help(name, _IDENTIFIER.fullmatch)
            or "a name begins with a lower-case letter and goes on with lower-case letters, "
            "digits and `_`",
        )
        return None
    if name in RESERVED:
        findings.report(
            cell.place,
            code="invalid-name",
            message=f"`{name}` is a word of the condition language",
            help="choose another name",
        )
        return None
    return name


def read_number(cell: Located, findings: Findings) -> Decimal | None:
    """Read an exact number."""
    if not _NUMBER.fullmatch(cell.text):
        findings.report(
            cell.place,
            code="invalid-number",
            message=f"{shown(cell.folded)} is not a number",
            help=half_width_help(cell.text, _NUMBER.fullmatch)
            or "write digits, such as 10000 or 2.5",
        )
        return None
    try:
        number = accept(NumberType(), Decimal(cell.text))
    except RefusedError as refusal:
        message = refusal.messages[0].partition(";")[0]
        findings.report(cell.place, code="invalid-number", message=message, help=None)
        return None
    assert isinstance(number, Decimal)
    return number


def read_date(cell: Located, findings: Findings) -> datetime.date | None:
    """Read a day."""
    try:
        day = accept(DateType(), cell.text)
    except RefusedError as refusal:
        message, _, help = refusal.messages[0].partition("; ")
        findings.report(cell.place, code="invalid-date", message=message, help=help or None)
        return None
    assert isinstance(day, datetime.date)
    return day


def read_range(cell: Located, findings: Findings) -> tuple[Decimal, Decimal] | None:
    """Read ``[1..10]``: the least and the greatest number allowed."""
    match = _RANGE.fullmatch(cell.text)
    if match is None:
        findings.report(
            cell.place,
            code="invalid-range",
            message=f"{shown(cell.folded)} is not a range",
            help=half_width_help(cell.text, _RANGE.fullmatch)
            or "write the least and the greatest number, such as `[1..10]`",
        )
        return None
    low = read_number(cell.slice(match.start("low"), match.end("low")).strip(), findings)
    high = read_number(cell.slice(match.start("high"), match.end("high")).strip(), findings)
    if low is None or high is None:
        return None
    if low > high:
        findings.report(
            cell.place,
            code="invalid-range",
            message=f"`{low}` is more than `{high}`",
            help=f"write `[{high}..{low}]`",
        )
        return None
    return low, high


def read_choice(
    cell: Located, options: Sequence[str], findings: Findings, *, code: str
) -> str | None:
    """Read one of a few words; ``code`` is that of the problem if it is none of them."""
    if cell.text in options:
        return cell.text
    findings.report(
        cell.place,
        code=code,
        message=f"{shown(cell.folded)} is not one of {', '.join(options)}"
        if cell.text
        else "this cell is empty",
        help=suggest_or_list(cell.text, options) if cell.text else suggest_or_list("", options),
    )
    return None


def read_words(cell: Located, findings: Findings) -> tuple[Located, ...]:
    """Read words with commas between them; a word given twice is reported."""
    seen: set[str] = set()
    words = []
    for word in part_words(cell, findings).split(","):
        if not word.text:
            findings.report(
                word.place,
                code="empty-cell",
                message="a word is missing here",
                help="write words with commas between them",
            )
            continue
        if word.text in seen:
            findings.report(
                word.place,
                code="duplicate-name",
                message=f"`{word.text}` is given twice",
                help="keep one of them",
            )
            continue
        seen.add(word.text)
        words.append(word)
    return tuple(words)
