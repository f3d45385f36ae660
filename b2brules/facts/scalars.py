"""What a word written without quotes in a YAML document is: nothing, a truth value, a number, text.

YAML itself reads ``no`` as false, ``1:30`` as ninety and ``2026-11-21`` as a date; here they are
text, and the type of the fact decides.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

# A number as JSON writes it; 007 is text, for it is the number of a person or a contract.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


def plain_value(text: str) -> bool | int | Decimal | str | None:
    """The value of a YAML scalar without quotes."""
    if text in _WORDS:
        return _WORDS[text]
    return number(text) if _NUMBER.fullmatch(text) else text


def number(text: str) -> int | Decimal:
    """The exact number that JSON text stands for; infinite if it cannot be held."""
    # Python takes long over an int of a million digits, and a Decimal is as good to refuse.
    if len(text) < 19 and text.lstrip("-").isdigit():
        return int(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")
