"""The text that facts are read from: its limits, and what is found in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from b2brules.facts.problems import FactsError, Finding, Problem, Steps

SIZE = 16 * 1024 * 1024
DEPTH = 64
_FOREIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@frozen(kw_only=True)
class Document:
    """A document of plain values, with what its text says beyond them.

    Args:
        value: The values.
        lines: The line of each place in it, if known.
        findings: What is wrong with the text that made it, such as keys that stand twice.
    """

    value: object
    lines: Mapping[Steps, int] | None
    findings: tuple[Finding, ...]


def decode(text: str | bytes) -> str:
    """The text of a file, without its byte order mark.

    Raises:
        FactsError: It is too long, is not UTF-8, or has characters in it that text has not.
    """
    if len(text) > SIZE:
        message = f"longer than {SIZE // 1024**2} MiB; write one deal a line, as JSON Lines"
        raise FactsError([Problem(path="", message=message)])
    if isinstance(text, bytes):
        text = _unicode(text)
    text = text.removeprefix("\ufeff")
    refuse_characters(_FOREIGN, text)
    return text


def refuse_characters(unwanted: re.Pattern[str], text: str) -> None:
    """Make sure that a text has none of some characters in it.

    Raises:
        FactsError: It has one.
    """
    if found := unwanted.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"the character U+{ord(found[0]):04X} does not belong in text; remove it"
        raise FactsError([Problem(path="", message=message, line=line)])


def _unicode(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        message = "this is not UTF-8 text; save the file as UTF-8"
        raise FactsError([Problem(path="", message=message, line=line)]) from None
